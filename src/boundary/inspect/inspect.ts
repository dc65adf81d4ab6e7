import type { DataClass, Detected } from "#charter";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { type ClassRules, classified, isUnreadable, usualClasses } from "../classify/class-rules.ts";
import { findMentions } from "../names/names.ts";
import { KnownNames } from "../names/rules/known-names.ts";
import { nameUnderKey } from "../names/rules/labels.ts";
import type { Budget, Detector, Finding } from "../port.ts";
import { secretUnderName } from "../secrets/assignment.ts";
import { findInText } from "./text-findings.ts";
import { isPayload, unreadablePart } from "./unreadable-parts.ts";

/** Where in a JSON value: member names and array indexes from the root, and what is meant there. */
export interface Place {
  readonly path: readonly (string | number)[];
  /** The string, the member's name (the last segment), the number, or the object as a whole. */
  readonly of: "value" | "key" | "number" | "part";
}

export interface Located {
  readonly place: Place;
  /** Offsets are those of the string at the place. */
  readonly finding: Finding;
  /** What was found: personal data or a secret, never to be logged. */
  readonly text: string;
  /** Whether `pseudonymise` can put a token in its place. Secrets, numbers and content that cannot be read: false. */
  readonly replaceable: boolean;
}

/** What is in a request. */
export interface Inspection {
  readonly findings: readonly Located[];
  /** Counted by type, class and replaceability; never the text itself. */
  readonly detected: readonly Detected[];
}

/** Deeper nesting is refused: no real request has it, and programs behind this one recurse. */
const maxDepth = 256;
/** Costly checks that one request may spend on phone numbers: about 20 ms. */
const requestBudget = 4000;
const shortestReread = 3;
/** Card numbers have twelve digits and more. */
const smallestNumber = 1e11;

/** Names of members that stand in every request and name no secret. */
const protocolNames = new Set(["role", "content", "type", "text", "model", "name", "id", "description", "arguments", "function", "input", "prompt"]);

/** Found because a tenant registered it. */
const isRegistered = ({ rule }: Finding): boolean => rule.startsWith("known.") || rule.startsWith("pattern.");

/** Characters of one request that are read twice, for names that a later string told. */
const mostReread = 2_000_000;

/** A string that was read, and which findings are of it. */
interface Reading {
  readonly text: string;
  readonly path: Place["path"];
  readonly from: number;
  readonly to: number;
  /** How many names were known when it had been read. */
  readonly known: number;
}

interface Frame {
  readonly container: object;
  /** Member names; undefined for an array. */
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  next: number;
}

/** Everything that one walk needs. A class of its own so that nothing is allocated per value. */
class Walk {
  readonly findings: Located[] = [];
  readonly #frames: Frame[] = [];
  readonly #detector: Detector;
  readonly #classes: ClassRules;
  readonly #names = new KnownNames();
  readonly #budget: Budget = { checks: requestBudget, names: this.#names };
  /** The strings that were read before all names were known; names that came up later are looked for in them again. */
  readonly #readings: Reading[] = [];
  #rereadable = mostReread;
  /** The depth at which a part that cannot be read began; 0 outside. */
  #partDepth = 0;

  constructor(detector: Detector, classes: ClassRules) {
    this.#detector = detector;
    this.#classes = classes;
  }

