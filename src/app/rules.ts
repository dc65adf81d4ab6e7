import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { compile, crossCheck, type FileFault, type ParsedCharter, type ParsedEstate, parseCharter, parseEstate, type Rulebook } from "#charter";
import { err, ok, type Result } from "#kernel";
import { parseRegistry, type Registry, registryFiles } from "#registry";
import { packageFolder, starterFolder } from "./place.ts";
import type { Settings } from "./settings.ts";

/** Charter and estate, read, checked and linked with the shipped facts. */
export interface Rules {
  readonly rulebook: Rulebook;
  readonly charter: ParsedCharter;
  readonly estate: ParsedEstate;
  readonly warnings: readonly FileFault[];
}

export type RuleFiles = Pick<Settings, "charter" | "estate">;

function readText(path: string): Result<string, readonly FileFault[]> {
  try {
    return ok(readFileSync(path, "utf8"));
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    return err([
      { file: path, line: 1, column: 1, path: "", message: `the file cannot be read (${why})`, hint: "check the path and its permissions", severity: "error" },
    ]);
  }
}

let shipped: Registry | undefined;

/** The facts that came with this version; read once. A fault in them is a bug of ours. */
export function shippedRegistry(): Registry {
  if (shipped !== undefined) return shipped;
  const texts = registryFiles.map((name) => [name.replace(".yaml", ""), { name, text: readFileSync(join(packageFolder, "registry", name), "utf8") }] as const);
  const parsed = parseRegistry(Object.fromEntries(texts) as Parameters<typeof parseRegistry>[0]);
  if (!parsed.ok) throw new Error(`the shipped registry is faulty: ${JSON.stringify(parsed.error[0])}`);
  shipped = parsed.value;
  return shipped;
}

/** Reads both files; all faults of both at once. */
export function loadRules(files: RuleFiles): Result<Rules, readonly FileFault[]> {
  const charterFile = files.charter ?? join(starterFolder, "default", "charter.yaml");
  const estateFile = files.estate ?? join(starterFolder, "default", "estate.yaml");
  const charterText = readText(charterFile);
  const estateText = readText(estateFile);
  const charter = charterText.ok ? parseCharter(charterText.value, shown(charterFile)) : charterText;
  const estate = estateText.ok ? parseEstate(estateText.value, shown(estateFile)) : estateText;
  if (!charter.ok || !estate.ok) return err([...(charter.ok ? [] : charter.error), ...(estate.ok ? [] : estate.error)]);
  const registry = shippedRegistry();
  const crossed = crossCheck(charter.value, estate.value, registry);
  if (crossed.some(({ severity }) => severity === "error")) return err(crossed);
  const warnings = [...charter.value.warnings, ...estate.value.warnings, ...crossed];
  return ok({ rulebook: compile(charter.value.charter, estate.value.estate, registry), charter: charter.value, estate: estate.value, warnings });
}

/** A path as the user would write it here. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
