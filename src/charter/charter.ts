import type { CountryCode, Day } from "#registry";

/** The four classes, lowest first. */
export const dataClasses = ["public", "pseudonymised", "sensitive", "secret"] as const;
export type DataClass = (typeof dataClasses)[number];

export const isDataClass = (text: string): text is DataClass => (dataClasses as readonly string[]).includes(text);

/** The class of a finding where a tenant says `classes` by type: never a lower one. */
export const raisedClass = (type: string, given: DataClass, classes: Readonly<Partial<Record<string, DataClass>>> | undefined): DataClass =>
  classes === undefined ? given : higherClass(given, (Object.hasOwn(classes, type) ? classes[type] : undefined) ?? "public");

export const higherClass = (one: DataClass, other: DataClass): DataClass => (dataClasses.indexOf(one) >= dataClasses.indexOf(other) ? one : other);

/** A list of countries and groups, as written: `[EEA, CH]`, `[ANY]`. */
export type CountryList = readonly string[];

export interface Jurisdiction {
  readonly name: string;
  readonly law: string;
  readonly peopleIn: CountryList;
  readonly processIn: CountryList;
}

/** A kind of destination; it matches when everything that it states holds. */
export interface Zone {
  readonly name: string;
  readonly locatedIn?: CountryList;
  readonly compellableBy?: CountryList;
  /** Party ids, or `self`. */
  readonly operatedBy?: readonly string[];
}

export interface ClassRule {
  /** Names of zones; empty = nowhere. */
  readonly mayGoTo: readonly string[];
  readonly orAfter?: "pseudonymise" | "pseudonymise-even-if-declared";
}

export interface AcceptedRisk {
  readonly id: string;
  /** `hardware:<party>`, `model:<model>` or `developer:<party>`. */
  readonly concerns: string;
  readonly reason: string;
  readonly acceptedBy: string;
  /** The last day (UTC) on which it holds. */
  readonly until: Day;
}

/** `charter.yaml`, parsed. Names follow the file in camel case. */
export interface Charter {
  readonly organisation: { readonly name: string; readonly country: CountryCode; readonly aiActRole?: string };
  readonly jurisdictions: readonly Jurisdiction[];
  /** `refuse`, or a jurisdiction's name. */
  readonly unknownOrigin: string;
  readonly zones: readonly Zone[];
  readonly data: Readonly<Record<DataClass, ClassRule>>;
  /** The class of what cannot be read: images, audio, files, and text that is none. */
  readonly unreadable: DataClass;
  readonly provenance: { readonly models?: { readonly developedIn: CountryList }; readonly hardware?: { readonly madeBy: CountryList } };
  readonly acceptedRisks: readonly AcceptedRisk[];
  /** `origin`: the name of the transparency log, taken at its first start. */
  readonly ledger: { readonly beforeEgress: boolean; readonly keep: string; readonly origin?: string };
  readonly content: { readonly keep: string };
  readonly recovery: Readonly<Record<string, unknown>>;
  /** `sha256:…` over the canonical form of the file's content. */
  readonly digest: string;
}
