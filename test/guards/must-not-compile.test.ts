import assert from "node:assert/strict";
import { resolve } from "node:path";
import { before, describe, it } from "node:test";
import ts from "typescript";

/** The type is the proof: `wrong` must be refused with this error of the compiler, and `right`, its nearest neighbour, accepted. */
interface Canary {
  readonly holdsOff: string;
  readonly code: number;
  readonly wrong: string;
  readonly right: string;
}

const given = `
import { clear, type Cleared, type Decision, type DataClass } from "#charter";
import type { Engine, EngineRequest, AnswerSink } from "#engines";
import { fault, type Durable, type DecisionId, type RequestId, type Result, parseRequestId } from "#kernel";
import type { Entry, Ledger } from "#ledger";
declare const engine: Engine, sink: AnswerSink, request: EngineRequest, decision: Decision, durable: Durable<Decision>, ledger: Ledger, entry: Entry;
declare const cleared: Cleared<EngineRequest>, settled: Result<Durable<Decision>, string>, text: string, list: readonly string[];
export type Used = [DataClass, DecisionId, RequestId, typeof clear, typeof fault, typeof parseRequestId];
`;

const canaries: readonly Canary[] = [
  { holdsOff: "a payload that nobody cleared reaches an engine", code: 2345, wrong: "engine.send(request, sink);", right: "engine.send(cleared, sink);" },
  {
    holdsOff: "a decision that is not on disk clears a payload",
    code: 2345,
    wrong: 'clear(decision, "local", request);',
    right: 'clear(durable, "local", request);',
  },
  {
    holdsOff: "a clearance is written by hand",
    code: 2741,
    wrong: 'export const made: Cleared<EngineRequest> = { backend: "local", payload: request, decision };',
    right: "export const made: Cleared<EngineRequest> = cleared;",
  },
  {
    holdsOff: "a clearance for one kind of payload sends another",
    code: 2345,
    wrong: 'engine.send(clear(durable, "local", "text"), sink);',
    right: 'engine.send(clear(durable, "local", request), sink);',
  },
  {
    holdsOff: "a record is used as durable although the ledger refused it",
    code: 2339,
    wrong: 'const kept = await ledger.append(decision, entry); clear(kept.value, "local", request);',
    right: 'const kept = await ledger.append(decision, entry); if (kept.ok) clear(kept.value, "local", request);',
  },
  {
    holdsOff: "any text is taken for an id",
    code: 2322,
    wrong: "export const id: RequestId = text;",
    right: "export const id: RequestId | undefined = parseRequestId(text);",
  },
  {
    holdsOff: "one id stands in for another",
    code: 2322,
    wrong: "export const id: DecisionId = parseRequestId(text) ?? decision.id;",
    right: "export const id: DecisionId = decision.id;",
  },
  { holdsOff: "an error without a row in the table", code: 2345, wrong: 'fault("no_such_code");', right: 'fault("internal");' },
  {
    holdsOff: "a class that the charter does not know",
    code: 2322,
    wrong: 'export const c: DataClass = "internal";',
    right: 'export const c: DataClass = "secret";',
  },
  { holdsOff: "a decision is changed after it was made", code: 2540, wrong: 'decision.verdict = "allow";', right: "export const verdict = decision.verdict;" },
  { holdsOff: "a failure is read as a value", code: 2339, wrong: "export const v = settled.value;", right: "export const v = settled.ok && settled.value;" },
  {
    holdsOff: "the end of a list is overlooked",
    code: 2322,
    wrong: "export const first: string = list[0];",
    right: 'export const first: string = list[0] ?? "";',
  },
  { holdsOff: "syntax that Node cannot strip", code: 1294, wrong: "export enum Colour { Red }", right: 'export type Colour = "red";' },
  { holdsOff: "a forgotten variable", code: 6133, wrong: "const forgotten = 1;", right: "export const kept = 1;" },
];

const nameOf = (index: number, side: "wrong" | "right") => resolve(`src/gateway/canary-${index}-${side}.ts`);

describe("must not compile", () => {
  const errors = new Map<string, readonly ts.Diagnostic[]>();

  before(() => {
    const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
    const planted = new Map(
      canaries.flatMap(({ wrong, right }, index) => [
        [nameOf(index, "wrong"), `${given}${wrong}\n`] as const,
        [nameOf(index, "right"), `${given}${right}\n`] as const,
      ]),
    );
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists, getSourceFile } = host;
    host.readFile = (path) => planted.get(path) ?? readFile(path);
    host.fileExists = (path) => planted.has(path) || fileExists(path);
    host.getSourceFile = (path, version, ...rest) => {
      const text = planted.get(path);
      return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
    };
    const program = ts.createProgram([...planted.keys()], options, host);
    for (const path of planted.keys()) {
      const source = program.getSourceFile(path);
      errors.set(path, [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]);
    }
  });

  const given6133 = (diagnostic: ts.Diagnostic) => diagnostic.code === 6133 && (diagnostic.start ?? 0) < given.length;
  const found = (index: number, side: "wrong" | "right") =>
    (errors.get(nameOf(index, side)) ?? assert.fail("the canary was not compiled")).filter((diagnostic) => !given6133(diagnostic));

  for (const [index, { holdsOff, code }] of canaries.entries()) {
    it(`holds off: ${holdsOff}`, () => {
      assert.deepEqual(
        found(index, "wrong").map((diagnostic) => diagnostic.code),
        [code],
      );
      assert.deepEqual(
        found(index, "right").map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")),
        [],
      );
    });
  }
});
