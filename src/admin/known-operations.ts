import { compilePattern, type KnownList } from "#boundary";
import { err, type Fault, fault, ok, type Result, rfc3339 } from "#kernel";
import type { Entry } from "#ledger";
import type { Store, StoredKnown } from "#store";
import { contentOf, countOf, entryOf, type KnownEntry } from "./known-content.ts";
import type { AllowListInput, KnownChange, KnownListInput, KnownRemoval, KnownView, PatternInput } from "./known-contract.ts";
import { givesValues, type Intake, intakeOf } from "./known-intake.ts";

/** A tenant's own values: what it wants found, what it lets pass, and the shapes of its numbers. */
export interface KnownAdministration {
  addKnownList(tenant: string, input: KnownListInput): Promise<Result<KnownChange, Fault>>;
  addAllowList(tenant: string, input: AllowListInput): Promise<Result<KnownChange, Fault>>;
  addPattern(tenant: string, input: PatternInput): Promise<Result<KnownChange, Fault>>;
  /** Without values. */
  listKnown(tenant: string): Promise<Result<readonly KnownView[], Fault>>;
  /** With values where `reveal`, which is recorded. */
  showKnown(tenant: string, name: string, reveal: boolean): Promise<Result<KnownView, Fault>>;
  /** Some values, or all of it where none are given. */
  removeKnown(tenant: string, name: string, removal: KnownRemoval): Promise<Result<KnownChange, Fault>>;
}

export interface KnownParts {
  readonly store: Store;
  readonly now: () => number;
  /** Writes the entry into the ledger and then acts. */
  readonly recorded: <Value>(entry: Entry, act: () => Result<Value, Fault>) => Promise<Result<Value, Fault>>;
}

const mostValues = 500_000;
const mostLists = 64;
const mostPatterns = 100;

const noSkips = { skipped: 0, skips: [] };
const refused = (message: string, param: string): Result<never, Fault> => err(fault("invalid_request", { message, param }));

export function knownOperations({ store, now, recorded }: KnownParts): KnownAdministration {
  /** What the tenant has now; a tenant that is not there is a fault. */
  function registered(tenant: string): Result<readonly StoredKnown[], Fault> {
    if (store.tenants.find(tenant) === undefined)
      return err(fault("unknown_name", { message: `There is no tenant ${JSON.stringify(tenant.slice(0, 64))}.`, param: "tenant" }));
    return store.known.read(tenant);
  }

  /** Room for one more of the kind, and for so many values. */
  function roomFor(known: readonly StoredKnown[], entry: KnownEntry): Result<void, Fault> {
    const others = known.filter(({ name }) => name !== entry.entry.name);
    const isPattern = entry.kind === "pattern";
    const same = others.filter(({ kind }) => (kind === "pattern") === isPattern);
    if (same.length >= (isPattern ? mostPatterns : mostLists))
      return refused(isPattern ? `A tenant may have ${mostPatterns} patterns.` : `A tenant may have ${mostLists} lists.`, "name");
    const total = others.reduce((sum, { count }) => sum + count, countOf(entry));
    return total > mostValues ? refused(`A tenant may have ${mostValues} values on all its lists.`, "values") : ok(undefined);
  }

  async function put(tenant: string, entry: KnownEntry, change: Omit<KnownChange, keyof KnownView>, replaces: boolean): Promise<Result<KnownChange, Fault>> {
    const { name } = entry.entry;
    const stored: StoredKnown = { tenant, name, kind: entry.kind, count: countOf(entry), changedAt: now(), content: contentOf(entry) };
    const act = replaces ? "replace" : "add";
    const done = await recorded(ledgerEntry(act, stored, entry), () => store.known.put(stored));
    return done.ok ? ok({ ...viewOf(stored, entry), ...change }) : done;
  }

  /** Adds values to a list or an allow-list, or makes it of them. */
  async function take(
    tenant: string,
    input: KnownListInput | AllowListInput,
    kind: "list" | "allow",
    make: (before: KnownEntry | undefined, values: readonly string[]) => KnownEntry,
  ): Promise<Result<KnownChange, Fault>> {
    const known = registered(tenant);
    if (!known.ok) return known;
    const held = known.value.find(({ name }) => name === input.name);
    if (held !== undefined && held.kind !== kind)
      return err(fault("already_exists", { message: `${input.name} is the name of something else of this tenant.`, param: "name" }));
    if (!givesValues(input) && held === undefined) return refused("Values are missing: give values or csv.", "values");
    const intake = intakeOf(input, input.force);
    if (!intake.ok) return intake;
    const before = held === undefined ? undefined : entryOf(held);
    const { values, added, removed } = merged(before, intake.value, input.replace);
    if (values.length === 0) return refused("Not one of the values can be taken; freehold known add --force takes short and common ones.", "values");
    const entry = make(before, values);
    const room = roomFor(known.value, entry);
    if (!room.ok) return room;
    const { skipped, skips } = intake.value;
    return put(tenant, entry, { added, removed, skipped, skips }, input.replace && held !== undefined);
  }

  return {
    addKnownList: (tenant, input) => {
      const make = (before: KnownEntry | undefined, values: readonly string[]): KnownEntry => {
        const held: Partial<KnownList> = before?.kind === "list" ? before.entry : {};
        const type = input.type ?? held.type ?? "known_value";
        const languages = input.languages ?? held.languages;
        const list: KnownList = {
          name: input.name,
          type,
          // What is called a credential cannot be less than one.
          class: type === "secret" ? "secret" : (input.class ?? held.class ?? "sensitive"),
          ignoreCase: input.ignoreCase ?? held.ignoreCase ?? true,
          inflected: input.inflected ?? held.inflected ?? input.languages !== undefined,
          ...(languages !== undefined && { languages }),
          values,
        };
        return { kind: "list", entry: list };
      };
      return take(tenant, input, "list", make);
    },

    addAllowList: (tenant, input) =>
      take(tenant, input, "allow", (before, values) => {
        const held = before?.kind === "allow" ? before.entry : undefined;
        const { name } = input;
        return {
          kind: "allow",
          entry: { name, class: input.class ?? held?.class ?? "sensitive", ignoreCase: input.ignoreCase ?? held?.ignoreCase ?? true, values },
        };
      }),

    async addPattern(tenant, input) {
      const known = registered(tenant);
      if (!known.ok) return known;
      const compiled = compilePattern(input.pattern);
      if (!compiled.ok) return refused(`position ${compiled.error.position}: ${compiled.error.message}`, "pattern");
      const held = known.value.find(({ name }) => name === input.name);
      if (held !== undefined && held.kind !== "pattern")
        return err(fault("already_exists", { message: `${input.name} is the name of something else of this tenant.`, param: "name" }));
      const { name, type, pattern, words } = input;
      const dataClass = type === "secret" ? "secret" : input.class;
      const entry: KnownEntry = { kind: "pattern", entry: { name, type, class: dataClass, pattern, ...(words !== undefined && { words }) } };
      const room = roomFor(known.value, entry);
      if (!room.ok) return room;
      return put(tenant, entry, { added: 1, removed: held === undefined ? 0 : 1, ...noSkips }, held !== undefined);
    },

    async listKnown(tenant) {
      const known = registered(tenant);
      return known.ok ? ok(known.value.map((stored) => viewOf(stored, entryOf(stored)))) : known;
    },

    async showKnown(tenant, name, reveal) {
      const found = foundIn(registered(tenant), name);
      if (!found.ok) return found;
      const entry = entryOf(found.value);
      const view = viewOf(found.value, entry);
      if (!reveal) return ok(view);
      return recorded(ledgerEntry("reveal", found.value, entry), () => ok({ ...view, ...revealed(entry) }));
    },

    async removeKnown(tenant, name, removal) {
      const found = foundIn(registered(tenant), name);
      if (!found.ok) return found;
      const entry = entryOf(found.value);
      const all = async (): Promise<Result<KnownChange, Fault>> => {
        const done = await recorded(ledgerEntry("remove", found.value, entry), () => store.known.remove(tenant, name));
        return done.ok ? ok({ ...viewOf({ ...found.value, count: 0 }, entry), added: 0, removed: found.value.count, ...noSkips }) : done;
      };
      if (!givesValues(removal)) return all();
      if (entry.kind === "pattern") return refused("A pattern is removed as a whole.", "values");
      const intake = intakeOf(removal, true);
      if (!intake.ok) return intake;
      const gone = new Set(intake.value.values);
      const left = entry.entry.values.filter((value) => !gone.has(value));
      const removed = entry.entry.values.length - left.length;
      if (removed === 0) return err(fault("unknown_name", { message: "None of these values is on the list.", param: "values" }));
      if (left.length === 0) return all();
      const next: KnownEntry =
        entry.kind === "list" ? { kind: "list", entry: { ...entry.entry, values: left } } : { kind: "allow", entry: { ...entry.entry, values: left } };
      return put(tenant, next, { added: 0, removed, ...noSkips }, true);
    },
  };
}

