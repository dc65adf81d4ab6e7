import type { EgressFailure } from "#egress";
import { type ErrorCode, fault } from "#kernel";
import type { EngineFault } from "../port.ts";

function codeOf({ reason }: EgressFailure, begun: boolean): ErrorCode {
  switch (reason) {
    case "timeout":
      return "backend_timeout";
    case "closed":
      return "shutting_down";
    case "bug":
      return "internal";
    default:
      return begun ? "backend_cut" : "backend_failed";
  }
}

/** What the client may know of a failure on the way; `begun`: the sink has had data. */
export const engineFault = (failure: EgressFailure, begun: boolean): EngineFault => ({
  ...fault(codeOf(failure, begun)),
  phase: begun ? "answer" : failure.phase === "answer" ? "first-byte" : failure.phase,
  sent: failure.sent,
});
