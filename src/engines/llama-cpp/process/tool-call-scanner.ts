import { danglingLength } from "./stop-strings.ts";

export type ScannedPiece = { readonly type: "text"; readonly text: string } | { readonly type: "call"; readonly name: string; readonly arguments: string };

const opening = "<tool_call>";
const closing = "</tool_call>";

/** Reads `{"name": …, "arguments": …}`; Llama models write `parameters` instead. */
export function parseCall(text: string): { name: string; arguments: string } | undefined {
  try {
    const call: unknown = JSON.parse(text);
    if (typeof call !== "object" || call === null || !("name" in call) || typeof call.name !== "string") return undefined;
    const args = "arguments" in call ? call.arguments : "parameters" in call ? call.parameters : {};
    return { name: call.name, arguments: typeof args === "string" ? args : JSON.stringify(args) };
  } catch {
    return undefined;
  }
}

/**
 * Finds the calls that a model writes by itself, in the manner of Hermes and Qwen: JSON between `<tool_call>` tags. What is not a
 * well-formed call of a known tool stays text.
 */
export class ToolCallScanner {
  readonly #known: ReadonlySet<string>;
  #held = "";
  /** White space after a call only separates it from the next one. */
  #afterCall = false;

  constructor(names: readonly string[]) {
    this.#known = new Set(names);
  }

  push(text: string): ScannedPiece[] {
    this.#held += text;
    const pieces: ScannedPiece[] = [];
    for (;;) {
      if (this.#afterCall) this.#held = this.#held.trimStart();
      if (this.#held === "") return pieces;
      const start = this.#held.indexOf(opening);
      if (start < 0) {
        const keep = danglingLength(this.#held, opening);
        this.#take(pieces, this.#held.length - keep);
        return pieces;
      }
      this.#take(pieces, start);
      const end = this.#held.indexOf(closing);
      if (end < 0) return pieces;
      const call = parseCall(this.#held.slice(opening.length, end));
      if (call === undefined || !this.#known.has(call.name)) {
        this.#take(pieces, end + closing.length);
      } else {
        pieces.push({ type: "call", ...call });
        this.#held = this.#held.slice(end + closing.length);
        this.#afterCall = true;
      }
    }
  }

  /** A last call may lack its closing tag. */
  flush(): ScannedPiece[] {
    const call = this.#held.startsWith(opening) ? parseCall(this.#held.slice(opening.length)) : undefined;
    const pieces: ScannedPiece[] = [];
    if (call !== undefined && this.#known.has(call.name)) pieces.push({ type: "call", ...call });
    else this.#take(pieces, this.#held.length);
    return pieces;
  }

  #take(pieces: ScannedPiece[], length: number): void {
    if (length > 0) {
      pieces.push({ type: "text", text: this.#held.slice(0, length) });
      this.#afterCall = false;
    }
    this.#held = this.#held.slice(length);
  }
}
