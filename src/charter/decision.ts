import type { DecisionId } from "#kernel";
import type { CountryCode } from "#registry";
import type { DataClass } from "./charter.ts";
import type { Operation } from "./estate.ts";

/** What was found in the text, counted; never the text itself. */
export interface Detected {
  readonly type: string;
  readonly count: number;
  /** The class that findings of this type raise to. */
  readonly class: DataClass;
  /** False where a finding cannot be replaced by a pseudonym, e.g. because its place in the text is not known; undefined = it can. */
  readonly replaceable?: boolean;
}

/** What a tenant adds; it can only narrow what the charter allows. */
export interface TenantRules {
  readonly id: string;
  readonly origin?: CountryCode;
  /** No request of the tenant is of a lower class. */
  readonly floor?: DataClass;
  /** Model names that its keys may use; undefined = all. */
  readonly models?: readonly string[];
  /** The least class of findings, by their type; `other` is what cannot be read. */
  readonly classes?: Readonly<Partial<Record<string, DataClass>>>;
  /** Zones per class, intersected with the charter's. */
  readonly mayGoTo?: Partial<Readonly<Record<DataClass, readonly string[]>>>;
}

/** Everything about one request that the decision rests on. */
export interface Facts {
  readonly id: DecisionId;
  /** Milliseconds since the epoch; decides which facts and accepted risks have expired. */
  readonly now: number;
  readonly model: string;
  /** undefined = any operation (as `explain` asks). */
  readonly operation?: Operation;
  /** Country of the person; undefined = unknown. */
  readonly origin: CountryCode | undefined;
  readonly declared: DataClass | undefined;
  readonly detected: readonly Detected[];
  readonly tenant: TenantRules;
  /** Model names that the key may use; undefined = all. */
  readonly entitled?: readonly string[];
}

export type RefusalCode =
  | "no_permitted_backend"
  | "unknown_origin"
  | "secret_detected"
  | "model_not_found"
  | "not_entitled"
  | "charter_invalid"
  | "decision_failed";

export interface Reason {
  /** The place in the charter, e.g. `data.sensitive.may-go-to`. */
  readonly rule: string;
  readonly code: "zone" | "jurisdiction" | "provenance" | "unknown_fact" | "expired" | "operation" | "tenant" | "transform";
  readonly message: string;
}

/** One thing that speaks for the class of a text. */
export interface ClassReason {
  readonly class: DataClass;
  readonly from: "declared" | "found" | "tenant-class" | "tenant-floor" | "nothing" | "failure";
  /** A sentence without any of the text. */
  readonly message: string;
}

export interface Candidate {
  readonly backend: string;
  readonly permitted: boolean;
  readonly reasons: readonly Reason[];
}

/** Allow or refuse, with the reason for every candidate. Plain data: printing it is explaining it. */
export interface Decision {
  readonly id: DecisionId;
  readonly verdict: "allow" | "refuse";
  readonly code: RefusalCode | null;
  readonly origin: CountryCode | null;
  readonly jurisdiction: string | null;
  /** The class of the request as it came, also where `transform` then makes it `pseudonymised`. */
  readonly class: DataClass;
  readonly declared: DataClass | null;
  readonly detected: readonly { readonly type: string; readonly count: number }[];
  readonly model: string;
  readonly transform: "none" | "pseudonymise";
  /** The permitted backends, in the order in which they are tried. */
  readonly backends: readonly string[];
  /** Every backend that serves the model; with `transform`, as judged after it. */
  readonly considered: readonly Candidate[];
  readonly tenant: string;
  /** Digest of the charter and of the estate that decided. */
  readonly charter: string;
  readonly estate: string;
  /** All that speaks for a class, the highest first: the first is why `class` is what it is. */
  readonly classReasons: readonly ClassReason[];
}
