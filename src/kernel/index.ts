export { type Clock, rfc3339, systemClock } from "./clock.ts";
export { digest, type Json } from "./digest.ts";
export { asDurable, type Durable } from "./durable.ts";
export { definitionOf, type ErrorCode, type ErrorDefinition, type ErrorKind, errorCodes, type Fault, type FaultDetails, fault } from "./errors.ts";
export { type DecisionId, mintDecisionId, mintRequestId, parseRequestId, type RequestId } from "./ids.ts";
export { err, ok, type Result } from "./result.ts";
