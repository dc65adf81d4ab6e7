/** ISO 3166-1 alpha-2, upper case. */
export type CountryCode = string;

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** Where a fact was found and when it was last known to be true. A fact without `asOf`, or past `until`, counts as unknown. */
export interface Provenance {
  readonly source: string;
  readonly asOf: Day | undefined;
  /** The last day on which the fact may still be relied on. */
  readonly until: Day | undefined;
  /** The estate's own description of weights that no one else describes: it holds without a date. */
  readonly ownWord?: boolean;
}

/** A legal person: an operator, a parent, a maker of chips, a developer of models. */
export interface Party extends Provenance {
  readonly id: string;
  readonly name: string;
  /** Country of the seat; undefined = unknown. */
  readonly country: CountryCode | undefined;
  /** `none`: nobody above it. A party's id: its controlling owner. undefined: unknown. */
  readonly parent: string | undefined;
  /** True for the organisation that the charter belongs to. */
  readonly self: boolean;
  /** Shares in percent; a holder of half or more counts like a parent, smaller ones are reported by `check`. */
  readonly holders: readonly { readonly party: string; readonly share: number }[];
  /** Countries that can compel it beyond its seat and its parents' seats, each with its reason. */
  readonly reach: readonly { readonly country: CountryCode; readonly reason: string }[];
  readonly note: string | undefined;
}

/** Weights: who made them, under which licence. */
export interface Model extends Provenance {
  readonly id: string;
  readonly name: string;
  /** A party's id; undefined = unknown. */
  readonly developer: string | undefined;
  /** Parties that made it together with the developer; each counts like it. */
  readonly coDevelopers?: readonly string[];
  readonly licence: string | undefined;
  readonly weights: "open" | "closed" | undefined;
  /** Ids of the models it was made from; their developers count too. */
  readonly basedOn: readonly string[];
  readonly note: string | undefined;
}

/** A hosted inference service: its hosts, its operator, and the served models that somebody else really serves. */
export interface Service extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly operator: string;
  /** Host names, exact or with a leading `*.`. */
  readonly hosts: readonly string[];
  readonly baseUrl: string | undefined;
  /** Where it processes; undefined = unknown. */
  readonly locatedIn: readonly CountryCode[] | undefined;
  /** Served models that deviate: `match` is a glob over the served name; what an exception leaves undefined is unknown. */
  readonly exceptions: readonly {
    readonly match: string;
    readonly servedBy: string | undefined;
    readonly locatedIn: readonly CountryCode[] | undefined;
    readonly note: string;
  }[];
  readonly note: string | undefined;
}

export interface Law extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly citation: string;
  readonly note?: string | undefined;
}

export interface CountryGroup extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly members: readonly CountryCode[];
  /** What limits a member's membership: in scope, or to its last day. */
  readonly caveats?: readonly { readonly country: CountryCode; readonly caveat: string; readonly until: Day | undefined }[];
}

/** The facts that ship with Freehold, with the estate's own laid over them. */
export interface Registry {
  readonly parties: ReadonlyMap<string, Party>;
  readonly models: ReadonlyMap<string, Model>;
  readonly services: ReadonlyMap<string, Service>;
  readonly laws: ReadonlyMap<string, Law>;
  readonly groups: ReadonlyMap<string, CountryGroup>;
}