function foundIn(known: Result<readonly StoredKnown[], Fault>, name: string): Result<StoredKnown, Fault> {
  if (!known.ok) return known;
  const stored = known.value.find((one) => one.name === name);
  return stored === undefined
    ? err(fault("unknown_name", { message: "There is no list, allow-list or pattern of this name; freehold known list shows all.", param: "name" }))
    : ok(stored);
}

function merged(
  before: KnownEntry | undefined,
  { values }: Intake,
  replace: boolean,
): { readonly values: readonly string[]; readonly added: number; readonly removed: number } {
  const held = before === undefined || before.kind === "pattern" ? [] : before.entry.values;
  const heldSet = new Set(held);
  const added = values.filter((value) => !heldSet.has(value));
  if (!replace) return { values: [...held, ...added], added: added.length, removed: 0 };
  return { values, added: added.length, removed: held.length - (values.length - added.length) };
}

/** What the ledger keeps of an act: names and counts, no value and no pattern. */
function ledgerEntry(act: string, { tenant, name, kind, count }: StoredKnown, { entry }: KnownEntry): Entry {
  return { kind: "known", requestId: null, act, tenant, name, what: kind, ...("type" in entry && { type: entry.type }), class: entry.class, count };
}

function viewOf({ tenant, name, kind, count, changedAt }: StoredKnown, { entry }: KnownEntry): KnownView {
  const list = "inflected" in entry ? entry : undefined;
  return {
    tenant,
    name,
    kind,
    type: "type" in entry ? entry.type : null,
    class: entry.class,
    ignoreCase: "ignoreCase" in entry ? entry.ignoreCase : null,
    inflected: list?.inflected ?? null,
    languages: list?.languages === undefined ? null : [...list.languages],
    count,
    changedAt: rfc3339(changedAt),
  };
}

function revealed({ entry }: KnownEntry): Pick<KnownView, "values" | "words"> {
  if ("values" in entry) return { values: [...entry.values] };
  return { values: [entry.pattern], ...(entry.words !== undefined && { words: [...entry.words] }) };
}
