export { liveInstance } from "./control.ts";
export { explain } from "./explain.ts";
export { type Instance, start } from "./instance.ts";
export { tenantsIn, withAdministration, withLedger } from "./offline.ts";
export { packageFolder, starterFolder, version } from "./place.ts";
export { loadRules, type Rules, shippedRegistry } from "./rules.ts";
export { serve } from "./serve.ts";
export { type Flags, readSettings, type Settings } from "./settings.ts";
