import type { ReloadView } from "#admin";
import type { FileFault } from "#charter";
import type { InForce } from "#gateway";
import { originResolver } from "#identity";
import { definitionOf, err, type Fault, ok, type Result } from "#kernel";
import type { Ledger } from "#ledger";
import type { EngineRoom } from "./engines.ts";
import { openGeoIp } from "./geoip.ts";
import { loadRules, type RuleFiles, type Rules } from "./rules.ts";

const fileFaultOf = (failure: Fault, file: string): FileFault => ({
  file,
  line: 1,
  column: 1,
  path: failure.param ?? "",
  message: failure.message,
  hint: definitionOf(failure.code).hint,
  severity: "error",
});

const viewOf = ({ hint, ...rest }: FileFault): ReloadView["faults"][number] => ({ ...rest, ...(hint !== undefined && { hint }) });

/** The charter and the estate in force, with the engines of their backends. A faulty file never replaces what is in force. */
export class RulesInForce {
  readonly #files: RuleFiles;
  readonly #room: EngineRoom;
  readonly #onBug: (bug: unknown) => void;
  #rules: Rules;
  #inForce: InForce;
  /** One reload at a time: each compares with the one before it. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(files: RuleFiles, room: EngineRoom, onBug: (bug: unknown) => void, rules: Rules, inForce: InForce) {
    this.#files = files;
    this.#room = room;
    this.#onBug = onBug;
    this.#rules = rules;
    this.#inForce = inForce;
  }

  static async open(files: RuleFiles, room: EngineRoom, onBug: (bug: unknown) => void): Promise<Result<RulesInForce, readonly FileFault[]>> {
    const rules = loadRules(files);
    if (!rules.ok) return rules;
    const adopted = await adopt(rules.value, room);
    if (!adopted.ok) return adopted;
    return ok(new RulesInForce(files, room, onBug, rules.value, adopted.value.inForce));
  }

  get current(): InForce {
    return this.#inForce;
  }

  get warnings(): readonly FileFault[] {
    return this.#rules.warnings;
  }

  get digests(): { readonly charter: string; readonly estate: string } {
    return { charter: this.#rules.charter.charter.digest, estate: this.#rules.estate.estate.digest };
  }

  /** Reads both files again. The change is in the ledger before it is in force; requests under way keep the rules that they began with. */
  reload(ledger: Ledger): Promise<ReloadView> {
    const next = this.#turn.then(() => this.#reload(ledger));
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #reload(ledger: Ledger): Promise<ReloadView> {
    const before = this.digests;
    const refused = (faults: readonly FileFault[]): ReloadView => ({ ok: false, changed: false, ...before, faults: faults.map(viewOf) });
    const rules = loadRules(this.#files);
    if (!rules.ok) return refused(rules.error);
    const { charter, estate } = rules.value;
    const after = { charter: charter.charter.digest, estate: estate.estate.digest };
    const entry = { kind: "charter", requestId: null, act: "reload", ...after, charterBefore: before.charter, estateBefore: before.estate } as const;
    const recorded = await ledger.append(entry, entry);
    if (!recorded.ok) return refused([fileFaultOf(recorded.error, charter.file)]);
    const adopted = await adopt(rules.value, this.#room);
    if (!adopted.ok) return refused(adopted.error);
    this.#rules = rules.value;
    this.#inForce = adopted.value.inForce;
    // Requests under way may still use engines that are no longer wanted; closing lets them finish.
    void adopted.value.letGo().catch(this.#onBug);
    const changed = before.charter !== after.charter || before.estate !== after.estate;
    return { ok: true, changed, ...after, faults: rules.value.warnings.map(viewOf) };
  }
}

interface Adopted {
  readonly inForce: InForce;
  letGo(): Promise<void>;
}

async function adopt(rules: Rules, room: EngineRoom): Promise<Result<Adopted, readonly FileFault[]>> {
  const { estate } = rules.rulebook;
  const countryOf = estate.geoip === undefined ? ok(undefined) : openGeoIp(estate.geoip);
  if (!countryOf.ok) return err([fileFaultOf(countryOf.error, rules.estate.file)]);
  const taken = await room.take(rules.rulebook);
  if (!taken.ok) return err(taken.error.map((failure) => fileFaultOf(failure, rules.estate.file)));
  const originOf = originResolver({ trustedProxies: estate.trustedProxies, ...(countryOf.value !== undefined && { countryOf: countryOf.value }) });
  return ok({ inForce: { rulebook: rules.rulebook, engines: room.engines, originOf }, letGo: taken.value });
}
