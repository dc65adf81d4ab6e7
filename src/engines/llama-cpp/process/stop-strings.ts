/** Length of the longest end of `text` that is a beginning of `pattern`, the whole pattern excepted. */
export function danglingLength(text: string, pattern: string): number {
  for (let length = Math.min(text.length, pattern.length - 1); length > 0; length -= 1) {
    if (text.endsWith(pattern.slice(0, length))) return length;
  }
  return 0;
}

/** Cuts a stream of text at the first of some strings; what may be the beginning of one is held back until it is known. */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = "";
  stopped = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** What may be shown now. Sets `stopped` when one of the strings has come. */
  push(text: string): string {
    this.#held += text;
    const places = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((place) => place >= 0);
    if (places.length > 0) {
      this.stopped = true;
      const shown = this.#held.slice(0, Math.min(...places));
      this.#held = "";
      return shown;
    }
    const keep = Math.max(0, ...this.#stops.map((stop) => danglingLength(this.#held, stop)));
    const shown = this.#held.slice(0, this.#held.length - keep);
    this.#held = this.#held.slice(this.#held.length - keep);
    return shown;
  }

  /** The rest, once nothing more comes. */
  flush(): string {
    const rest = this.#held;
    this.#held = "";
    return rest;
  }
}
