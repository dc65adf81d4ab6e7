import { resolve } from "node:path";
import { Command } from "commander";
import { modelInput } from "#admin";
import type { Flags } from "#app";
import { administer, consult } from "./administer.ts";
import { parseInput } from "./input.ts";
import { print, say, table, withJson } from "./outcome.ts";
import { withPlaces } from "./settings.ts";

interface AddFlags extends Flags {
  readonly name: string;
  readonly licence?: string;
  readonly developer?: string;
  readonly json?: boolean;
}

function addCommand(): Command {
  return withJson(withPlaces(new Command("add").argument("<file>", "a GGUF file on this machine")))
    .description("register a model file with its digest, licence and developer")
    .requiredOption("--name <name>", "the name by which the estate refers to it")
    .option("--licence <licence>", "licence of the weights (default: what the file says)")
    .option("--developer <party>", "who developed them, as a party of the registry or the estate, e.g. mistral")
    .action(async (file: string, flags: AddFlags) => {
      const { name, licence, developer } = flags;
      const input = parseInput(modelInput, { name, path: resolve(file), licence, developer });
      if (flags.json !== true) say("Reading the file for its digest …");
      const model = await administer(flags, (house) => house.addModel(input));
      if (flags.json === true) print(JSON.stringify(model));
      else {
        print(`${model.name}: ${model.bytes} bytes, sha256:${model.sha256}, ${model.licence ?? "licence unknown"}`);
        say("To serve it, write into estate.yaml:");
        say("");
        say("backends:");
        say(`  - { name: ${name}, engine: llama.cpp, site: YOUR-SITE, hardware: [], models: { ${name}: { weights: ${name}, model: ${name} } } }`);
        say("models:");
        say(`  ${name}: { developer: ${developer ?? "A-PARTY"}, licence: ${JSON.stringify(model.licence ?? "UNKNOWN")}, weights: open }`);
      }
    });
}

function listCommand(): Command {
  return withJson(withPlaces(new Command("list")))
    .description("list the registered model files")
    .action(async (flags: Flags & { readonly json?: boolean }) => {
      const models = await consult(flags, (house) => house.listModels());
      if (flags.json === true) for (const model of models) print(JSON.stringify(model));
      else if (models.length === 0) say("No model files are registered; freehold models add FILE --name NAME registers one.");
      else
        print(
          table(
            ["NAME", "BYTES", "SHA-256", "LICENCE", "DEVELOPER", "PATH"],
            models.map((row) => [row.name, String(row.bytes), row.sha256.slice(0, 16), row.licence ?? "-", row.developer ?? "-", row.path]),
          ),
        );
    });
}

/** `freehold models add | list`. */
export const modelsCommand = (): Command =>
  new Command("models").description("register and list model files").addCommand(addCommand()).addCommand(listCommand());
