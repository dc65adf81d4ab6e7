import type { TokenBook } from "./spelling.ts";

export interface VaultEntry {
  readonly value: string;
  /** True where a capital or a digit follows the token in the request: then one may follow it in the answer too. */
  readonly joined: boolean;
}

/**
 * What one request's tokens stand for: immutable, held in memory for as long as the answer runs, and silent about itself in logs and JSON.
 * It holds personal data.
 */
export class Vault implements TokenBook {
  readonly #entries: ReadonlyMap<string, VaultEntry>;
  readonly #ownText: ReadonlySet<string>;
  #beginnings: ReadonlySet<string> | undefined;

  /** `ownText`: tokens that the request held before, in whatever spelling; they are not ours and not unresolved. */
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

  has(token: string): boolean {
    return this.#entries.has(token);
  }

  begins(prefix: string): boolean {
    this.#beginnings ??= new Set([...this.#entries.keys()].flatMap((token) => Array.from(token, (_, index) => token.slice(0, index + 1))));
    return this.#beginnings.has(prefix);
  }

  /** Whether a token came from the request itself. */
  isOwnText(token: string): boolean {
    return this.#ownText.has(token);
  }

  /** All tokens with what they stand for: personal data, for a key file that its owner asked for. */
  entries(): Iterable<readonly [token: string, entry: VaultEntry]> {
    return this.#entries;
  }

  toJSON(): { readonly tokens: number } {
    return { tokens: this.size };
  }
}
