export type { Administration, LiveAdministration } from "./administration.ts";
export { liveAdministration } from "./client.ts";
export type {
  CreatedKey,
  ExplainInput,
  KeyInput,
  KeyView,
  LedgerQuery,
  ModelInput,
  ModelView,
  ReloadView,
  ScanInput,
  ScanView,
  StatusView,
  TenantInput,
} from "./contract.ts";
export { explainInput, keyInput, ledgerQuery, modelInput, tenantClasses, tenantInput } from "./contract.ts";
export { knownValuesOf } from "./known-content.ts";
export type { KnownChange, KnownView } from "./known-contract.ts";
export { allowListInput, knownListInput, knownRemoval, patternInput } from "./known-contract.ts";
export { administrationOf, knownPermissions, tenantRules } from "./operations.ts";
export { registerAdmin } from "./register.ts";
