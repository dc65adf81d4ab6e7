export {
  type AcceptedRisk,
  type Charter,
  type ClassRule,
  type CountryList,
  type DataClass,
  dataClasses,
  higherClass,
  isDataClass,
  type Jurisdiction,
  type Zone,
} from "./charter.ts";
export { type Cleared, clear } from "./clearance.ts";
export type { Candidate, Decision, Detected, Facts, Reason, RefusalCode, TenantRules } from "./decision.ts";
export type { Backend, BackendLimits, BackendTimeouts, BackendTls, CredentialReference, Estate, Operation, Price, ServedModel, Site } from "./estate.ts";
export type { FileFault } from "./faults.ts";
