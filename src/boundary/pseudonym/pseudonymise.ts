import type { Inspection, Located } from "../inspect/inspect.ts";
import { mintToken, type TokenKey, tokenShape } from "./token.ts";
import { Vault, type VaultEntry } from "./vault.ts";

export interface Pseudonymised {
  /** A new JSON value; the one that was given is untouched. */
  readonly body: unknown;
  readonly vault: Vault;
  /** Places replaced. */
  readonly replaced: number;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly token: string;
}

/** The edits below one place of the body. */
interface EditNode {
  value: Edit[];
  key: Edit[];
  readonly members: Map<string | number, EditNode>;
}

const emptyNode = (): EditNode => ({ value: [], key: [], members: new Map() });

/** Gives every value its token; the strings of a token's shape that the request already holds are left to it. */
class Mint {
  readonly ownText: ReadonlySet<string>;
  readonly tokens = new Map<string, string>();
  readonly entries = new Map<string, { value: string; joined: boolean }>();
  readonly #key: TokenKey;

  constructor(body: unknown, key: TokenKey) {
    this.ownText = new Set((JSON.stringify(body) ?? "").match(tokenShape));
    this.#key = key;
  }

  tokenFor(type: string, value: string): string {
    const id = `${type}\0${value}`;
    const known = this.tokens.get(id);
    if (known !== undefined) return known;
    for (let attempt = 0; ; attempt += 1) {
      const token = mintToken(this.#key, type, value, attempt);
      if (this.ownText.has(token) || this.entries.has(token)) continue;
      this.tokens.set(id, token);
      this.entries.set(token, { value, joined: false });
      return token;
    }
  }
}

/**
 * Replaces every replaceable finding by a token: the same value by the same one wherever it stands, in messages, tool arguments (whose JSON
 * stays as it was around it) and results. Secrets are never replaced; they block.
 */
export function pseudonymise(body: unknown, inspection: Inspection, key: TokenKey): Pseudonymised {
  const mint = new Mint(body, key);
  const root = emptyNode();
  let replaced = 0;
  for (const located of inspection.findings) {
    if (!located.replaceable) continue;
    place(root, located, mint.tokenFor(located.finding.type, located.text));
    replaced += 1;
  }
  return {
    body: replaced === 0 ? body : apply(body, root, mint.entries),
    vault: new Vault(mint.entries satisfies Map<string, VaultEntry>, mint.ownText),
    replaced,
  };
}

function place(root: EditNode, { place: { path, of }, finding }: Located, token: string): void {
  let node = root;
  for (const segment of path) {
    let next = node.members.get(segment);
    if (next === undefined) {
      next = emptyNode();
      node.members.set(segment, next);
    }
    node = next;
  }
  node[of === "key" ? "key" : "value"].push({ start: finding.start, end: finding.end, token });
}

/** Recursion is bounded by the depth that `inspect` admits. */
function apply(value: unknown, node: EditNode, entries: Map<string, { joined: boolean }>): unknown {
  if (typeof value === "string") return replaceSpans(value, node.value, entries);
  if (typeof value !== "object" || value === null || node.members.size === 0) return value;
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((member, index) => {
      const below = node.members.get(index);
      return below === undefined ? member : apply(member, below, entries);
    });
  }
  // fromEntries defines members, so a member called __proto__ stays one.
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, unknown] => {
      const below = node.members.get(name);
      return below === undefined ? [name, member] : [replaceSpans(name, below.key, entries), apply(member, below, entries)];
    }),
  );
}

/** Puts the tokens in place of the spans, which may come in any order; of spans that overlap the first in the text stands. */
function replaceSpans(text: string, edits: readonly Edit[], entries: Map<string, { joined: boolean }>): string {
  if (edits.length === 0) return text;
  let result = "";
  let from = 0;
  let last: Edit | undefined;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    if (edit.start < from) continue;
    if (last !== undefined) noteJoin(entries, last, edit.start === from ? edit.token : text.slice(from, from + 1));
    result += text.slice(from, edit.start) + edit.token;
    from = edit.end;
    last = edit;
  }
  if (last !== undefined) noteJoin(entries, last, text.slice(from, from + 1));
  return result + text.slice(from);
}

function noteJoin(entries: Map<string, { joined: boolean }>, { token }: Edit, next: string): void {
  const entry = entries.get(token);
  if (entry !== undefined && /^[0-9A-Z]/.test(next)) entry.joined = true;
}
