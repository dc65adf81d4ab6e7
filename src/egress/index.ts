export type { Destination } from "./destination.ts";
export { type ActiveTransfer, type Dialler, openDialler } from "./dialler.ts";
export type { EgressFailure } from "./failure.ts";
export type { AnswerHandler, AnswerHeaders } from "./transfer.ts";
