import { Command } from "commander";
import { allowListInput, type KnownChange, type KnownView, knownListInput, knownRemoval, patternInput } from "#admin";
import type { Flags } from "#app";
import { administer, consult } from "./administer.ts";
import { parseInput } from "./input.ts";
import { valuesFrom } from "./known-values-file.ts";
import { print, say, table, withJson } from "./outcome.ts";
import { withPlaces } from "./settings.ts";

interface KnownFlags extends Flags {
  readonly tenant: string;
  readonly json?: boolean;
}

interface TakingFlags extends KnownFlags {
  readonly type?: string;
  readonly class?: string;
  readonly matchCase?: boolean;
  readonly inflected?: boolean;
  readonly language?: string[];
  readonly header?: boolean;
  readonly lines?: boolean;
  readonly replace?: boolean;
  readonly force?: boolean;
}

const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

const command = (name: string): Command => withJson(withPlaces(new Command(name))).option("--tenant <id>", "whose values they are", "default");

/** How a file of values is read. */
const withForm = (taking: Command): Command =>
  taking.option("--header", "the first line names the columns").option("--lines", "each line is one value, whatever stands in it");

const withTaking = (taking: Command): Command =>
  withForm(taking)
    .option("--match-case", "upper and lower case are different")
    .option("--replace", "drop what the name held before")
    .option("--force", "take short and common words too");

function told(change: KnownChange, json: boolean): void {
  if (json) return void print(JSON.stringify(change));
  const { name, tenant, count, added, removed, skipped, skips } = change;
  print(`${name} of tenant ${tenant}: ${count} values (${added} added, ${removed} removed).`);
  if (skipped === 0) return;
  say(`${skipped} were not taken:`);
  for (const { line, column, reason } of skips) say(`  line ${line}, column ${column}: ${reason}`);
  if (skips.length < skipped) say(`  and ${skipped - skips.length} more`);
}

function addCommand(): Command {
  return withTaking(command("add").argument("<list>", "name of the list").argument("<file>", "CSV with a header, or one value a line; - for standard input"))
    .description("add values that are to be found to a list")
    .option("--type <type>", "person, organisation, address, known_value … (default: known_value)")
    .option("--class <class>", "sensitive or secret (default: sensitive)")
    .option("--inflected", "words may take on case endings")
    .option("--language <code>", "language of the endings, e.g. pl (may be given again; default: all)", collect)
    .action(async (name: string, file: string, flags: TakingFlags) => {
      const values = await valuesFrom(file, flags);
      const { type, class: dataClass, inflected, language, matchCase, replace, force } = flags;
      const ignoreCase = matchCase === true ? false : undefined;
      const input = parseInput(knownListInput, { name, type, class: dataClass, ignoreCase, inflected, languages: language, replace, force });
      told(await administer(flags, (house) => house.addKnownList(flags.tenant, { ...input, ...values })), flags.json === true);
    });
}

function allowCommand(): Command {
  return withTaking(
    command("allow").argument("<list>", "name of the allow-list").argument("<file>", "CSV with a header, or one value a line; - for standard input"),
  )
    .description("add values that may be seen to an allow-list")
    .option("--class <class>", "secret: findings of credentials are let pass too (default: sensitive)")
    .action(async (name: string, file: string, flags: TakingFlags) => {
      const values = await valuesFrom(file, flags);
      const { class: dataClass, matchCase, replace, force } = flags;
      const input = parseInput(allowListInput, { name, class: dataClass, ignoreCase: matchCase === true ? false : undefined, replace, force });
      told(await administer(flags, (house) => house.addAllowList(flags.tenant, { ...input, ...values })), flags.json === true);
    });
}

function patternCommand(): Command {
  return command("pattern")
    .argument("<name>", "name of the pattern")
    .argument("<pattern>", "in RE2 syntax, e.g. 'PRJ-\\d{4}'")
    .description("add a pattern, or replace the one of its name")
    .option("--type <type>", "person, organisation, business_id, known_value … (default: known_value)")
    .option("--class <class>", "sensitive or secret (default: sensitive)")
    .option("--word <word>", "a word that must stand nearby (may be given again)", collect)
    .action(async (name: string, pattern: string, flags: KnownFlags & { readonly type?: string; readonly class?: string; readonly word?: string[] }) => {
      const input = parseInput(patternInput, { name, pattern, type: flags.type, class: flags.class, words: flags.word });
      const change = await administer(flags, (house) => house.addPattern(flags.tenant, input));
      print(flags.json === true ? JSON.stringify(change) : `Pattern ${change.name} of tenant ${change.tenant} is there.`);
    });
}

function listCommand(): Command {
  return command("list")
    .description("list the lists, allow-lists and patterns of a tenant, without their values")
    .action(async (flags: KnownFlags) => {
      const known = await consult(flags, (house) => house.listKnown(flags.tenant));
      if (flags.json === true) for (const view of known) print(JSON.stringify(view));
      else if (known.length === 0) say(`Tenant ${flags.tenant} has registered nothing; freehold known add LIST FILE does.`);
      else print(table(["NAME", "KIND", "TYPE", "CLASS", "VALUES", "CASE", "INFLECTED", "CHANGED"], known.map(rowOf)));
    });
}

const rowOf = ({ name, kind, type, class: dataClass, count, ignoreCase, inflected, languages, changedAt }: KnownView): string[] => [
  name,
  kind,
  type ?? "-",
  dataClass,
  String(count),
  ignoreCase === null ? "-" : ignoreCase ? "ignored" : "matched",
  inflected === true ? (languages?.join(",") ?? "all") : "-",
  changedAt,
];

function showCommand(): Command {
  return command("show")
    .argument("<name>", "name of a list, an allow-list or a pattern")
    .description("show one of them")
    .option("--reveal", "its values too; the ledger keeps that they were shown")
    .action(async (name: string, flags: KnownFlags & { readonly reveal?: boolean }) => {
      const reveal = flags.reveal === true;
      // Revealing writes an entry.
      const view = await (reveal ? administer : consult)(flags, (house) => house.showKnown(flags.tenant, name, reveal));
      if (flags.json === true) print(JSON.stringify(view));
      else {
        say(rowOf(view).join("  "));
        for (const value of view.values ?? []) print(value);
      }
    });
}

function removeCommand(): Command {
  return withForm(
    command("remove").argument("<name>", "name of a list, an allow-list or a pattern").argument("[file]", "only the values in this file; - for standard input"),
  )
    .description("remove one of them, or some of its values, at once")
    .action(async (name: string, file: string | undefined, flags: TakingFlags) => {
      const removal = file === undefined ? {} : { ...parseInput(knownRemoval, {}), ...(await valuesFrom(file, flags)) };
      const change = await administer(flags, (house) => house.removeKnown(flags.tenant, name, removal));
      if (flags.json === true) print(JSON.stringify(change));
      else print(change.count === 0 ? `${name} of tenant ${flags.tenant} is removed.` : `${change.removed} values are removed, ${change.count} are left.`);
    });
}

/** `freehold known add | allow | pattern | list | show | remove`. */
export function knownCommand(): Command {
  const known = new Command("known").description("register a tenant's own values: what to find, what to let pass, and patterns");
  for (const child of [addCommand(), allowCommand(), patternCommand(), listCommand(), showCommand(), removeCommand()]) known.addCommand(child);
  return known;
}
