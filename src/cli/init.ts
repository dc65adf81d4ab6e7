import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline/promises";
import { Command } from "commander";
import { packageFolder, shippedRegistry, starterFolder } from "#app";
import { compose, type FoundBackend, type StarterKind, starterKinds, weightsNamed } from "#charter";
import { isCountry } from "#registry";
import { findLocalServers } from "./local-servers.ts";
import { CommandFailure, print, say, withJson } from "./outcome.ts";

interface InitFlags {
  readonly kind?: string;
  readonly organisation?: string;
  readonly country?: string;
  readonly out: string;
  readonly force?: boolean;
  readonly look: boolean;
  readonly json?: boolean;
}

const kindWords: Readonly<Record<StarterKind, string>> = {
  "lean-eu": "a lean EU team with one API provider",
  municipal: "a municipal utility or agency on its own hardware",
  "eu-uk": "a company with people in the EU and the UK, kept apart",
  "air-gapped": "an air-gapped ministry: nothing leaves",
};

const isKind = (text: string): text is StarterKind => (starterKinds as readonly string[]).includes(text);

interface Answers {
  readonly kind: StarterKind;
  readonly organisation: string;
  readonly country: string;
}

async function ask(terminal: Interface, question: string, fallback: string, accept: (answer: string) => string | undefined): Promise<string> {
  for (;;) {
    const answer = (await terminal.question(`${question} [${fallback}]: `)).trim() || fallback;
    const complaint = accept(answer);
    if (complaint === undefined) return answer;
    say(`  ${complaint}`);
  }
}

const kindFault = (text: string): string | undefined => (isKind(text) ? undefined : `Choose one of ${starterKinds.join(", ")}.`);
const countryFault = (text: string): string | undefined =>
  isCountry(text) ? undefined : "A country code of two capital letters is needed, such as DE or FR (ISO 3166-1).";
const nameFault = (text: string): string | undefined => (text.length <= 200 ? undefined : "That is longer than 200 characters.");

async function askAll(flags: InitFlags): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once("SIGINT", () => {
    say("\nNothing was written.");
    process.exit(130);
  });
  try {
    for (const [kind, words] of Object.entries(kindWords)) say(`  ${kind.padEnd(12)} ${words}`);
    const kind = flags.kind ?? (await ask(terminal, "What fits you best?", "lean-eu", kindFault));
    const organisation = flags.organisation ?? (await ask(terminal, "Name of your organisation", "Our organisation", nameFault));
    const country = flags.country ?? (await ask(terminal, "Its country", "DE", countryFault));
    return accepted({ kind, organisation, country });
  } finally {
    terminal.close();
  }
}

function accepted({ kind, organisation, country }: { readonly kind: string; readonly organisation: string; readonly country: string }): Answers {
  const fault = kindFault(kind) ?? countryFault(country) ?? nameFault(organisation);
  if (fault !== undefined || !isKind(kind)) throw new CommandFailure(2, [`error: ${fault ?? "unknown kind"}`]);
  return { kind, organisation, country };
}

function answersOf(flags: InitFlags): Answers | Promise<Answers> {
  if (process.stdin.isTTY === true && flags.json !== true && (flags.kind === undefined || flags.organisation === undefined || flags.country === undefined))
    return askAll(flags);
  return accepted({ kind: flags.kind ?? "lean-eu", organisation: flags.organisation ?? "Our organisation", country: flags.country ?? "DE" });
}

/** Names the weights behind a server's own model names, where the registry knows them by that name. */
function withWeights(found: FoundBackend): FoundBackend {
  const ids = [...shippedRegistry().models.keys()];
  const models = found.models.map(({ name }) => {
    const model = weightsNamed(name, ids);
    return model === undefined ? { name } : { name, model };
  });
  return { ...found, models };
}

function sayFound(found: readonly FoundBackend[]): void {
  for (const { kind, url, models } of found)
    say(
      `Found ${kind} at ${url} with ${models.map(({ name }) => name).join(", ") || "no models"}; it is in the estate. Say there whose accelerators it runs on.`,
    );
  if (found.length === 0) say("No Ollama, llama-server or vLLM answers on this machine; add backends to estate.yaml by hand.");
}

/** `freehold init`: writes a charter and an estate to begin with. */
export function initCommand(): Command {
  return withJson(new Command("init"))
    .description("write charter.yaml and estate.yaml to begin with; asks on a terminal, takes flags elsewhere")
    .option("--kind <kind>", `${starterKinds.join(", ")}`)
    .option("--organisation <name>", "name of your organisation")
    .option("--country <code>", "its country, e.g. DE")
    .option("--out <folder>", "where to write", ".")
    .option("--force", "overwrite files that are there")
    .option("--no-look", "do not look for an Ollama, llama-server or vLLM on this machine")
    .action(async (flags: InitFlags) => {
      const files = { charter: join(flags.out, "charter.yaml"), estate: join(flags.out, "estate.yaml") };
      const there = Object.values(files).filter((path) => existsSync(path));
      if (there.length > 0 && flags.force !== true)
        throw new CommandFailure(2, [`error: ${there.join(" and ")} already there; nothing was written`, "  next: --force overwrites, --out writes elsewhere"]);
      const answers = await answersOf(flags);
      const found = (flags.look ? await findLocalServers() : []).map(withWeights);
      const starter = (name: string): string => readFileSync(join(starterFolder, answers.kind, `${name}.yaml`), "utf8");
      const today = new Date().toISOString().slice(0, 10);
      const texts = compose(
        { ...answers, backends: found, today, schemas: { charter: "./.schemas/charter.schema.json", estate: "./.schemas/estate.schema.json" } },
        { charter: starter("charter"), estate: starter("estate") },
      );
      try {
        // A copy beside the files, so that editors complete them without asking anybody on the network.
        mkdirSync(join(flags.out, ".schemas"), { recursive: true });
        for (const name of ["charter.schema.json", "estate.schema.json"]) copyFileSync(join(packageFolder, "schemas", name), join(flags.out, ".schemas", name));
        writeFileSync(files.charter, texts.charter);
        writeFileSync(files.estate, texts.estate);
      } catch (error) {
        throw new CommandFailure(2, [
          `error: ${flags.out} cannot be written to (${error instanceof Error && "code" in error ? String(error.code) : "unknown reason"})`,
        ]);
      }
      if (flags.json === true) print(JSON.stringify({ ...files, kind: answers.kind, found }));
      else {
        if (flags.look) sayFound(found);
        print(`Wrote ${files.charter} and ${files.estate}.`);
        say("Next: read both, then freehold check, freehold explain --model assistant --origin DE, and freehold up.");
      }
    });
}
