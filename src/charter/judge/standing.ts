import type { CountryCode, Registry } from "#registry";
import type { Charter, DataClass, Jurisdiction } from "../charter.ts";
import type { Candidate } from "../decision.ts";
import type { Operation } from "../estate.ts";
import { type Assessment, Assessor } from "./assessment.ts";
import { candidateOf } from "./candidate.ts";
import { type Countries, countriesOf } from "./countries.ts";
import type { Target } from "./targets.ts";

/** Every candidate judged under the same circumstances. Frozen, since the decisions that rest on it share it. */
export interface Ruling {
  readonly considered: readonly Candidate[];
  /** The permitted ones, in the estate's order. */
  readonly backends: readonly string[];
}

export interface StandingJurisdiction {
  /** Its place in the charter. */
  readonly index: number;
  readonly jurisdiction: Jurisdiction;
  readonly peopleIn: Countries;
  readonly processIn: Countries;
}

/** What a ruling is asked for: everything that it depends on, the day aside. */
export interface Question {
  readonly model: string;
  readonly class: DataClass;
  readonly jurisdiction: StandingJurisdiction;
  readonly operation: Operation | undefined;
  /** The zones that the tenant leaves open for the class; undefined = all. */
  readonly openZones: readonly string[] | undefined;
}

/** Rulings and origins that are kept; past it the memory starts anew, so that no client can make it grow. */
const memoryLimit = 4096;

function remembered<Value>(memory: Map<string, Value>, key: string, make: () => Value): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const value = make();
  if (memory.size >= memoryLimit) memory.clear();
  memory.set(key, value);
  return value;
}

const freeze = (candidates: readonly Candidate[]): Ruling => {
  for (const candidate of candidates) {
    for (const reason of candidate.reasons) Object.freeze(reason);
    Object.freeze(candidate.reasons);
    Object.freeze(candidate);
  }
  const backends = candidates.filter((candidate) => candidate.permitted).map((candidate) => candidate.backend);
  return Object.freeze({ considered: Object.freeze(candidates), backends: Object.freeze(backends) });
};

/**
 * A charter and an estate as they stand on one UTC day. Facts and risks begin and end with a day, so nothing here can change before the
 * day is over: each answer is worked out once and kept.
 */
export class Standing {
  readonly jurisdictions: readonly StandingJurisdiction[];
  readonly #charter: Charter;
  readonly #candidates: ReadonlyMap<string, readonly Target[]>;
  readonly #assessor: Assessor;
  readonly #assessments = new Map<Target, Assessment>();
  readonly #rulings = new Map<string, Ruling>();
  readonly #origins = new Map<CountryCode, StandingJurisdiction | "none">();

  constructor(charter: Charter, registry: Registry, candidates: ReadonlyMap<string, readonly Target[]>, now: number) {
    this.#charter = charter;
    this.#candidates = candidates;
    this.#assessor = new Assessor(charter, registry, now);
    this.jurisdictions = charter.jurisdictions.map((jurisdiction, index) => ({
      index,
      jurisdiction,
      peopleIn: countriesOf(registry, jurisdiction.peopleIn, now),
      processIn: countriesOf(registry, jurisdiction.processIn, now),
    }));
  }

  /** The first jurisdiction that protects people in the country, else what the charter says of unknown origins; undefined = refuse. */
  jurisdictionFor(origin: CountryCode | undefined): StandingJurisdiction | undefined {
    if (origin === undefined) return this.#unknownOrigin();
    const found = remembered(this.#origins, origin, () => this.jurisdictions.find(({ peopleIn }) => peopleIn.standing(origin) === "inside") ?? "none");
    return found === "none" ? this.#unknownOrigin() : found;
  }

  assess(target: Target): Assessment {
    const known = this.#assessments.get(target);
    if (known !== undefined) return known;
    const assessment = this.#assessor.assess(target);
    this.#assessments.set(target, assessment);
    return assessment;
  }

  ruling(question: Question): Ruling {
    const { mayGoTo } = this.#charter.data[question.class];
    const open = question.openZones;
    // One sign per zone of the rule, so that all tenants with the same effective rules share a ruling.
    const zones = open === undefined ? "*" : mayGoTo.map((zone) => (open.includes(zone) ? "1" : "0")).join("");
    const operation = question.operation === undefined ? "*" : `=${question.operation}`;
    const key = `${question.class} ${zones} ${question.jurisdiction.index} ${operation.length} ${operation} ${question.model}`;
    return remembered(this.#rulings, key, () => this.#rule(question));
  }

  #rule({ model, class: dataClass, jurisdiction, operation, openZones }: Question): Ruling {
    const classRule = this.#charter.data[dataClass];
    const { processIn } = jurisdiction;
    const circumstances = { class: dataClass, classRule, openZones, jurisdiction: jurisdiction.jurisdiction.name, processIn, operation };
    return freeze((this.#candidates.get(model) ?? []).map((target) => candidateOf(this.assess(target), circumstances)));
  }

  #unknownOrigin(): StandingJurisdiction | undefined {
    const { unknownOrigin } = this.#charter;
    return unknownOrigin === "refuse" ? undefined : this.jurisdictions.find(({ jurisdiction }) => jurisdiction.name === unknownOrigin);
  }
}
