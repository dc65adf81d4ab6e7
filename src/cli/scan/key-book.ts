import { Mint, type TokenKey, Vault } from "#boundary";
import type { Format } from "./format.ts";
import type { Writing } from "./piece.ts";

/** What a token stands for, as the key file keeps it. */
export interface KeyEntry {
  readonly type: string;
  readonly value: string;
  /** How the value stood between the quotes of JSON, once it did; there may be several ways to escape it. */
  json?: string;
  /** It stood in JSON as a number, without quotes. */
  number?: true;
  /** How the value stood in a cell of a table, once it did. */
  csv?: string;
  /** A capital or a digit follows the token somewhere: then one may follow it when it is restored. */
  joined?: true;
}

const within = (value: string): string => JSON.stringify(value).slice(1, -1);
const inCell = (value: string): string => value.replaceAll('"', '""');

/** Whether an entry stands for a value that is written so; what it does not say yet it may come to say. */
function fits(entry: KeyEntry, writing: Writing, raw: string): boolean {
  if (writing === "json") return entry.number !== true && (entry.json === undefined || entry.json === raw);
  if (writing === "number") return entry.json === undefined;
  return writing === "text" || entry.csv === undefined || entry.csv === raw;
}

/** The tokens of a key file: one for each value, and a further one where the same value is written in two ways in files of one format. */
export class KeyBook {
  readonly #entries: Map<string, KeyEntry>;
  readonly #byValue = new Map<string, string[]>();
  readonly #mint: Mint;

  /** `ownText`: what looks like a token in the files that are to be read. */
  constructor(key: TokenKey, entries: ReadonlyMap<string, KeyEntry>, ownText: ReadonlySet<string>) {
    this.#entries = new Map(entries);
    this.#mint = new Mint(key, new Set([...ownText, ...entries.keys()]));
    for (const [token, { type, value }] of entries) this.#list(type, value).push(token);
  }

  get entries(): ReadonlyMap<string, KeyEntry> {
    return this.#entries;
  }

  #list(type: string, value: string): string[] {
    const id = `${type}\0${value}`;
    let list = this.#byValue.get(id);
    if (list === undefined) {
      list = [];
      this.#byValue.set(id, list);
    }
    return list;
  }

  /** The token for a value that stands as `raw` in its file; `next` is what follows there. */
  tokenFor(type: string, value: string, writing: Writing, raw: string, next: string): string {
    const list = this.#list(type, value);
    let token = list.find((known) => fits(this.#entries.get(known) ?? { type, value }, writing, raw));
    if (token === undefined) {
      // A further way to write the value needs other material, or it would be the same token.
      token = this.#mint.tokenFor(type, list.length === 0 ? value : `${value}\0${writing}\0${raw}`);
      list.push(token);
      this.#entries.set(token, { type, value });
    }
    const entry = this.#entries.get(token) ?? { type, value };
    if (writing === "json") entry.json = raw;
    else if (writing === "number") entry.number = true;
    else if (writing === "csv") entry.csv = raw;
    if (/^[0-9A-Z]/.test(next)) entry.joined = true;
    return token;
  }
}

/** A file is not waited for, so anything may be held back that might begin a token; the beginnings of a million tokens need not be kept. */
class FileVault extends Vault {
  override begins(): boolean {
    return true;
  }
}

/** The values of a key file as they are to stand in files of a format. */
export function vaultFor(format: Format, entries: ReadonlyMap<string, KeyEntry>): Vault {
  const written = ({ value, json, csv }: KeyEntry): string => {
    if (format === "json") return json ?? within(value);
    return format === "csv" ? (csv ?? inCell(value)) : value;
  };
  return new FileVault(new Map([...entries].map(([token, entry]) => [token, { value: written(entry), joined: entry.joined === true }])));
}
