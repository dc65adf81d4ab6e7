import type { ReloadView } from "#admin";
import type { FileFault } from "#charter";
import type { InForce } from "#gateway";
import { originResolver } from "#identity";
import { definitionOf, err, type Fault, ok, type Result } from "#kernel";
import type { Ledger } from "#ledger";
import type { EngineRoom } from "./engines.ts";
import { openGeoIp } from "./geoip.ts";
import { loadRules, type RuleFiles, type Rules } from "./rules.ts";
import { Tenure } from "./tenure.ts";

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
  #tenure: Tenure;
  /** Resolves when every request under earlier rules has ended. */
  #earlierOver: Promise<void> = Promise.resolve();
  /** One reload at a time: each compares with the one before it. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(files: RuleFiles, room: EngineRoom, onBug: (bug: unknown) => void, rules: Rules, successor: Successor) {
    const { inForce, tenure } = successor.takeOver();
    this.#files = files;
    this.#room = room;
    this.#onBug = onBug;
    this.#rules = rules;
    this.#inForce = inForce;
    this.#tenure = tenure;
  }

  static async open(files: RuleFiles, room: EngineRoom, onBug: (bug: unknown) => void): Promise<Result<RulesInForce, readonly FileFault[]>> {
    const rules = loadRules(files);
    if (!rules.ok) return rules;
    const successor = await prepare(rules.value, room);
    if (!successor.ok) return successor;
    return ok(new RulesInForce(files, room, onBug, rules.value, successor.value));
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
    const successor = await prepare(rules.value, this.#room);
    if (!successor.ok) return refused(successor.error);
    const entry = { kind: "charter", requestId: null, act: "reload", ...after, charterBefore: before.charter, estateBefore: before.estate } as const;
    const recorded = await ledger.append(entry, entry);
    if (!recorded.ok) {
      await successor.value.discard();
      return refused([fileFaultOf(recorded.error, charter.file)]);
    }
    const ended = this.#tenure;
    const { inForce, tenure, letGo } = successor.value.takeOver();
    this.#rules = rules.value;
    this.#inForce = inForce;
    this.#tenure = tenure;
    // A request that began before may be about to be sent, so its engines stay open until it has ended.
    this.#earlierOver = this.#earlierOver.then(() => ended.over());
    void this.#earlierOver.then(letGo).catch(this.#onBug);
    const changed = before.charter !== after.charter || before.estate !== after.estate;
    return { ok: true, changed, ...after, faults: rules.value.warnings.map(viewOf) };
  }
}

/** Rules that can be put in force, with their engines open. */
interface Successor {
  /** From here on new requests go by these rules. */
  takeOver(): { readonly inForce: InForce; readonly tenure: Tenure; readonly letGo: () => Promise<void> };
  discard(): Promise<void>;
}

async function prepare(rules: Rules, room: EngineRoom): Promise<Result<Successor, readonly FileFault[]>> {
  const { rulebook } = rules;
  const { geoip, trustedProxies } = rulebook.estate;
  const countryOf = geoip === undefined ? ok(undefined) : openGeoIp(geoip);
  if (!countryOf.ok) return err([fileFaultOf(countryOf.error, rules.estate.file)]);
  const engines = await room.prepare(rulebook);
  if (!engines.ok) return err(engines.error.map((failure) => fileFaultOf(failure, rules.estate.file)));
  const originOf = originResolver({ trustedProxies, ...(countryOf.value !== undefined && { countryOf: countryOf.value }) });
  const takeOver = (): ReturnType<Successor["takeOver"]> => {
    const letGo = engines.value.use();
    const tenure = new Tenure();
    return { inForce: { rulebook, engines: room.engines, originOf, begin: () => tenure.begin() }, tenure, letGo };
  };
  return ok({ takeOver, discard: engines.value.discard });
}
