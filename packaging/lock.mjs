// Writes package-lock.json so that `npm ci` works with any registry that carries the packages for this platform:
// no registry host is recorded, and every optional platform build that a dependency names has an entry, even where
// the registry at hand does not carry it. Run it after changing a dependency: `npm run lock`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// In a folder without node_modules: npm would take what is installed there for the truth and leave out its integrity.
const folder = mkdtempSync(join(tmpdir(), "freehold-lock-"));
for (const name of ["package.json", ".npmrc", "packaging"]) cpSync(name, join(folder, name), { recursive: true });
execFileSync("npm", ["install", "--package-lock-only", "--omit-lockfile-registry-resolved=false"], { stdio: "inherit", cwd: folder });
const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
rmSync(folder, { recursive: true });
const packages = lock.packages;

const systems = [
  ["android", "android"],
  ["darwin", "darwin"],
  ["mac", "darwin"],
  ["linux", "linux"],
  ["win", "win32"],
  ["freebsd", "freebsd"],
  ["openharmony", "openharmony"],
  ["wasm", "none"],
];
const processors = ["arm64", "x64", "ia32", "armv7l", "arm", "ppc64", "riscv64", "s390x", "loong64"];

for (const [place, entry] of Object.entries(packages)) {
  if (entry.resolved?.startsWith("https:")) delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const hoisted = `node_modules/${name}`;
    if (packages[hoisted] ?? packages[`${place}/${hoisted}`]) continue;
    const system = systems.find(([word]) => name.includes(word))?.[1] ?? "none";
    const processor = processors.find((word) => name.includes(word));
    packages[hoisted] = { version, ...(entry.dev && { dev: true }), optional: true, os: [system], ...(processor && { cpu: [processor] }) };
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
