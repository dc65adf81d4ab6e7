import { type Inspection, inspect, type Located } from "../inspect/inspect.ts";
import type { Detector, Finding } from "../port.ts";

/** A value that is replaced somewhere in the request. */
interface Known {
  readonly type: string;
  readonly value: string;
}

/** Shorter values stand in too many words that mean something else. */
const shortest = 3;
/** What is longer is hardly repeated, and each start of a word would cost its length. */
const longest = 128;

const rule = "pseudonym.again";

interface TrieNode {
  readonly next: Map<number, TrieNode>;
  known: Known | undefined;
}

const isWordCharacter = (character: string): boolean => /^[\p{L}\p{N}]$/u.test(character);

/** Finds given values as they are, between word boundaries: linear, the longest value at each place. */
class KnownValues implements Detector {
  /** A short name of a member can be a value too. */
  readonly readsAll = true;
  readonly #root: TrieNode = { next: new Map(), known: undefined };
  readonly #initials = new Set<number>();

  constructor(values: Iterable<Known>) {
    for (const known of values) {
      if (known.value.length < shortest || known.value.length > longest) continue;
      let node = this.#root;
      for (let index = 0; index < known.value.length; index += 1) {
        const code = known.value.charCodeAt(index);
        let below = node.next.get(code);
        if (below === undefined) {
          below = { next: new Map(), known: undefined };
          node.next.set(code, below);
        }
        node = below;
      }
      node.known ??= known;
      this.#initials.add(known.value.charCodeAt(0));
    }
  }

  get empty(): boolean {
    return this.#initials.size === 0;
  }

  detect(text: string): readonly Finding[] {
    const found: Finding[] = [];
    for (let at = 0; at < text.length; at += 1) {
      if (!this.#initials.has(text.charCodeAt(at))) continue;
      if (isWordCharacter(text.charAt(at)) && at > 0 && isWordCharacter(text.charAt(at - 1))) continue;
      const known = this.#longestAt(text, at);
      if (known === undefined) continue;
      const end = at + known.value.length;
      found.push({ type: known.type, subtype: undefined, start: at, end, confidence: 1, rule, class: "sensitive" });
      at = end - 1;
    }
    return found;
  }

  #longestAt(text: string, at: number): Known | undefined {
    let node: TrieNode | undefined = this.#root;
    let best: Known | undefined;
    for (let index = at; index < text.length; index += 1) {
      node = node.next.get(text.charCodeAt(index));
      if (node === undefined) break;
      const joins = isWordCharacter(text.charAt(index)) && index + 1 < text.length && isWordCharacter(text.charAt(index + 1));
      if (node.known !== undefined && !joins) best = node.known;
    }
    return best;
  }
}

/** Members that the protocol reads: no value of the text stands there. */
const protocolMembers: ReadonlySet<string | number> = new Set(["model", "role", "type", "id", "tool_call_id", "object", "finish_reason"]);

/**
 * The places at which a value stands again that was found elsewhere in the request: in a tool's bare result, in an answer of an earlier turn,
 * where nothing around tells what it is. A place that overlaps what was found there is left to it.
 */
export function recurrences(body: unknown, inspection: Inspection, values: Iterable<Known>): readonly Located[] {
  const detector = new KnownValues(values);
  if (detector.empty) return [];
  const again = inspect(body, detector);
  if (!again.ok) return [];
  const taken = new Map<string, Finding[]>();
  for (const { place, finding } of inspection.findings) {
    const id = JSON.stringify([place.of, ...place.path]);
    const there = taken.get(id);
    if (there === undefined) taken.set(id, [finding]);
    else there.push(finding);
  }
  return again.value.findings.filter(({ place, finding, replaceable }) => {
    if (finding.rule !== rule || !replaceable || protocolMembers.has(place.path.at(-1) ?? "")) return false;
    const there = taken.get(JSON.stringify([place.of, ...place.path]));
    return there === undefined || !overlapsOne(there, finding);
  });
}

/** `findings` are sorted and free of overlaps. */
function overlapsOne(findings: readonly Finding[], { start, end }: Finding): boolean {
  let low = 0;
  let high = findings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((findings[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const next = findings[low];
  return next !== undefined && next.start < end;
}
