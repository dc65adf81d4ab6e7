import type { Inspection, Located } from "../inspect/inspect.ts";
import { genderOfName } from "./gender.ts";
import { withLegend } from "./legend.ts";
import { Mint } from "./mint.ts";
import { ownTokens } from "./own-tokens.ts";
import { recurrences } from "./recurrence.ts";
import type { TokenKey } from "./token.ts";
import type { Vault } from "./vault.ts";

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

export interface PseudonymiseOptions {
  /** Replaces secrets too, by opaque tokens: for text that stays with its owner, never for a request. */
  readonly secrets?: boolean;
  /** Tells the model about the tokens, in a system message that is there: see `withLegend`. */
  readonly legend?: boolean;
}

/**
 * Replaces every replaceable finding by a token: the same value by the same one wherever it stands, in messages, tool arguments (whose JSON
 * stays as it was around it) and results, where nothing around it tells what it is too. Secrets are not replaced unless asked for; they block.
 */
export function pseudonymise(body: unknown, inspection: Inspection, key: TokenKey, options: PseudonymiseOptions = {}): Pseudonymised {
  const mint = new Mint(key, ownTokens(body));
  const root = emptyNode();
  let replaced = 0;
  const replace = (located: Located): void => {
    place(root, located, mint.tokenFor(located.finding.type, located.text));
    replaced += 1;
  };
  for (const located of inspection.findings) {
    if (located.replaceable || (options.secrets === true && isWholeSecret(located))) replace(located);
  }
  if (replaced === 0) return { body, vault: mint.vault(), replaced };
  for (const located of recurrences(body, inspection, mint.values())) replace(located);
  const masked = apply(body, root, mint);
  return {
    body: options.legend === true ? withLegend(masked, [...mint.values()], genderOfName) : masked,
    vault: mint.vault(),
    replaced,
  };
}

const isWholeSecret = ({ finding, place: { of }, text }: Located): boolean =>
  finding.type === "secret" && (of === "value" || of === "key") && text.length === finding.end - finding.start;

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
function apply(value: unknown, node: EditNode, mint: Mint): unknown {
  if (typeof value === "string") return replaceSpans(value, node.value, mint);
  if (typeof value !== "object" || value === null || node.members.size === 0) return value;
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((member, index) => {
      const below = node.members.get(index);
      return below === undefined ? member : apply(member, below, mint);
    });
  }
  // fromEntries defines members, so a member called __proto__ stays one.
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, unknown] => {
      const below = node.members.get(name);
      return below === undefined ? [name, member] : [replaceSpans(name, below.key, mint), apply(member, below, mint)];
    }),
  );
}

/** Puts the tokens in place of the spans, which may come in any order; of spans that overlap the first in the text stands. */
function replaceSpans(text: string, edits: readonly Edit[], mint: Mint): string {
  if (edits.length === 0) return text;
  let result = "";
  let from = 0;
  let last: Edit | undefined;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    if (edit.start < from) continue;
    if (last !== undefined) noteJoin(mint, last, edit.start === from ? edit.token : text.slice(from, from + 1));
    result += text.slice(from, edit.start) + edit.token;
    from = edit.end;
    last = edit;
  }
  if (last !== undefined) noteJoin(mint, last, text.slice(from, from + 1));
  return result + text.slice(from);
}

function noteJoin(mint: Mint, { token }: Edit, next: string): void {
  if (/^[0-9A-Z]/.test(next)) mint.join(token);
}
