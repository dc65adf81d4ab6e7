import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Cells of every row of every table in a page, headings and rules left out. */
export const tableRows = (markdown: string): readonly (readonly string[])[] =>
  markdown
    .split("\n")
    .filter((line, index, lines) => line.startsWith("| ") && !line.startsWith("| ---") && lines[index + 1]?.startsWith("| ---") !== true)
    .map((line) =>
      line
        .slice(2, line.lastIndexOf("|"))
        .split(/ \| /)
        .map((cell) => cell.trim()),
    );

/** What stands in backticks. */
export const inCode = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

/** The text under each heading of the second rank. */
export const sectionsOf = (markdown: string): ReadonlyMap<string, string> =>
  new Map(
    markdown
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n"))]),
  );

/** The content of fenced blocks of one language. */
export const fences = (markdown: string, language: string): readonly string[] =>
  [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].filter((match) => match[1] === language).map((match) => match[2] ?? "");

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

/** Every key of a JSON Schema as the reference pages write it, with its default as they write that. */
export function keysOf(root: Schema & { readonly $defs?: Readonly<Record<string, Schema>> }): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const resolved = (schema: Schema): Schema => (schema.$ref === undefined ? schema : { ...root.$defs?.[schema.$ref.replace("#/$defs/", "")], ...schema });
  const shown = (value: unknown): string => `\`${typeof value === "object" ? JSON.stringify(value) : String(value)}\``;
  function walk(given: Schema, path: string): void {
    const schema = resolved(given);
    for (const [key, member] of Object.entries(schema.properties ?? {})) {
      const at = path === "" ? key : `${path}.${key}`;
      const { default: usual } = resolved(member);
      keys.set(at, schema.required?.includes(key) === true ? "required" : usual === undefined ? "" : shown(usual));
      walk(member, at);
    }
    if (typeof schema.additionalProperties === "object") walk(schema.additionalProperties, `${path}.NAME`);
    if (schema.items !== undefined) walk(schema.items, `${path}[]`);
  }
  walk(root, "");
  return keys;
}

export const schemaOf = (name: "charter" | "estate"): Parameters<typeof keysOf>[0] => JSON.parse(readFileSync(`schemas/${name}.schema.json`, "utf8"));

/** Long flags that a text names. */
export const flagsIn = (text: string): ReadonlySet<string> => new Set([...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map((match) => match[0]));

const helps = new Map<string, Promise<ReadonlySet<string>>>();

/** The flags that a command takes, as its own help lists them; `--help` aside. */
export function flagsOf(command: string): Promise<ReadonlySet<string>> {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const asked = run(process.execPath, ["bin/freehold.js", ...command.split(" "), "--help"]).then(({ stdout }) => {
    const lines = stdout.split("\n").flatMap((line) => /^ {2}(?:-\w, )?(--[a-z][a-z-]*)/.exec(line)?.[1] ?? []);
    return new Set(lines.filter((flag) => flag !== "--help"));
  });
  helps.set(command, asked);
  return asked;
}

/** A command line of the docs: the command, and the flags behind it. */
export interface CommandLine {
  readonly command: string;
  readonly flags: readonly string[];
}

/** The `freehold` command lines in the shell blocks of a page. */
export function commandLines(markdown: string, known: ReadonlySet<string>): readonly CommandLine[] {
  const shell = fences(markdown, "sh").join("\n").replaceAll("\\\n", " ");
  return [...shell.matchAll(/(?<![\w./@-])freehold ([^|;#\n>]*)/g)].flatMap((match) => {
    const words = (match[1] ?? "").trim().split(/\s+/);
    const command = [words.slice(0, 2).join(" "), words[0] ?? ""].find((name) => known.has(name));
    return command === undefined ? [] : [{ command, flags: [...flagsIn(match[1] ?? "")] }];
  });
}
