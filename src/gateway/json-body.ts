import { isUtf8 } from "node:buffer";
import { err, type Fault, fault, ok, type Result } from "#kernel";

/** A request body, parsed, with the bytes it came as and the place of the top-level `model`. */
export interface JsonBody {
  readonly bytes: Buffer;
  readonly value: Readonly<Record<string, unknown>>;
  /** Byte offsets of the value of the top-level key `model`, quotes included; undefined where there is none. */
  readonly model: { readonly start: number; readonly end: number } | undefined;
}

const maximumDepth = 256;
const quote = 34;
const backslash = 92;
const comma = 44;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

interface Shape {
  readonly duplicate: string | undefined;
  readonly tooDeep: boolean;
  readonly model: { readonly start: number; readonly end: number } | undefined;
}

/** Index of the quote that closes the string opened at `open`. The text is known to be valid JSON. */
function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close > 0) {
    let before = close - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((close - before) % 2 === 1) return close;
    close = text.indexOf('"', close + 1);
  }
  return text.length;
}

function keyOf(text: string, open: number, close: number): string {
  const raw = text.slice(open + 1, close);
  return raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/**
 * Walks the structure of valid JSON text, jumping over strings: finds the deepest nesting, a key that stands twice in one object, and the place of
 * the top-level `model`. A repeated key is refused because two parsers may read two different requests in it: the judged one and the sent one.
 */
function shapeOf(text: string): Shape {
  const keys: (Set<string> | undefined)[] = [];
  let expectKey = false;
  let model: Shape["model"];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const close = closingQuote(text, at);
      const held = keys[keys.length - 1];
      if (expectKey && held !== undefined) {
        const key = keyOf(text, at, close);
        if (held.has(key)) return { duplicate: key, tooDeep: false, model };
        held.add(key);
        expectKey = false;
        if (keys.length === 1 && key === "model") model = stringAfter(text, close + 1);
      }
      at = close;
    } else if (code === openBrace || code === openBracket) {
      if (keys.length === maximumDepth) return { duplicate: undefined, tooDeep: true, model };
      keys.push(code === openBrace ? new Set() : undefined);
      expectKey = code === openBrace;
    } else if (code === closeBrace || code === closeBracket) {
      keys.pop();
      expectKey = false;
    } else if (code === comma) {
      expectKey = keys[keys.length - 1] !== undefined;
    }
  }
  return { duplicate: undefined, tooDeep: false, model };
}

/** The string value that follows a key, in UTF-16 offsets with its quotes; undefined when the value is not a string. */
function stringAfter(text: string, from: number): Shape["model"] {
  let start = from;
  while (start < text.length && text.charCodeAt(start) !== quote) {
    const code = text.charCodeAt(start);
    if (code !== 58 && code !== 32 && code !== 9 && code !== 10 && code !== 13) return undefined;
    start += 1;
  }
  return { start, end: closingQuote(text, start) + 1 };
}

function toBytes(text: string, bytes: Buffer, place: Shape["model"]): Shape["model"] {
  if (place === undefined || text.length === bytes.length) return place;
  const start = Buffer.byteLength(text.slice(0, place.start));
  return { start, end: start + Buffer.byteLength(text.slice(place.start, place.end)) };
}

/** Parses a body that must be one JSON object in UTF-8, without repeated keys and at most 256 levels deep. */
export function parseJsonBody(bytes: Buffer): Result<JsonBody, Fault> {
  if (bytes.length === 0) return err(fault("invalid_json", { message: "The request body is empty; a JSON object is expected." }));
  if (!isUtf8(bytes)) return err(fault("invalid_json", { message: "The request body is not valid UTF-8." }));
  const text = bytes.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(fault("invalid_json", { message: `The request body is not valid JSON${placeOf(error, text)}.` }));
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return err(fault("invalid_request", { message: "The request body must be a JSON object." }));
  }
  const shape = shapeOf(text);
  if (shape.tooDeep) return err(fault("invalid_request", { message: `The request body is nested deeper than ${maximumDepth} levels.` }));
  if (shape.duplicate !== undefined) {
    const param = shape.duplicate.slice(0, 64);
    return err(fault("invalid_request", { message: `The key ${JSON.stringify(param)} stands twice in one object.`, param }));
  }
  return ok({ bytes, value: value as Record<string, unknown>, model: toBytes(text, bytes, shape.model) });
}

/** Line and column of a syntax error, never the text around it: it may hold personal data. */
function placeOf(error: unknown, text: string): string {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return "";
  const before = text.slice(0, Number(position)).split("\n");
  return ` (line ${before.length}, column ${(before.at(-1) ?? "").length + 1})`;
}

/** A body of our own making, whose first member is `model`. */
export function writtenBody(value: Readonly<Record<string, unknown>>): JsonBody {
  const bytes = Buffer.from(JSON.stringify(value));
  const start = '{"model":'.length;
  return { bytes, value, model: { start, end: start + Buffer.byteLength(JSON.stringify(value.model)) } };
}

/** The body with another model name: the very bytes that came, but for the name. */
export function withModel(body: JsonBody, servedAs: string): Buffer {
  if (body.value.model === servedAs || body.model === undefined) return body.bytes;
  return Buffer.concat([body.bytes.subarray(0, body.model.start), Buffer.from(JSON.stringify(servedAs)), body.bytes.subarray(body.model.end)]);
}