  /** False when the value is nested too deeply. */
  run(root: unknown): boolean {
    if (!this.#visit(root, undefined)) return false;
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (frame.next === frame.length) {
        if (this.#partDepth === this.#frames.length) this.#partDepth = 0;
        this.#frames.pop();
        continue;
      }
      const index = frame.next;
      frame.next += 1;
      const key = frame.keys?.[index];
      if (key !== undefined) this.#key(key);
      const value: unknown = key === undefined ? (frame.container as readonly unknown[])[index] : (frame.container as Readonly<Record<string, unknown>>)[key];
      if (!this.#visit(value, key)) return false;
    }
    this.#reread();
    return true;
  }

  #visit(value: unknown, key: string | undefined): boolean {
    if (typeof value === "string") this.#string(value, key);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "object" && value !== null) {
      if (this.#frames.length === maxDepth) return false;
      const keys = Array.isArray(value) ? undefined : Object.keys(value);
      this.#frames.push({ container: value, keys, length: keys?.length ?? (value as readonly unknown[]).length, next: 0 });
      if (keys !== undefined && this.#partDepth === 0) this.#part(value);
    }
    return true;
  }

  #string(text: string, key: string | undefined): void {
    if (this.#partDepth !== 0 && isPayload(text)) return;
    const from = this.findings.length;
    for (const { finding: given, text: found, whole } of findInText(text, this.#detector, this.#budget)) {
      const finding = classified(given, this.#classes);
      const unreadable = isUnreadable(finding);
      if (unreadable && this.#partDepth !== 0) continue;
      this.#add("value", finding, found, whole && !unreadable && finding.class === "sensitive");
    }
    if (key !== undefined && !protocolNames.has(key)) {
      const secret = secretUnderName(key, text);
      if (secret !== undefined) this.#add("value", classified(secret, this.#classes), text.slice(secret.start, secret.end), false);
      const name = this.findings.length === from ? nameUnderKey(key, text, this.#names) : undefined;
      if (name !== undefined) this.#addPerson(name, text);
    }
    if (text.length >= shortestReread && text.length <= this.#rereadable && /\p{Lu}/u.test(text)) {
      this.#rereadable -= text.length;
      this.#readings.push({ text, path: this.#path(0), from, to: this.findings.length, known: this.#names.size });
    }
  }

  #addPerson(given: Finding, text: string): void {
    const finding = classified(given, this.#classes);
    this.#add("value", finding, text.slice(finding.start, finding.end), finding.class === "sensitive");
  }

  /** Looks for the names that later strings told in the strings before them. From the last to the first, so that indexes stay right. */
  #reread(): void {
    for (const { text, path, from, to, known } of this.#readings.reverse()) {
      if (known === this.#names.size) continue;
      const own = this.findings.slice(from, to);
      const spans = own.filter(({ place }) => place.of === "value").map(({ finding }) => finding);
      const mentions = findMentions(text, spans, this.#names).filter(({ start }) => text.charCodeAt(start - 1) !== 92);
      if (mentions.length === 0) continue;
      const added = mentions.map((given): Located => {
        const finding = classified(given, this.#classes);
        return { place: { path, of: "value" }, finding, text: text.slice(finding.start, finding.end), replaceable: finding.class === "sensitive" };
      });
      this.findings.splice(from, to - from, ...[...own, ...added].sort((one, other) => one.finding.start - other.finding.start));
    }
  }

  #key(key: string): void {
    if (key.length < 6 && this.#detector.readsAll !== true) return;
    for (const given of this.#detector.detect(key, this.#budget)) {
      const finding = classified(given, this.#classes);
      this.#add("key", finding, key.slice(finding.start, finding.end), finding.class === "sensitive" && !isUnreadable(finding));
    }
  }

  #number(value: number): void {
    if (!Number.isInteger(value) || (value < smallestNumber && this.#detector.readsAll !== true)) return;
    const text = String(value);
    for (const finding of this.#detector.detect(text, this.#budget)) {
      if (value < smallestNumber && !isRegistered(finding)) continue;
      this.#add("number", classified(finding, this.#classes), text.slice(finding.start, finding.end), false);
    }
  }

  #part(value: object): void {
    const finding = unreadablePart(value);
    if (finding === undefined) return;
    this.#partDepth = this.#frames.length;
    this.#add("part", classified(finding, this.#classes), "", false);
  }

  #add(of: Place["of"], finding: Finding, text: string, replaceable: boolean): void {
    this.findings.push({ place: { path: this.#path(of === "part" ? 1 : 0), of }, finding, text, replaceable });
  }

  /** Where the walk is, without the last `less` steps. */
  #path(less: number): (string | number)[] {
    const path: (string | number)[] = [];
    for (const frame of this.#frames.slice(0, this.#frames.length - less)) path.push(frame.keys?.[frame.next - 1] ?? frame.next - 1);
    return path;
  }
}

/**
 * Finds personal data and secrets in every string of a parsed JSON value, names of members included, whatever the field is called: what
 * this house does not know may not be a way around it. A body that is nested deeper than 256 levels is a fault.
 */
export function inspect(body: unknown, detector: Detector, classes: ClassRules = usualClasses): Result<Inspection, Fault> {
  const walk = new Walk(detector, classes);
  if (!walk.run(body)) return err(fault("invalid_request", { message: `The request body is nested deeper than ${maxDepth} levels.` }));
  return ok({ findings: walk.findings, detected: count(walk.findings) });
}

function count(findings: readonly Located[]): readonly Detected[] {
  const rows = new Map<string, { type: string; count: number; class: DataClass; replaceable: boolean }>();
  for (const { finding, replaceable } of findings) {
    const id = `${finding.type} ${finding.class} ${replaceable}`;
    const row = rows.get(id);
    if (row === undefined) rows.set(id, { type: finding.type, count: 1, class: finding.class, replaceable });
    else row.count += 1;
  }
  return [...rows.values()];
}
