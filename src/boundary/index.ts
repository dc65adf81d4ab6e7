export { createDetector } from "./detector.ts";
export { type Inspection, inspect, type Located, type Place } from "./inspect/inspect.ts";
export type { Budget, Detector, Finding } from "./port.ts";
export { restoreAnswer } from "./pseudonym/answer.ts";
export { type Pseudonymised, pseudonymise } from "./pseudonym/pseudonymise.ts";
export { createStreamRestorer, type StreamRestorer } from "./pseudonym/stream-restorer.ts";
export type { TokenKey } from "./pseudonym/token.ts";
export { Vault, type VaultEntry } from "./pseudonym/vault.ts";
