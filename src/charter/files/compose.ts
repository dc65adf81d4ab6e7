import type { CountryCode, Day } from "#registry";
import { applyEdits, type EditableYaml, editable, type TextEdit, yamlText } from "./text-edits.ts";

/** The starter sets that `freehold init` offers; each is a folder of `starters/`. */
export const starterKinds = ["lean-eu", "municipal", "eu-uk", "air-gapped"] as const;
export type StarterKind = (typeof starterKinds)[number];

/** A server that answers on this machine or near it. */
export interface FoundBackend {
  readonly kind: "ollama" | "llama-server" | "vllm" | "openai";
  /** The base of its OpenAI-compatible API. */
  readonly url: string;
  readonly models: readonly FoundModel[];
  /** Makers of its accelerators, as parties; [] = none; undefined = the user did not say. */
  readonly hardware?: readonly string[];
}

export interface FoundModel {
  /** The name that the server knows. */
  readonly name: string;
  /** Id of the weights in the registry, where that is known. */
  readonly model?: string;
}

export interface InitAnswers {
  readonly organisation: string;
  readonly country: CountryCode;
  readonly kind: StarterKind;
  readonly backends: readonly FoundBackend[];
  /** The day of the answers: they are facts of this day, and accepted risks run for half a year from it. */
  readonly today: Day;
  /** Paths or URLs of the JSON Schemas, as the files are to name them. */
  readonly schemas: { readonly charter: string; readonly estate: string };
}

/** The texts of one starter set, or of what `init` writes. */
export interface CharterAndEstate {
  readonly charter: string;
  readonly estate: string;
}

/** Fits a starter set (the texts of `starters/<kind>/`) to the answers. Comments and order stay. */
export function compose(answers: InitAnswers, starter: CharterAndEstate): CharterAndEstate {
  return {
    charter: withSchema(applyEdits(starter.charter, charterEdits(answers, editable(starter.charter))), answers.schemas.charter),
    estate: withSchema(applyEdits(starter.estate, estateEdits(answers, editable(starter.estate))), answers.schemas.estate),
  };
}

const schemaLine = /^# yaml-language-server: \$schema=.*\n/;

const withSchema = (text: string, schema: string): string => `# yaml-language-server: $schema=${schema}\n${text.replace(schemaLine, "")}`;

function keysOf(yaml: EditableYaml, path: readonly string[]): readonly string[] {
  const value = yaml.read(path);
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

const lengthOf = (yaml: EditableYaml, path: readonly string[]): number => {
  const value = yaml.read(path);
  return Array.isArray(value) ? value.length : 0;
};

const riskDays = 182;

const daysAfter = (day: Day, days: number): Day => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function charterEdits(answers: InitAnswers, yaml: EditableYaml): readonly TextEdit[] {
  const edits = [yaml.set(["organisation", "name"], answers.organisation), yaml.set(["organisation", "country"], answers.country)];
  for (let index = 0; index < lengthOf(yaml, ["accepted-risks"]); index += 1) {
    edits.push(yaml.set(["accepted-risks", index, "until"], daysAfter(answers.today, riskDays)));
  }
  // The air-gapped charter names its own country wherever the others name the EEA.
  if (answers.kind === "air-gapped") {
    edits.push(yaml.set(["jurisdictions", "eu", "process-in", 0], answers.country));
    edits.push(yaml.set(["zones", "own", "located-in", 0], answers.country), yaml.set(["zones", "own", "compellable-by", 0], answers.country));
  }
  return edits;
}

function estateEdits(answers: InitAnswers, yaml: EditableYaml): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const [position, id] of keysOf(yaml, ["parties"]).entries()) {
    edits.push(yaml.set(["parties", id, "as-of"], answers.today), yaml.set(["parties", id, "source"], "own statement to freehold init"));
    edits.push(
      yaml.set(["parties", id, "name"], position === 0 ? answers.organisation : `${answers.organisation} (${String(yaml.read(["parties", id, "country"]))})`),
    );
    if (position === 0) edits.push(yaml.set(["parties", id, "country"], answers.country));
  }
  const sites = keysOf(yaml, ["sites"]);
  const [onlySite] = sites;
  if (sites.length === 1 && onlySite !== undefined) edits.push(yaml.set(["sites", onlySite, "country"], answers.country));
  if (answers.backends.length > 0) edits.push(...backendEdits(answers, yaml, siteOf(answers, yaml, sites)));
  return edits;
}

