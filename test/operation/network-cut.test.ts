import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { adminKey, type House, type HouseOptions, startHouse, tidy } from "../integration/house.ts";
import { requirement } from "../requirements.ts";
import { question } from "./asking.ts";

const mayCut = process.platform === "linux" && spawnSync("unshare", ["-n", "ip", "link", "set", "lo", "up"]).status === 0;
const needsCut = requirement("leave to cut the network off", mayCut, "run as root, with unshare of util-linux and ip of iproute2");
const needsCurl = requirement("curl and nsenter", spawnSync("curl", ["--version"]).status === 0, "install curl and util-linux");

/** Only loopback, and no route to anywhere else. */
const under = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];

/** The kernel's counters of the network that this process sees. */
function countersOf(house: House): { readonly connects: number; readonly datagrams: number; readonly unroutable: number } {
  const lines = readFileSync(`/proc/${house.process.pid}/net/snmp`, "utf8").split("\n");
  const counter = (protocol: string, name: string): number => {
    const [names = "", values = ""] = lines.filter((line) => line.startsWith(`${protocol}: `));
    return Number(values.split(" ")[names.split(" ").indexOf(name)]);
  };
  return { connects: counter("Tcp", "ActiveOpens"), datagrams: counter("Udp", "OutDatagrams"), unroutable: counter("Ip", "OutNoRoutes") };
}

/** Asks from within the same network: status line, headers and body. */
function curl(house: House, path: string, body?: string): string {
  const headers = ["-H", `Authorization: Bearer ${adminKey}`, "-H", "Content-Type: application/json", "-H", "x-freehold-origin: DE"];
  const parameters = ["-t", String(house.process.pid), "-n", "curl", "-sSi", "--noproxy", "*", ...headers, ...(body === undefined ? [] : ["-d", body])];
  const ended = spawnSync("nsenter", [...parameters, `${house.address}${path}`], { encoding: "utf8", timeout: 30_000 });
  assert.equal(ended.status, 0, ended.stderr);
  return ended.stdout;
}

async function start(options: HouseOptions): Promise<{ readonly house: House; readonly seconds: number }> {
  const began = Date.now();
  const house = await startHouse({ ...options, under });
  return { house, seconds: (Date.now() - began) / 1000 };
}

describe("with the network cut", { skip: needsCut || needsCurl }, () => {
  after(tidy);
  /** Far below any time-out of a resolver or a connection. */
  const patience = 20;

  it("starts, asks nobody for anything, and answers from the demonstration model", async () => {
    const { house, seconds } = await start({});
    assert.ok(seconds < patience, `${seconds} s`);
    assert.deepEqual(countersOf(house), { connects: 0, datagrams: 0, unroutable: 0 });
    assert.match(curl(house, "/readyz"), /^HTTP\/1\.1 200 /);
    assert.match(curl(house, "/v1/chat/completions", question({ max_tokens: 8 })), /^HTTP\/1\.1 200 .*"object":"chat\.completion"/s);
    const { connects, ...outward } = countersOf(house);
    assert.deepEqual([connects, outward], [2, { datagrams: 0, unroutable: 0 }], "only curl connected, and nothing was sent beyond this machine");
    assert.equal(await house.stop(), 0);
  });

  it("starts with backends out of reach, by address and by name, and says so only to those who ask for them", async () => {
    const estate = estateWith([
      { name: "by-address", url: "https://192.0.2.1/v1", kind: "european", models: "{ far: { served-as: served } }" },
      { name: "by-name", url: "https://api.unreachable.example/v1", kind: "european", models: "{ named: { served-as: served } }" },
    ]);
    const { house, seconds } = await start({ charter, estate });
    assert.ok(seconds < patience, `${seconds} s`);
    assert.deepEqual(countersOf(house), { connects: 0, datagrams: 0, unroutable: 0 });
    assert.match(curl(house, "/readyz"), /^HTTP\/1\.1 200 /);
    for (const model of ["far", "named"]) {
      const began = Date.now();
      assert.match(curl(house, "/v1/chat/completions", question({ model })), /^HTTP\/1\.1 50[24] .*"code":"backend_/s);
      assert.ok(Date.now() - began < patience * 1000);
    }
    assert.ok(countersOf(house).unroutable > 0, "the counters do see an attempt");
    assert.equal(await house.stop(), 0);
  });
});
