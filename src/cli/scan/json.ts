import { type Piece, ReadingBuilder, type Splitter } from "./piece.ts";

const QUOTE = 34;
const BACKSLASH = 92;

const escapes: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const structure = '{}[],:" \t\r\n\uFEFF';
const numberForm = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** The end of the string literal that begins with a quote at `start`, behind its closing quote; -1 where the text ends within it. */
function literalEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
  return -1;
}

/** The characters of a literal's inside (RFC 8259, section 7), and where each stands if one is escaped; a faulty escape stands for its letter. */
function decoded(text: string, start: number, end: number): { readonly value: string; readonly offsets: readonly number[] | undefined } {
  const raw = text.slice(start, end);
  if (!raw.includes("\\")) return { value: raw, offsets: undefined };
  let value = "";
  const offsets: number[] = [];
  for (let at = start; at < end; ) {
    offsets.push(at);
    if (text.charCodeAt(at) !== BACKSLASH) {
      value += text.charAt(at);
      at += 1;
      continue;
    }
    const letter = text.charAt(at + 1);
    const hex = letter === "u" && at + 6 <= end ? text.slice(at + 2, at + 6) : "";
    if (/^[0-9a-f]{4}$/i.test(hex)) {
      value += String.fromCharCode(Number.parseInt(hex, 16));
      at += 6;
    } else {
      value += escapes[letter] ?? letter;
      at += 2;
    }
  }
  offsets.push(end);
  return { value, offsets };
}

/** One token of a document that may be faulty anywhere. */
interface Token {
  readonly kind: "string" | "bare" | "mark";
  readonly start: number;
  readonly end: number;
}

/** The tokens that are complete; with `complete` the last one ends with the text. */
function* tokensOf(text: string, complete: boolean): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    const start = at;
    if (text.charCodeAt(at) === QUOTE) {
      const end = literalEnd(text, at);
      if (end === -1 && !complete) return;
      at = end === -1 ? text.length : end;
      yield { kind: "string", start, end: at };
    } else if (structure.includes(text.charAt(at))) {
      at += 1;
      yield { kind: "mark", start, end: at };
    } else {
      while (at < text.length && !structure.includes(text.charAt(at))) at += 1;
      if (at === text.length && !complete) return;
      yield { kind: "bare", start, end: at };
    }
  }
}

const isSpace = (character: string): boolean => character === " " || character === "\t" || character === "\r" || character === "\n";

/** Whether the next thing behind `at` is a colon; undefined where the text ends before that can be told. */
function isName(text: string, at: number): boolean | undefined {
  let next = at;
  while (next < text.length && isSpace(text.charAt(next))) next += 1;
  return next === text.length ? undefined : text.charAt(next) === ":";
}

/** Reads tokens until the text ends; `end` is behind the last member or element that is whole. */
function read(text: string, complete: boolean): { readonly builder: ReadingBuilder; readonly end: number } {
  const builder = new ReadingBuilder();
  let end = 0;
  let named = false;
  for (const token of tokensOf(text, complete)) {
    if (token.kind === "mark") {
      const mark = text.charAt(token.start);
      if (named && (mark === "{" || mark === "[")) {
        builder.context("\n");
        named = false;
      }
      if (!named) end = token.end;
      continue;
    }
    const start = token.kind === "string" ? token.start + 1 : token.start;
    const closed = token.kind === "string" && token.end - 1 > token.start && text.charCodeAt(token.end - 1) === QUOTE ? token.end - 1 : token.end;
    const { value, offsets } = token.kind === "string" ? decoded(text, start, closed) : { value: text.slice(start, closed), offsets: undefined };
    const name = token.kind === "string" && isName(text, token.end);
    if (name === undefined && !complete) break;
    builder.value(value, start, closed, token.kind === "string" ? "json" : numberForm.test(value) ? "number" : "text", offsets);
    named = name === true;
    builder.context(named ? ": " : token.kind === "bare" && !numberForm.test(value) ? " " : "\n");
    if (!named) end = token.end;
  }
  return { builder, end: complete ? text.length : end };
}

/** Cuts JSON, one document or one a line, into pieces; each value is read behind the name of its member, decoded. Faulty JSON is read all the same. */
export function jsonSplitter(length: number): Splitter {
  let held = "";
  let at = 0;
  /** The length at which it is worth while to read what is held. */
  let worth = length;

  function take(complete: boolean): readonly Piece[] {
    const { builder, end } = read(held, complete);
    worth = Math.max(length, 2 * (held.length - end));
    if (end === 0) return [];
    const piece: Piece = { at, raw: held.slice(0, end), from: 0, to: end, reading: builder.reading() };
    held = held.slice(end);
    at += end;
    return [piece];
  }

  return {
    push(chunk) {
      held += chunk;
      if (held.length < worth) return [];
      // A literal without an end would hold everything: from here on it is read as it comes.
      return take(held.length > 8 * length);
    },
    end: () => take(true),
  };
}