/** What runs here stands on the site in the organisation's country, else on the first. */
const siteOf = (answers: InitAnswers, yaml: EditableYaml, sites: readonly string[]): string | undefined =>
  sites.find((site) => yaml.read(["sites", site, "country"]) === answers.country) ?? sites[0];

/** The servers that were found take the place of the site's example servers. */
function backendEdits(answers: InitAnswers, yaml: EditableYaml, site: string | undefined): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (let index = 0; index < lengthOf(yaml, ["backends"]); index += 1) {
    const at = ["backends", index];
    if (yaml.read([...at, "engine"]) !== "openai" || yaml.read([...at, "site"]) !== site) continue;
    edits.push({ ...yaml.linesOf(at), text: edits.length === 0 ? foundBlocks(answers.backends, site ?? "") : "" });
  }
  return edits;
}

function foundBlocks(found: readonly FoundBackend[], site: string): string {
  const times = new Map<string, number>();
  return found
    .map((backend) => {
      const time = (times.get(backend.kind) ?? 0) + 1;
      times.set(backend.kind, time);
      return foundBlock(backend, time === 1 ? backend.kind : `${backend.kind}-${time}`, site);
    })
    .join("");
}

function foundBlock(backend: FoundBackend, name: string, site: string): string {
  const lines = [`  - name: ${name}`, "    engine: openai", `    url: ${backend.url} # found by freehold init`, `    site: ${yamlText(site)}`];
  if (backend.hardware === undefined) {
    lines.push("    # State the makers of its accelerators, e.g. hardware: [nvidia], or [] where it has none: left out is unknown, and unknown is refused.");
  } else lines.push(`    hardware: [${backend.hardware.map(yamlText).join(", ")}]`);
  if (backend.models.some(({ model }) => model === undefined)) {
    lines.push("    # State which weights these are, e.g. model: mistral-small-3.2: left out is unknown, and unknown is refused.");
  }
  lines.push("    models:", ...servedLines(backend.models));
  return `${lines.join("\n")}\n`;
}

/** Each model under its own name, and the first that chats also as `assistant`. */
function servedLines(models: readonly FoundModel[]): readonly string[] {
  const assistant = models.find(({ name }) => !/embed|rerank|bge|e5-/i.test(name)) ?? models[0];
  const line = (name: string, { name: servedAs, model }: FoundModel): string => {
    const facts = [...(name === servedAs ? [] : [`served-as: ${yamlText(servedAs)}`]), ...(model === undefined ? [] : [`model: ${yamlText(model)}`])];
    return `      ${yamlText(name)}: ${facts.length === 0 ? "{}" : `{ ${facts.join(", ")} }`}`;
  };
  const names = new Set(["assistant"]);
  const own = models.filter(({ name }) => !names.has(name) && names.add(name) !== undefined);
  return [
    ...(assistant === undefined ? ["      assistant: {} # it named no model: write the one it serves as served-as"] : [line("assistant", assistant)]),
    ...own.map((model) => line(model.name, model)),
  ];
}

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * The registry's id for a server's own model name, where the two are the same but for case and punctuation, e.g. `qwen3:32b` for
 * `qwen3-32b`. A name that only resembles one is left alone: it may be somebody's own tuning.
 */
export const weightsNamed = (name: string, modelIds: Iterable<string>): string | undefined => {
  const wanted = folded(name.replace(/:latest$/, "").replace(/^.*\//, ""));
  for (const id of modelIds) if (folded(id) === wanted) return id;
  return undefined;
};
