import { normalForm } from "./normal-form.ts";
import { mintToken, type TokenKey } from "./token.ts";
import { Vault, type VaultEntry } from "./vault.ts";

/** The code of a token: no two tokens of a request share one, so that a bent word can make no other token of it. */
const codeOf = (token: string): string => token.slice(token.indexOf("_") + 1);

/**
 * Gives every value its token. Forms of one value (`Jane Roe`, `JANE ROE`) would have the same one; but what is restored must be the very form
 * that stood there, so only the first form of a request has it and every further one gets a token of its own.
 */
export class Mint {
  readonly #key: TokenKey;
  readonly #ownText: ReadonlySet<string>;
  readonly #tokens = new Map<string, string>();
  readonly #normal = new Set<string>();
  readonly #codes = new Set<string>();
  readonly #entries = new Map<string, VaultEntry>();

  /** `ownText`: tokens that the text holds already; they are not given out. */
  constructor(key: TokenKey, ownText: ReadonlySet<string>) {
    this.#key = key;
    this.#ownText = ownText;
  }

  tokenFor(type: string, value: string): string {
    const id = `${type}\0${value}`;
    const known = this.#tokens.get(id);
    if (known !== undefined) return known;
    const normal = normalForm(type, value);
    const first = !this.#normal.has(`${type}\0${normal}`);
    this.#normal.add(`${type}\0${normal}`);
    const token = this.#fresh(type, first ? [normal] : [normal, value]);
    this.#tokens.set(id, token);
    this.#codes.add(codeOf(token));
    this.#entries.set(token, { value, joined: false });
    return token;
  }

  #fresh(type: string, material: readonly string[]): string {
    for (let attempt = 0; ; attempt += 1) {
      const token = mintToken(this.#key, type, material, attempt);
      if (!this.#ownText.has(token) && !this.#codes.has(codeOf(token))) return token;
    }
  }

  /** A capital or a digit follows the token where it was put. */
  join(token: string): void {
    const entry = this.#entries.get(token);
    if (entry !== undefined) this.#entries.set(token, { ...entry, joined: true });
  }

  /** The values that have a token so far, with their types, in the order in which they came. */
  *values(): Generator<{ readonly type: string; readonly value: string; readonly token: string }> {
    for (const [id, token] of this.#tokens) {
      const end = id.indexOf("\0");
      yield { type: id.slice(0, end), value: id.slice(end + 1), token };
    }
  }

  vault(): Vault {
    return new Vault(this.#entries, this.#ownText);
  }
}
