export type { Administration, LiveAdministration } from "./administration.ts";
export { liveAdministration } from "./client.ts";
export type { CreatedKey, ExplainInput, KeyInput, KeyView, LedgerQuery, ModelInput, ModelView, ReloadView, StatusView, TenantInput } from "./contract.ts";
export { explainInput, keyInput, ledgerQuery, modelInput, tenantInput } from "./contract.ts";
export { administrationOf, knownPermissions, tenantRules } from "./operations.ts";
export { registerAdmin } from "./register.ts";
