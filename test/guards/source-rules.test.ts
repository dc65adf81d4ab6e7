import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { checkSource, ruleNames } from "./source-rules.ts";

/** Each line of `broken` breaks the rule; each of `kept` is a near miss that must pass. */
interface Canary {
  readonly rule: string;
  readonly broken: readonly (readonly [path: string, line: string])[];
  readonly kept: readonly (readonly [path: string, line: string])[];
}

const canaries: readonly Canary[] = [
  {
    rule: "pure rooms ask neither clock, chance, process nor network",
    broken: [
      ["src/charter/a.ts", "export const now = Date.now();"],
      ["src/charter/a.ts", "export const now = new Date();"],
      ["src/charter/a.ts", "export const now = performance.now();"],
      ["src/registry/a.ts", "export const dice = Math.random();"],
      ["src/registry/a.ts", "export const home = process.env.HOME;"],
      ["src/boundary/a.ts", "export const answer = fetch('http://a.example');"],
      ["src/boundary/a.ts", 'import { randomBytes } from "node:crypto"; randomBytes(1);'],
      ["src/boundary/a.ts", 'import { type Clock, systemClock } from "#kernel"; export const c: Clock = systemClock;'],
    ],
    kept: [
      ["src/charter/a.ts", "export const day = (now: number) => new Date(now);"],
      ["src/charter/a.ts", "// process and Date.now() are only named here\nexport const rule = { process: 1 };"],
      ["src/charter/a.test.ts", "export const now = Date.now();"],
      ["src/gateway/a.ts", "export const now = Date.now();"],
      [
        "src/charter/a.ts",
        'import type { Clock } from "#kernel"; import { hash } from "node:crypto"; export const h = (c: Clock) => hash("sha256", String(c.now()));',
      ],
    ],
  },
  {
    rule: "only the ledger calls a record durable",
    broken: [["src/gateway/a.ts", 'import { asDurable } from "#kernel"; export const d = asDurable({});']],
    kept: [["src/ledger/a.ts", 'import { asDurable } from "#kernel"; export const d = asDurable({});']],
  },
  {
    rule: "only the gateway clears",
    broken: [
      ["src/engines/a.ts", 'import { clear } from "#charter"; clear;'],
      ["src/app/a.ts", 'import { clear as open } from "#charter"; open;'],
      ["src/admin/a.ts", 'import * as charter from "#charter"; charter;'],
    ],
    kept: [
      ["src/gateway/a.ts", 'import { clear } from "#charter"; clear;'],
      ["src/engines/a.ts", "const timers = new Map<string, string>(); timers.clear();"],
    ],
  },
  {
    rule: "only the charter's own clearance makes Cleared, only the kernel's own mark Durable",
    broken: [
      ["src/gateway/a.ts", "export const c = {} as unknown as Cleared<string>;"],
      ["src/app/a.ts", "export const c = {} as Durable<Decision>;"],
    ],
    kept: [["src/gateway/a.ts", "export const c = (one: Cleared<string>): Cleared<string> => one;"]],
  },
  {
    rule: "only the command line ends the process, and a child process itself",
    broken: [["src/app/a.ts", "process.exit(1);"]],
    kept: [
      ["src/cli/a.ts", "process.exitCode = 1;"],
      ["src/engines/some/process/main.ts", "process.exit(1);"],
    ],
  },
  {
    rule: "HTTP status stands in gateway and admin; engines and egress read it from backends",
    broken: [["src/identity/a.ts", "export const status = 401;"]],
    kept: [
      ["src/gateway/a.ts", "export const status = 401;"],
      ["src/identity/a.ts", "export const bytes = 4_096;"],
    ],
  },
  {
    rule: "nothing dials but egress",
    broken: [
      ["src/engines/a.ts", 'export const a = await fetch("http://a.example");'],
      ["src/gateway/a.ts", 'import { connect } from "node:net"; connect(1);'],
      ["src/app/a.ts", 'import tls from "node:tls"; tls;'],
    ],
    kept: [
      ["src/gateway/a.ts", 'import { BlockList, isIP, type Socket } from "node:net"; export const b = (s: Socket) => [new BlockList(), isIP(String(s))];'],
      ["src/egress/a.ts", 'import { connect } from "node:tls"; connect(1);'],
    ],
  },
  {
    rule: "who may ask this machine asks nobody else",
    broken: [
      ["src/admin/client.ts", 'request({ host: "a.example", path: "/" });'],
      ["src/admin/client.ts", 'request("http://a.example/");'],
      ["src/admin/client.ts", 'const more = { host: "a.example" }; request({ socketPath: "s", ...more });'],
      ["src/cli/local-servers.ts", 'const host = "a.example"; request({ host, port: 80 });'],
      ["src/app/control.ts", "connect(80);"],
      ["src/app/control.ts", 'connect({ path: "s", host: "a.example", port: 80 });'],
      ["src/admin/client.ts", 'import http from "node:http"; const { request: ask } = http; ask("http://a.example/");'],
    ],
    kept: [
      ["src/admin/client.ts", 'import { request } from "node:http"; const socketPath = "s"; request({ socketPath, path: "/" });'],
      ["src/cli/local-servers.ts", 'import { request } from "node:http"; request({ host: "127.0.0.1", port: 80 });'],
      ["src/app/control.ts", 'import { connect } from "node:net"; const path = "s"; connect({ path });'],
    ],
  },
  {
    rule: "modules are imported where the import rules can see it",
    broken: [["src/kernel/a.ts", 'import { createRequire } from "node:module"; createRequire(import.meta.url);']],
    kept: [["src/kernel/a.ts", "export const rule = { require: true };"]],
  },
];

describe("source rules", () => {
  it("every rule has a canary, so that none can be dead", () => {
    assert.deepEqual(
      canaries.map((canary) => canary.rule),
      ruleNames,
    );
  });

  for (const { rule, broken, kept } of canaries) {
    it(`bites: ${rule}`, () => {
      for (const [path, line] of broken) {
        const found = checkSource(path, line).map((breach) => breach.rule);
        assert.ok(found.includes(rule), `not caught in ${path}: ${line}`);
      }
    });
    it(`spares what is allowed: ${rule}`, () => {
      for (const [path, line] of kept) {
        const found = checkSource(path, line).map((breach) => breach.rule);
        assert.ok(!found.includes(rule), `caught for nothing in ${path}: ${line}`);
      }
    });
  }

  it("the tree keeps them", () => {
    const paths = globSync("src/**/*.ts");
    assert.ok(paths.length >= 30, "the sources were not found");
    assert.deepEqual(
      paths.flatMap((path) => checkSource(path, readFileSync(path, "utf8"))),
      [],
    );
  });
});
