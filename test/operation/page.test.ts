import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type House, newFolder, startHouse, tidy } from "../integration/house.ts";
import { requirement } from "../requirements.ts";

const browser = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)))
  .find((path) => existsSync(path));
const needsBrowser = requirement("Chromium", browser !== undefined, "install chromium (Debian: chromium)");

/** Runs the browser without a window to its end; resolves to what it printed. */
async function browse(url: string, flags: readonly string[]): Promise<string> {
  const profile = newFolder();
  const quiet = [
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
  ];
  // A group of its own: what the browser starts may outlive it.
  const child = spawn(browser ?? "", [...quiet, `--user-data-dir=${profile}`, ...flags, url], {
    env: { PATH: process.env.PATH, HOME: profile },
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const endAll = (): void => {
    try {
      process.kill(-(child.pid ?? 0), "SIGKILL");
    } catch {
      // Nothing of the group is left.
    }
  };
  const limit = setTimeout(endAll, 30_000);
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  const [code, signal] = await once(child, "close");
  clearTimeout(limit);
  endAll();
  assert.deepEqual([code, signal], [0, null], "the browser did not end well");
  return out;
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: { readonly url?: string; readonly initiator?: string } }[];
}

/** The addresses that the page of an origin asked for, as the browser itself logs them. */
async function requestedBy(origin: string): Promise<string[]> {
  const file = join(newFolder(), "net-log.json");
  await browse(`${origin}/`, [`--log-net-log=${file}`, "--dump-dom"]);
  const { constants, events } = JSON.parse(readFileSync(file, "utf8")) as NetLog;
  const started = constants.logEventTypes.URL_REQUEST_START_JOB;
  return events.flatMap(({ type, params }) => (type === started && params?.initiator === origin && params.url !== undefined ? [params.url] : []));
}

/** Width and height of a PNG, from its header. */
const sizeOf = (path: string): readonly [number, number] => {
  const bytes = readFileSync(path);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

describe("the page at /", () => {
  let house: House;
  before(async () => {
    house = await startHouse();
  });
  after(async () => {
    await house?.stop();
    await tidy();
  });

  it("forbids everything from elsewhere, and every script", async () => {
    const response = await fetch(house.address);
    assert.match(response.headers.get("content-type") ?? "", /^text\/html; charset=utf-8$/);
    const policy = response.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /script-src|https?:|\*/);
    const page = await response.text();
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|url\(|@import|https?:\/\/(?!127\.0\.0\.1)/i);
    assert.doesNotMatch(page, /fh_[0-9A-Za-z]{36}/, "no key stands on it");
  });

  it("shows state, models and a curl line in a browser, at 1280 and at 390 pixels", { skip: needsBrowser }, async () => {
    const text = await browse(house.address, ["--dump-dom"]);
    assert.match(text, /<dt>State<\/dt><dd><span class="good">ready<\/span>/);
    assert.match(text, /<code>assistant<\/code>/);
    assert.match(text, new RegExp(`curl ${house.address}/v1/chat/completions`));
    const folder = process.env.FREEHOLD_TEST_SHOTS ?? newFolder();
    for (const [width, height] of [
      [1280, 900],
      [390, 1200],
    ] as const) {
      const shot = join(folder, `page-${width}.png`);
      await browse(house.address, [`--window-size=${width},${height}`, `--screenshot=${shot}`]);
      assert.deepEqual(sizeOf(shot), [width, height]);
    }
  });

  it("asks nobody but this server", { skip: needsBrowser }, async () => {
    assert.deepEqual(await requestedBy(house.address), []);
    const other = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end('<img src="http://elsewhere.example/canary.png">');
    });
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const requested = await requestedBy(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    assert.ok(requested.includes("http://elsewhere.example/canary.png"), "the check sees what a page asks for");
  });
});
