export interface VaultEntry {
  readonly value: string;
  /** True where a capital or a digit follows the token in the request: then one may follow it in the answer too. */
  readonly joined: boolean;
}

/**
 * What one request's tokens stand for: immutable, held in memory for as long as the answer runs, and silent about itself in logs and JSON.
 * It holds personal data.
 */
export class Vault {
  readonly #entries: ReadonlyMap<string, VaultEntry>;
  readonly #ownText: ReadonlySet<string>;
  #prefixes: ReadonlySet<string> | undefined;

  /** `ownText`: strings of a token's shape that the request held before; they are not ours and not unresolved. */
  constructor(entries: ReadonlyMap<string, VaultEntry>, ownText: ReadonlySet<string> = new Set()) {
    this.#entries = entries;
    this.#ownText = ownText;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(token: string): VaultEntry | undefined {
    return this.#entries.get(token);
  }

  /** Whether a string of a token's shape came from the request itself. */
  isOwnText(token: string): boolean {
    return this.#ownText.has(token);
  }

  /** Whether the text is the beginning of a token, or a whole one. */
  isPrefix(text: string): boolean {
    this.#prefixes ??= new Set([...this.#entries.keys()].flatMap((token) => Array.from(token, (_, index) => token.slice(0, index + 1))));
    return this.#prefixes.has(text);
  }

  toJSON(): { readonly tokens: number } {
    return { tokens: this.size };
  }
}
