export {
  type AcceptedRisk,
  type Charter,
  type ClassRule,
  type CountryList,
  type DataClass,
  dataClasses,
  isDataClass,
  type Jurisdiction,
  raisedClass,
  type Zone,
} from "./charter.ts";
export { type Cleared, clear } from "./clearance.ts";
export type { Candidate, ClassReason, Decision, Detected, Facts, Reason, RefusalCode, TenantRules } from "./decision.ts";
export type { Backend, BackendLimits, BackendTimeouts, BackendTls, CredentialReference, Estate, Operation, Price, ServedModel, Site } from "./estate.ts";
export type { FileFault } from "./faults.ts";
export {
  type CharterAndEstate,
  compose,
  crossCheck,
  type FilePlace,
  type FoundBackend,
  type FoundModel,
  type InitAnswers,
  type Locate,
  type ParsedCharter,
  type ParsedEstate,
  type ParsedFile,
  parseCharter,
  parseEstate,
  publishedSchemas,
  type StarterKind,
  starterKinds,
  weightsNamed,
} from "./files/index.ts";
export {
  check,
  compile,
  type Dossier,
  explainText,
  judge,
  type Known,
  type KnownOperator,
  type Note,
  type Operator,
  type Place,
  Rulebook,
  type Target,
  tenantWidens,
} from "./judge/index.ts";
