import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { text as readAll } from "node:stream/consumers";
import { Command } from "commander";
import { type ExplainInput, explainInput } from "#admin";
import { explain, type Flags, loadRules, tenantsIn } from "#app";
import { type Decision, explainText } from "#charter";
import { systemClock } from "#kernel";
import { parseInput } from "./input.ts";
import { CommandFailure, faultLines, print, say, valueFrom, withJson } from "./outcome.ts";
import { settingsOf, withPlaces } from "./settings.ts";

interface ExplainFlags extends Flags {
  readonly model?: string;
  readonly class?: string;
  readonly origin?: string;
  readonly tenant?: string;
  readonly text?: string;
  readonly now?: string;
  readonly cases?: string;
  readonly json?: boolean;
}

/** Decides one request the way the gateway would. */
export type Decide = (input: ExplainInput) => Decision;

/** The files that the flags name, ready to decide; ends the command with every fault where they do not hold. */
export function deciderOf(flags: Flags): { readonly decide: Decide; readonly rules: Extract<ReturnType<typeof loadRules>, { ok: true }>["value"] } {
  const settings = settingsOf(flags);
  const loaded = loadRules(settings);
  if (!loaded.ok) throw new CommandFailure(2, faultLines(loaded.error));
  const { rulebook } = loaded.value;
  const { rulesOf: tenantOf, detectorFor, close } = tenantsIn(settings.data);
  process.once("exit", close);
  return { rules: loaded.value, decide: (input) => valueFrom(explain(input, { rulebook, detectorFor, clock: systemClock, tenantOf })) };
}

/** Lines of a file or of standard input (`-`), with their numbers; empty ones are passed over. */
export async function* numberedLines(path: string): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  const input = path === "-" ? process.stdin : createReadStream(path);
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text.trim() !== "") yield { line, text };
    }
  } catch (error) {
    throw new CommandFailure(2, [`error: ${path} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown reason"})`]);
  }
}

/** One line of a file of cases, as JSON. */
export function caseOf(path: string, { line, text }: { readonly line: number; readonly text: string }): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new CommandFailure(2, [`${path}:${line}:1: error: this line is not JSON`]);
  }
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed))
    throw new CommandFailure(2, [`${path}:${line}:1: error: this line is not a JSON object`]);
  return parsed as Record<string, unknown>;
}

/** The question in a case; its other fields are the caller's. */
export function questionOf(path: string, line: number, given: Record<string, unknown>): ExplainInput {
  const { model, origin, class: dataClass, tenant, text, now } = given;
  const asked = Object.fromEntries(
    Object.entries({ model, origin, class: dataClass, tenant, text, now }).filter(([, value]) => value !== undefined && value !== null),
  );
  const parsed = explainInput.safeParse(asked);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandFailure(2, [`${path}:${line}:1: error: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}`]);
}

async function explainCases(path: string, decide: Decide, json: boolean): Promise<void> {
  let number = 0;
  for await (const row of numberedLines(path)) {
    number += 1;
    const decision = decide(questionOf(path, row.line, caseOf(path, row)));
    if (json) print(JSON.stringify(decision));
    else print(`${path}:${row.line}: ${explainText(decision)}`);
  }
  if (number === 0) say(`${path} holds no cases.`);
}

/** `freehold explain`: the decision that a request would meet, with the reason for every backend. */
export function explainCommand(): Command {
  return withJson(withPlaces(new Command("explain")))
    .description("print the decision that a request would meet")
    .option("--model <name>", "the model that would be asked for")
    .option("--class <class>", "declared class: public, pseudonymised, sensitive or secret")
    .option("--origin <country>", "country of the person, e.g. DE")
    .option("--tenant <id>", "as this tenant")
    .option("--text <text>", "text of the request, - for standard input")
    .option("--now <time>", "decide as of then, RFC 3339")
    .option("--cases <file>", "decide one request a line (JSON Lines), - for standard input")
    .action(async (flags: ExplainFlags) => {
      const { decide } = deciderOf(flags);
      if (flags.cases !== undefined) return explainCases(flags.cases, decide, flags.json === true);
      if (flags.model === undefined)
        throw new CommandFailure(2, ["error: --model or --cases is needed", "  next: freehold explain --model assistant --origin DE"]);
      const text = flags.text === "-" ? await readAll(process.stdin) : flags.text;
      const { model, origin, class: dataClass, tenant, now } = flags;
      const decision = decide(parseInput(explainInput, { model, origin, class: dataClass, tenant, now, text }));
      if (flags.json === true) print(JSON.stringify(decision));
      else process.stdout.write(explainText(decision));
      if (decision.verdict === "refuse") process.exitCode = 1;
    });
}
