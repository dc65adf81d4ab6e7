import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, it } from "node:test";

interface Cruise {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly { readonly resolved: string }[] }[];
  readonly summary: { readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] };
}

/** Runs the import rules over a folder, exactly as `npm run architecture` does. */
function cruise(folder: string, ...roots: readonly string[]): Cruise {
  const program = resolve("node_modules/.bin/depcruise");
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...roots, "--config", ".dependency-cruiser.cjs", "--output-type", "json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.match(stdout, /^\{/, stderr);
  return JSON.parse(stdout);
}

const rooms = ["kernel", "registry", "charter", "boundary", "store", "ledger", "identity", "egress", "engines", "gateway", "admin", "app", "cli"];

/** A small project with the true rules, where every room exports one value and one type. */
function plant(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-canary-"));
  for (const name of [".dependency-cruiser.cjs", "package.json", "tsconfig.json"]) copyFileSync(name, join(folder, name));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  const indexes = Object.fromEntries(rooms.map((room) => [`src/${room}/index.ts`, 'export { value, type Thing } from "./inside.ts";\n']));
  const insides = Object.fromEntries(rooms.map((room) => [`src/${room}/inside.ts`, "export const value = 1;\nexport interface Thing { one: 1 }\n"]));
  for (const [path, text] of Object.entries({ ...indexes, ...insides, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Each file breaks one rule, named beside it. */
const broken: readonly (readonly [rule: string, path: string, text: string])[] = [
  ["direction-kernel", "src/kernel/a.ts", 'import type { Thing } from "#registry"; export type A = Thing;'],
  ["direction-registry", "src/registry/a.ts", 'import { value } from "#charter"; export const a = value;'],
  ["direction-charter", "src/charter/a.ts", 'import { value } from "#boundary"; export const a = value;'],
  ["direction-boundary", "src/boundary/a.ts", 'import { value } from "#registry"; export const a = value;'],
  ["direction-store", "src/store/a.ts", 'import { value } from "#ledger"; export const a = value;'],
  ["direction-ledger", "src/ledger/a.ts", 'import type { Thing } from "#charter"; export type A = Thing;'],
  ["direction-identity", "src/identity/a.ts", 'import { value } from "#gateway"; export const a = value;'],
  ["direction-egress", "src/egress/a.ts", 'import type { Thing } from "#charter"; export type A = Thing;'],
  ["direction-engines", "src/engines/a.ts", 'import { value } from "#ledger"; export const a = value;'],
  ["direction-gateway", "src/gateway/a.ts", 'import { value } from "#egress"; export const a = value;'],
  ["direction-admin", "src/admin/a.ts", 'import { value } from "#app"; export const a = value;'],
  ["direction-app", "src/app/a.ts", 'import { value } from "#cli"; export const a = value;'],
  ["types-identity", "src/identity/b.ts", 'import { value } from "#charter"; export const a = value;'],
  ["types-engines", "src/engines/b.ts", 'import { value } from "#charter"; export const a = value;'],
  ["types-gateway", "src/gateway/b.ts", 'import { value } from "#engines"; export const a = value;'],
  ["types-gateway", "src/gateway/c.ts", 'import type { Thing } from "#engines"; import { value } from "#engines"; export const a: Thing | 1 = value;'],
  ["types-gateway", "src/gateway/d.ts", 'export const a = await import("#engines");'],
  ["room-without-row", "src/lobby/a.ts", 'import { value } from "#kernel"; export const a = value;'],
  ["through-the-index", "src/app/b.ts", 'import { value } from "../gateway/inside.ts"; export const a = value;'],
  ["through-the-index", "src/app/b.test.ts", 'import { value } from "../gateway/inside.ts"; export const a = value;'],
  ["by-name", "src/app/c.ts", 'import { value } from "../gateway/index.ts"; export const a = value;'],
  ["tests-through-the-index", "test/a.test.ts", 'import { value } from "../src/gateway/inside.ts"; export const a = value;'],
  ["no-cycle", "src/app/d.ts", 'import { e } from "./e.ts"; export const d = (): number => e();'],
  ["pure", "src/registry/b.ts", 'import { readFileSync } from "node:fs"; export const a = readFileSync;'],
  ["pure", "src/charter/b.ts", 'import { Worker } from "worker_threads"; export const a = Worker;'],
  ["pure", "src/boundary/b.ts", 'export const a = process.getBuiltinModule("node:fs");'],
  ["one-dialler", "src/engines/c.ts", 'import { request } from "undici"; export const a = request;'],
  ["one-dialler", "src/ledger/b.ts", 'import { request } from "node:https"; export const a = request;'],
  ["one-dialler", "src/gateway/e.ts", 'import { request } from "node:http"; export const a = request;'],
  ["one-dialler", "src/cli/a.ts", 'import { lookup } from "node:dns/promises"; export const a = lookup;'],
  ["serving", "src/engines/d.ts", 'import { fastify } from "fastify"; export const a = fastify;'],
  ["shipped-code-without-tests", "src/app/f.ts", 'import { a } from "./b.test.ts"; export const f = a;'],
  ["shipped-code-without-tests", "src/app/k.ts", 'import { world } from "./testing/world.ts"; export const k = world;'],
  ["shipped-code-without-development-dependencies", "src/app/g.ts", 'import { assert } from "fast-check"; export const g = assert;'],
  ["resolvable", "src/app/h.ts", 'import { value } from "#nowhere"; export const h = value;'],
];

/** Near misses that are allowed. */
const kept: Readonly<Record<string, string>> = {
  "src/app/e.ts": 'import { d } from "./d.ts"; export const e = (): number => d();',
  "src/charter/c.ts": 'import { value } from "#registry"; import type { Thing } from "#kernel"; export const a: Thing | 1 = value;',
  "src/engines/e.ts": 'import type { Thing } from "#charter"; import { value } from "#egress"; export const a: Thing | 1 = value;',
  "src/engines/e.test.ts": 'import { value } from "#charter"; import { createServer } from "node:http"; export const a = [value, createServer];',
  "src/gateway/f.ts":
    'import type { IncomingMessage } from "node:http"; import { fastify } from "fastify"; export const a = (m: IncomingMessage) => [m, fastify];',
  "src/egress/b.ts": 'import { request } from "undici"; import { connect } from "node:net"; export const a = [request, connect];',
  "src/boundary/c.ts": 'import { hash } from "node:crypto"; export const a = hash;',
  "src/app/testing/world.ts": 'import { assert } from "fast-check"; export const world = assert;',
  "src/cli/local-servers.ts": 'import { request } from "node:http"; export const a = request;',
  "src/app/i.ts": 'import type { J } from "./j.ts"; export interface I { j: J }',
  "src/app/j.ts": 'import type { I } from "./i.ts"; export interface J { i: I }',
};

describe("architecture", () => {
  it("the rules bite: every planted breach is found, and nothing else", () => {
    const folder = plant({ ...Object.fromEntries(broken.map(([, path, text]) => [path, text])), ...kept });
    try {
      const found = new Set(cruise(folder, "src", "test").summary.violations.map((violation) => `${violation.rule.name} ${violation.from}`));
      const expected = broken.map(([rule, path]) => `${rule} ${path}`);
      assert.deepEqual(
        expected.filter((breach) => !found.has(breach)),
        [],
        "breaches that were not caught",
      );
      const files = new Set(broken.map(([, path]) => path));
      assert.deepEqual(
        [...found].filter((breach) => !files.has(breach.split(" ")[1] ?? "")),
        [],
        "files that were caught for nothing",
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("the tree keeps them, and the imports between rooms were really followed", () => {
    const { modules, summary } = cruise(".", "src", "test");
    const crossings = modules
      .filter(({ source }) => source.startsWith("src/"))
      .flatMap(({ source, dependencies }) => dependencies.filter(({ resolved }) => /^src\/[^/]+\/index\.ts$/.test(resolved)).map(() => source));
    assert.ok(crossings.length >= 20, `only ${crossings.length} imports between rooms were followed`);
    assert.deepEqual(
      summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
      [],
    );
  });
});
