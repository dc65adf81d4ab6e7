import type { z } from "zod";
import { err, ok, type Result } from "#kernel";
import type { Registry } from "./facts.ts";
import { danglingReferences } from "./references.ts";
import { schemas } from "./schema.ts";
import { type RegistryFault, readSource, type SourceFile, type SourceText } from "./source-text.ts";

export type RegistryPart = keyof typeof schemas;

/** The files of the registry's folder, in the order in which a reader would want them. */
export const registryFiles = ["parties.yaml", "models.yaml", "services.yaml", "laws.yaml", "groups.yaml"] as const;

/**
 * Reads the five files. Every fault of every file comes back at once; faults between the files (a reference to a row that is nowhere)
 * once each file is right by itself. Facts are not judged here: one that is out of date is read, and counts as unknown when it is asked.
 */
export function parseRegistry(files: Readonly<Record<RegistryPart, SourceFile>>): Result<Registry, readonly RegistryFault[]> {
  const faults: RegistryFault[] = [];
  const sources = new Map<RegistryPart, SourceText>();

  function part<Fact>(name: RegistryPart, schema: z.ZodType<Fact>): Fact | undefined {
    const source = readSource(files[name]);
    if (!source.ok) {
      faults.push(...source.error);
      return undefined;
    }
    sources.set(name, source.value);
    const parsed = schema.safeParse(source.value.value);
    if (parsed.success) return parsed.data;
    faults.push(...parsed.error.issues.flatMap((issue) => faultsOf(issue, source.value)));
    return undefined;
  }

  const parties = part("parties", schemas.parties);
  const models = part("models", schemas.models);
  const services = part("services", schemas.services);
  const laws = part("laws", schemas.laws);
  const groups = part("groups", schemas.groups);
  if (!parties || !models || !services || !laws || !groups) return err(faults);

  const registry = { parties, models, services, laws, groups };
  const dangling = danglingReferences(registry).flatMap(({ part: name, path, message }) => sources.get(name)?.fault(path, message) ?? []);
  return dangling.length > 0 ? err(dangling) : ok(registry);
}

function faultsOf(issue: z.core.$ZodIssue, source: SourceText): RegistryFault[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  const where = path.length === 0 ? "the file" : path.join(".");
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => source.fault([...path, key], `${where} has no key "${key}"`));
  const message = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [source.fault(path, `${where}: ${message}`)];
}
