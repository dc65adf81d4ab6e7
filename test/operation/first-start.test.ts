import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { after, describe, it } from "node:test";
import { adminKey, type House, ledgerOf, newFolder, startHouse, tidy } from "../integration/house.ts";
import { until } from "../integration/upstream.ts";
import { requirement } from "../requirements.ts";

const needsCurl = requirement("curl", spawnSync("curl", ["--version"]).status === 0, "install curl (Debian: curl)");

/** The curl line as it was printed, over several lines. */
const curlOf = (house: House): string => /^curl .*?(?=\n\n)/ms.exec(house.said())?.[0] ?? "";

async function paste(line: string, env: Readonly<Record<string, string>> = {}): Promise<{ readonly code: unknown; readonly out: string }> {
  const child = spawn("bash", ["--norc", "-c", `${line} --silent --show-error --include`], { env: { PATH: process.env.PATH, ...env } });
  let out = "";
  for (const pipe of [child.stdout, child.stderr]) pipe.setEncoding("utf8").on("data", (text: string) => (out += text));
  const [code] = await once(child, "close");
  return { code, out };
}

describe("the first start", () => {
  after(tidy);

  it("prints the admin key once, and a curl line that answers from the demonstration model as pasted", { skip: needsCurl }, async () => {
    const folder = newFolder();
    const first = await startHouse({ folder, noAdminKey: true });
    const key = /^Admin key: (fh_[0-9A-Za-z]{36})$/m.exec(first.said())?.[1];
    assert.ok(key !== undefined, first.said());
    assert.match(first.said(), /^Console: http:\/\/127\.0\.0\.1:\d+\/$/m);
    await until(() => curlOf(first) !== "", "the curl line is printed");
    const pasted = await paste(curlOf(first));
    assert.equal(pasted.code, 0, pasted.out);
    assert.match(pasted.out, /^HTTP\/1\.1 200 /);
    assert.match(pasted.out, /^x-freehold-decision: dec_[0-9A-Z]{26}\r$/m);
    assert.match(pasted.out, /^x-freehold-backend: local\r$/m);
    const answer = JSON.parse(pasted.out.slice(pasted.out.indexOf("\r\n\r\n"))) as { choices: { message: { content: string } }[] };
    assert.ok((answer.choices[0]?.message.content.length ?? 0) > 0);
    await until(
      async () => (await ledgerOf(first)).some(({ kind, status }) => kind === "outcome" && status === "ok"),
      "decision and outcome are in the ledger",
    );
    assert.equal((await fetch(`${first.address}/admin/api/status`, { headers: { authorization: `Bearer ${key}` } })).status, 200);
    assert.equal(await first.stop(), 0);

    const second = await startHouse({ folder, noAdminKey: true });
    await until(() => curlOf(second) !== "", "the curl line is printed");
    assert.doesNotMatch(second.said(), /fh_|Admin key/);
    assert.equal((await fetch(`${second.address}/admin/api/status`, { headers: { authorization: `Bearer ${key}` } })).status, 200, "the first key still works");
    await second.stop();
  });

  it("makes no key where the operator has set one, and the curl line names the variable", { skip: needsCurl }, async () => {
    const house = await startHouse();
    await until(() => curlOf(house) !== "", "the curl line is printed");
    assert.doesNotMatch(house.said(), new RegExp(`${adminKey}|Admin key|fh_`));
    const pasted = await paste(curlOf(house), { FREEHOLD_ADMIN_KEY: adminKey });
    assert.match(pasted.out, /^HTTP\/1\.1 200 /);
    await house.stop();
  });
});
