// Builds `dist/`, what the package carries instead of `src/`: the same folders as plain JavaScript, since Node strips no types below node_modules.
import { spawnSync } from "node:child_process";
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

process.chdir(dirname(import.meta.dirname));
rmSync("dist", { recursive: true, force: true });
const compiler = spawnSync(process.execPath, [join("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"], { stdio: "inherit" });
if (compiler.status !== 0) process.exit(1);

// `#room` means the folder beside, here as in `src/`.
writeFileSync(join("dist", "package.json"), `${JSON.stringify({ type: "module", imports: { "#*": "./*/index.js" } }, null, 2)}\n`);

// Pages, statements and other files that the code reads from its own folder.
for (const path of globSync("src/**/*.*")) {
  if (!/\.(ts|md)$/.test(path)) cpSync(path, join("dist", relative("src", path)));
}

// The ledger's verifier once more, as the one file that an auditor takes along.
spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", join("packaging", "build-verifier.mjs"), join("dist", "ledger-verifier.mjs")], {
  stdio: "inherit",
});

// The compiler renames the files in imports; the files of workers are named in URLs.
for (const path of globSync("dist/**/*.js")) {
  const text = readFileSync(path, "utf8");
  const renamed = text.replaceAll(/(new URL\("\.[^"]*)\.ts(", import\.meta\.url\))/g, "$1.js$2");
  if (renamed !== text) writeFileSync(path, renamed);
}
