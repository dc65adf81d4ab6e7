import { once } from "node:events";
import { createReadStream } from "node:fs";
import { type Detector, inspect, type Located, whyOf } from "#boundary";
import type { DataClass } from "#charter";
import { say } from "../outcome.ts";
import { printable } from "./report.ts";
import { higher, type Selection } from "./selection.ts";

/** A line that is longer is a faulty one: it would have to be held as a whole. */
const longestLine = 64 << 20;

interface Line {
  readonly number: number;
  /** Undefined: longer than can be read. */
  readonly bytes: Buffer | undefined;
}

/** Lines of a stream, in bounded memory. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let held: Buffer[] = [];
  let size = 0;
  let number = 1;
  const add = (part: Buffer): void => {
    size += part.length;
    if (size > longestLine) held = [];
    else if (part.length > 0) held.push(part);
  };
  const take = (): Line => {
    const line: Line = { number, bytes: size > longestLine ? undefined : Buffer.concat(held) };
    held = [];
    size = 0;
    number += 1;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
  if (size > 0) yield take();
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

type LineRecord = { readonly id: unknown; readonly text: string } | { readonly id: unknown; readonly fault: string };

const faulty = (fault: string, id: unknown = null): LineRecord => ({ id, fault });

/** The text of a line with its id, or what is wrong with it; undefined for an empty line. */
function recordOf({ bytes, number }: Line): LineRecord | undefined {
  if (bytes === undefined) return faulty(`the line is longer than ${longestLine >> 20} MiB`);
  let line: string;
  try {
    line = utf8.decode(bytes);
  } catch {
    return faulty("the line is not UTF-8");
  }
  if (number === 1 && line.startsWith("\uFEFF")) line = line.slice(1);
  if (line.trim() === "") return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return faulty("the line is not JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return faulty("the line is not a JSON object");
  const { id = null, text } = parsed as { readonly id?: unknown; readonly text?: unknown };
  return typeof text === "string" ? { id, text } : faulty('the line has no "text" that is a string', id);
}

export interface LinesOptions {
  readonly json: boolean;
  readonly reveal: boolean;
  readonly selection: Selection;
  readonly stopped: () => boolean;
}

/** What a run over lines came to. */
export interface LinesResult {
  readonly faults: number;
  readonly highest: DataClass | undefined;
}

/** Answers each line by one line, in order, as they come: `{"id", "class", "findings"}`. A faulty line is told and answered, and the others are not lost. */
export async function scanLines(path: string, detector: Detector, options: LinesOptions): Promise<LinesResult> {
  const write = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  };
  const answerFault = async (number: number, id: unknown, reason: string): Promise<void> => {
    faults += 1;
    say(`${printable(path)}:${number}:1: error: ${reason}`);
    if (options.json) await write(`${JSON.stringify({ id, line: number, error: reason })}\n`);
  };
  let faults = 0;
  let highest: DataClass | undefined;
  const chunks: AsyncIterable<Buffer> = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  for await (const line of linesOf(chunks)) {
    const record = recordOf(line);
    if (record === undefined) continue;
    const inspection = "fault" in record ? undefined : inspect(record.text, detector);
    if ("fault" in record) await answerFault(line.number, record.id, record.fault);
    else if (inspection?.ok !== true) await answerFault(line.number, record.id, "the text is nested too deeply");
    else {
      const found = inspection.value.findings.filter(({ finding }) => options.selection(finding));
      const dataClass = found.reduce<DataClass>((sum, { finding }) => higher(sum, finding.class), "public");
      if (found.length > 0) highest = higher(highest ?? "public", dataClass);
      await write(options.json ? jsonLine(record.id, dataClass, found, options.reveal) : tableLines(path, line.number, record.id, found, options.reveal));
    }
    if (options.stopped()) break;
  }
  return { faults, highest };
}

function jsonLine(id: unknown, dataClass: DataClass, found: readonly Located[], reveal: boolean): string {
  const findings = found.map(({ finding, text }) => {
    const { type, subtype = null, start, end, confidence, rule } = finding;
    return { type, subtype, start, end, confidence, rule, ...(reveal && { text }) };
  });
  return `${JSON.stringify({ id, class: dataClass, findings })}\n`;
}

const tableLines = (path: string, line: number, id: unknown, found: readonly Located[], reveal: boolean): string =>
  found
    .map(({ finding, text }) => {
      const { type, subtype = "", class: dataClass, confidence, rule, start } = finding;
      const shown = reveal ? [printable(text)] : [];
      return `${[`${printable(path)}:${line}`, printable(JSON.stringify(id)), `+${start}`, type, subtype, dataClass, confidence.toFixed(2), rule, ...shown, whyOf(finding)].join("  ")}\n`;
    })
    .join("");
