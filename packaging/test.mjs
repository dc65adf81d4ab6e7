// Runs the tests with node:test: `npm test` all of them, `npm test -- PATH…` those files or folders.
// The last line is `N passed, N failed, N skipped`. It fails when a test fails, when a file holds no test, and when no test ran at all.
// With FREEHOLD_TEST_REQUIRE=all a skipped test counts as a failed one.
import { globSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";

const chosen = process.argv.slice(2);
const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const patterns =
  chosen.length === 0
    ? ["src/**/*.test.ts", "test/**/*.test.ts", "bench/**/*.test.ts"]
    : chosen.map((path) => (isFolder(path) ? `${path}/**/*.test.ts` : path));
const files = [...new Set(patterns.flatMap((pattern) => globSync(pattern)).map((path) => resolve(path)))].sort();

// What a shell has set for the server must not change what the tests see.
for (const name of Object.keys(process.env)) if (name.startsWith("FREEHOLD_") && !name.startsWith("FREEHOLD_TEST_")) delete process.env[name];

let passed = 0;
const failed = [];
const skipped = [];
const place = ({ file, line, name }) => `${file === undefined ? "" : `${relative(".", file)}:${line} `}${name}`;
/** The runner reports a file like a test when it holds none, or when it broke outside its tests. */
const isFile = (event) => event.nesting === 0 && files.includes(resolve(event.name));

const events = run({ files, concurrency: 2, timeout: 600_000 });
events.on("test:pass", (event) => {
  if (event.details.type === "suite") return;
  if (isFile(event)) failed.push(`${relative(".", event.name)} holds no test`);
  else if (event.skip !== undefined) skipped.push(`${place(event)}: ${event.skip === true || event.skip === "" ? "no reason given" : event.skip}`);
  else if (event.todo !== undefined) skipped.push(`${place(event)}: not done`);
  else passed += 1;
});
events.on("test:fail", (event) => {
  // Suites and files only repeat that something in them failed, unless they broke by themselves.
  const repeats = event.details.error?.failureType === "subtestsFailed" && (event.details.type === "suite" || isFile(event));
  if (!repeats) failed.push(place(event));
});
for await (const piece of events.compose(spec)) process.stdout.write(piece);

const all = process.env.FREEHOLD_TEST_REQUIRE === "all";
if (skipped.length > 0) process.stdout.write(`\n${all ? "Skipped, and FREEHOLD_TEST_REQUIRE=all lets none be" : "Skipped"}:\n  ${skipped.join("\n  ")}\n`);
if (all) failed.push(...skipped.splice(0));
if (failed.length > 0) process.stdout.write(`\nFailed:\n  ${failed.join("\n  ")}\n`);
if (passed + failed.length + skipped.length === 0) process.stdout.write(`\nNo test ran: nothing matches ${patterns.join(" ")}\n`);
process.stdout.write(`\n${passed} passed, ${failed.length} failed, ${skipped.length} skipped\n`);
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;
