import type { Registry } from "#registry";
import type { Charter } from "../charter.ts";
import type { Reason } from "../decision.ts";
import { countriesOf } from "./countries.ts";
import { type Dossier, dossierOf } from "./dossier.ts";
import { hardwareReasons, modelReasons } from "./provenance.ts";
import { Risks } from "./risks.ts";
import type { Target } from "./targets.ts";
import { type Failure, type StandingZone, standingZone, zoneFailures } from "./zones.ts";

/** How one target does on one day, whatever is asked of it: everything that depends neither on the class nor on the jurisdiction. */
export interface Assessment {
  readonly target: Target;
  readonly dossier: Dossier;
  /** By the zone's name; an empty list = the target is in the zone. */
  readonly zones: ReadonlyMap<string, readonly Failure[]>;
  /** Why the provenance of its weights and accelerators fails; empty = it does not. */
  readonly provenance: readonly Reason[];
}

/** What a charter says of destinations as such, resolved for one day. */
export class Assessor {
  readonly #charter: Charter;
  readonly #registry: Registry;
  readonly #now: number;
  readonly #zones: readonly StandingZone[];
  readonly #risks: Risks;

  constructor(charter: Charter, registry: Registry, now: number) {
    this.#charter = charter;
    this.#registry = registry;
    this.#now = now;
    this.#zones = charter.zones.map((zone) => standingZone(registry, zone, now));
    this.#risks = new Risks(charter.acceptedRisks, now);
  }

  assess(target: Target): Assessment {
    const dossier = dossierOf(this.#registry, target, this.#now);
    const zones = new Map(this.#zones.map((zone) => [zone.zone.name, zoneFailures(zone, dossier)]));
    return { target, dossier, zones, provenance: this.#provenance(target) };
  }

  #provenance(target: Target): readonly Reason[] {
    const { models, hardware } = this.#charter.provenance;
    const origins = { registry: this.#registry, risks: this.#risks, now: this.#now };
    return [
      ...(models === undefined ? [] : modelReasons(target, countriesOf(this.#registry, models.developedIn, this.#now), origins)),
      ...(hardware === undefined ? [] : hardwareReasons(target, countriesOf(this.#registry, hardware.madeBy, this.#now), origins)),
    ];
  }
}
