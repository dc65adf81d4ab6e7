import type { Token } from "node-llama-cpp";

/** Turns tokens into text; `before` are the tokens that precede them. */
export type Detokenize = (tokens: readonly Token[], before: readonly Token[]) => string;

const replacement = "\uFFFD";
/** An incomplete UTF-8 sequence has at most three bytes, each of which may show as one replacement character. */
const incompleteAtMost = 3;
/** Of the text before, as much as a tokenizer needs to know whether a space is due. */
const contextTokens = 4;

/**
 * Text from a stream of tokens of which one may hold only a part of a character: the end of the text is held back while it may
 * still become a character.
 */
export class TokenText {
  readonly #detokenize: Detokenize;
  #before: readonly Token[];
  #pending: Token[] = [];
  /** Characters of the pending tokens' text that have been given out. */
  #shown = 0;

  constructor(detokenize: Detokenize, before: readonly Token[]) {
    this.#detokenize = detokenize;
    this.#before = before.slice(-contextTokens);
  }

  push(token: Token): string {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    let end = text.length;
    while (end > 0 && text[end - 1] === replacement) end -= 1;
    const complete = end === text.length || text.length - end > incompleteAtMost;
    if (complete) {
      const fresh = text.slice(this.#shown);
      this.#before = [...this.#before, ...this.#pending].slice(-contextTokens);
      this.#pending = [];
      this.#shown = 0;
      return fresh;
    }
    const fresh = text.slice(this.#shown, end);
    this.#shown = Math.max(this.#shown, end);
    return fresh;
  }
}
