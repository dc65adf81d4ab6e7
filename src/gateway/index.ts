export { errorBody } from "./error-body.ts";
export type { GatewayEvents, Outcome } from "./events.ts";
export { bearerOf } from "./headers.ts";
export type { GatewayParts, InForce } from "./pipeline.ts";
export { createGateway, type Gateway, type GatewayOptions } from "./server.ts";
export { statusOf } from "./status.ts";
