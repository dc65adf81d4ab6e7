/** One string literal of a JSON text, decoded, with the way back to where each character stood. */
export interface DecodedLiteral {
  readonly text: string;
  /** The offset in the JSON text of the decoded character at `index`; for `index === text.length`, of the closing quote. */
  rawOffset(index: number): number;
}

const QUOTE = 34;
const BACKSLASH = 92;

const simpleEscapes: ReadonlyMap<number, string> = new Map([
  [34, '"'],
  [92, "\\"],
  [47, "/"],
  [98, "\b"],
  [102, "\f"],
  [110, "\n"],
  [114, "\r"],
  [116, "\t"],
]);

/** Whether the text looks like a JSON document that holds escapes, so that its raw form may hide something. */
export function mayHideEscapes(text: string): boolean {
  let index = 0;
  while (index < text.length && text.charCodeAt(index) <= 32) index += 1;
  const first = text.charCodeAt(index);
  return (first === 123 || first === 91 || first === QUOTE) && text.includes("\\", index);
}

/**
 * The string literals of a JSON text (RFC 8259, section 7) that contain an escape. Only the quotes are followed, not the grammar: a document
 * that was cut off or is faulty elsewhere still gives its literals, and depth costs nothing.
 */
export function* escapedLiterals(text: string): Generator<DecodedLiteral> {
  let index = text.indexOf('"');
  while (index !== -1) {
    const start = index + 1;
    let end = start;
    let escaped = false;
    while (end < text.length && text.charCodeAt(end) !== QUOTE) {
      const isEscape = text.charCodeAt(end) === BACKSLASH;
      escaped ||= isEscape;
      end += isEscape ? 2 : 1;
    }
    if (escaped) yield decode(text, start, Math.min(end, text.length));
    index = text.indexOf('"', end + 1);
  }
}

function decode(text: string, start: number, end: number): DecodedLiteral {
  // Stretches without escapes map one to one; each entry is where a stretch begins, decoded and raw.
  const decodedStarts: number[] = [0];
  const rawStarts: number[] = [start];
  let decoded = "";
  let from = start;
  for (let index = text.indexOf("\\", start); index !== -1 && index < end; index = text.indexOf("\\", from)) {
    decoded += text.slice(from, index);
    decodedStarts.push(decoded.length);
    rawStarts.push(index);
    const { character, size } = escapeAt(text, index, end);
    decoded += character;
    from = index + size;
    decodedStarts.push(decoded.length);
    rawStarts.push(from);
  }
  decoded += text.slice(from, end);
  return { text: decoded, rawOffset: (position) => offsetOf(decodedStarts, rawStarts, position) };
}

/** What the escape stands for and how long it is; a faulty one stands for itself without the backslash. */
function escapeAt(text: string, index: number, end: number): { character: string; size: number } {
  const code = text.charCodeAt(index + 1);
  if (code === 117) {
    const hex = text.slice(index + 2, Math.min(index + 6, end));
    if (/^[0-9a-f]{4}$/i.test(hex)) return { character: String.fromCharCode(Number.parseInt(hex, 16)), size: 6 };
  }
  const simple = simpleEscapes.get(code);
  return simple === undefined ? { character: "", size: 1 } : { character: simple, size: 2 };
}

function offsetOf(decodedStarts: readonly number[], rawStarts: readonly number[], position: number): number {
  let low = 0;
  let high = decodedStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((decodedStarts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return (rawStarts[low] ?? 0) + position - (decodedStarts[low] ?? 0);
}
