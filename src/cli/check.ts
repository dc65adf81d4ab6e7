import { isDeepStrictEqual } from "node:util";
import { Command } from "commander";
import type { Flags } from "#app";
import { check, type Decision, type FileFault, type Note } from "#charter";
import { caseOf, type Decide, deciderOf, numberedLines, questionOf } from "./explain.ts";
import { CommandFailure, faultLines, print, say, withJson } from "./outcome.ts";
import { withPlaces } from "./settings.ts";

interface CheckFlags extends Flags {
  readonly cases?: string;
  readonly now?: string;
  readonly json?: boolean;
}

interface FailedCase {
  readonly line: number;
  readonly name: string;
  /** What was expected and what was decided, by field. */
  readonly differences: readonly { readonly field: string; readonly expected: unknown; readonly decided: unknown }[];
}

interface CaseReport {
  readonly passed: number;
  readonly failed: readonly FailedCase[];
}

/** Compares the fields that a case names; what it does not name may be anything. */
function differences(expected: Record<string, unknown>, decision: Decision): FailedCase["differences"] {
  const decided = decision as unknown as Record<string, unknown>;
  return Object.entries(expected)
    .filter(([field, value]) => !isDeepStrictEqual(decided[field] ?? null, value))
    .map(([field, value]) => ({ field, expected: value, decided: decided[field] ?? null }));
}

async function runCases(path: string, decide: Decide): Promise<CaseReport> {
  const failed: FailedCase[] = [];
  let passed = 0;
  for await (const row of numberedLines(path)) {
    const given = caseOf(path, row);
    const { expect } = given;
    if (expect === null || typeof expect !== "object" || Array.isArray(expect) || Object.keys(expect).length === 0) {
      throw new CommandFailure(2, [
        `${path}:${row.line}:1: error: a case needs "expect", e.g. {"model": "assistant", "origin": "DE", "expect": {"verdict": "allow"}}`,
      ]);
    }
    const different = differences(expect as Record<string, unknown>, decide(questionOf(path, row.line, given)));
    if (different.length === 0) passed += 1;
    else failed.push({ line: row.line, name: typeof given.name === "string" ? given.name : "", differences: different });
  }
  if (passed + failed.length === 0) throw new CommandFailure(2, [`error: ${path} holds no cases`]);
  return { passed, failed };
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

function sayNotes(warnings: readonly FileFault[], notes: readonly Note[]): void {
  for (const line of faultLines(warnings)) say(line);
  for (const { severity, where, message, hint } of notes) {
    say(`${severity}: ${where}: ${message}`);
    if (hint !== undefined) say(`  ${hint}`);
  }
}

function sayCases(path: string, { passed, failed }: CaseReport): void {
  for (const { line, name, differences: different } of failed) {
    for (const { field, expected, decided } of different) {
      say(`${path}:${line}:1: error: ${name === "" ? "" : `${name}: `}${field} should be ${JSON.stringify(expected)}, and is ${JSON.stringify(decided)}`);
    }
  }
  say(`Cases: ${passed} hold, ${failed.length} ${failed.length === 1 ? "does" : "do"} not.`);
}

/** `freehold check`: charter and estate against each other, and a file of expected decisions. */
export function checkCommand(): Command {
  return withJson(withPlaces(new Command("check")))
    .description("validate charter and estate against each other")
    .option("--cases <file>", "a file of expected decisions, one a line (JSON Lines)")
    .option("--now <time>", "check as of then, RFC 3339")
    .action(async (flags: CheckFlags) => {
      const now = flags.now === undefined ? Date.now() : Date.parse(flags.now);
      if (Number.isNaN(now)) throw new CommandFailure(2, ["error: --now must be a time such as 2027-06-30T12:00:00Z"]);
      const { decide, rules } = deciderOf(flags);
      const notes = check(rules.rulebook, now);
      const cases = flags.cases === undefined ? undefined : await runCases(flags.cases, decide);
      const errors = [...rules.warnings, ...notes].filter(({ severity }) => severity === "error").length;
      const holds = errors === 0 && (cases?.failed.length ?? 0) === 0;
      if (flags.json === true) {
        const { charter, estate } = rules;
        print(
          JSON.stringify({
            ok: holds,
            charter: charter.charter.digest,
            estate: estate.estate.digest,
            warnings: rules.warnings,
            notes,
            ...(cases !== undefined && { cases }),
          }),
        );
      } else {
        sayNotes(rules.warnings, notes);
        if (cases !== undefined && flags.cases !== undefined) sayCases(flags.cases, cases);
        const { length } = rules.rulebook.estate.backends;
        print(
          holds
            ? `Charter and estate hold: ${counted(length, "backend")}, ${counted(rules.rulebook.modelNames.size, "model name")}.`
            : "Charter and estate do not hold; see above.",
        );
      }
      if (!holds) process.exitCode = 1;
    });
}
