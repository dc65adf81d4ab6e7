import type { ErrorDefinition } from "./errors.ts";

/** Every coded error of Freehold. A test ties this table to `docs/reference/errors.md` both ways. */
export const errorTable = {
  // The request itself
  invalid_json: { kind: "invalid", message: "The request body is not valid JSON.", hint: "The client sent a malformed body; its own logs show what." },
  invalid_request: { kind: "invalid", message: "The request is not valid.", hint: "The message names the field." },
  invalid_header: { kind: "invalid", message: "A request header is not valid.", hint: "The message names the header." },
  destination_override: {
    kind: "invalid",
    message: "The request names a destination of its own; destinations come from the estate alone.",
    hint: "Remove the field that the error names from the client's request.",
  },
  unsupported_media_type: { kind: "invalid", message: "The body must be sent as application/json.", hint: "Set content-type: application/json." },
  body_too_large: {
    kind: "too-large",
    message: "The request body is larger than this server takes.",
    hint: "Raise limits.body in the estate if such requests are wanted.",
  },
  body_timeout: { kind: "timeout", message: "The request body did not arrive in time.", hint: "A slow or broken client, or a proxy that buffers." },
  not_found: { kind: "not-found", message: "There is nothing at this address.", hint: "The paths are listed in docs/reference/http.md." },
  not_offered: { kind: "not-found", message: "This endpoint is not offered here.", hint: "docs/reference/http.md lists the endpoints that are." },
  unknown_name: { kind: "not-found", message: "There is nothing of this name.", hint: "The list command of the same noun shows what there is." },
  method_not_allowed: { kind: "invalid", message: "This address does not take this method.", hint: "The allow header names the methods it takes." },
  // Who is asking
  invalid_api_key: {
    kind: "unauthenticated",
    message: "The API key is missing, malformed, unknown, expired or revoked.",
    hint: "freehold key list shows the keys in force.",
  },
  forbidden: { kind: "forbidden", message: "This key may not do that.", hint: "freehold key create --admin makes a key that may." },
  // The decision
  no_permitted_backend: {
    kind: "refused",
    message: "The charter lets none of the backends answer this request.",
    hint: "freehold explain shows the rule that refuses each backend.",
  },
  unknown_origin: {
    kind: "refused",
    message: "The person's country is not known, and the charter refuses unknown origins.",
    hint: "Give the key or the tenant an origin, assert it from a trusted proxy, or set unknown-origin.",
  },
  secret_detected: {
    kind: "refused",
    message: "The request holds a credential, and the charter lets none leave.",
    hint: "Remove the credential from the request, and replace it where it came from.",
  },
  model_not_found: { kind: "not-found", message: "There is no such model here.", hint: "GET /v1/models lists the models that the key may use." },
  not_entitled: { kind: "refused", message: "This key may not use this model.", hint: "freehold key list shows the models of each key." },
  charter_invalid: { kind: "refused", message: "The charter or the estate is not valid, so nothing may leave.", hint: "freehold check names the fault." },
  decision_failed: {
    kind: "refused",
    message: "No decision could be made, so nothing may leave.",
    hint: "The log line with this request id tells what failed.",
  },
  // The answer
  backend_failed: {
    kind: "backend",
    message: "The backend did not answer as it should.",
    hint: "The log and freehold_backend_failures_total name the backend and the phase.",
  },
  backend_timeout: { kind: "backend", message: "The backend was silent for too long.", hint: "See the backend's timeouts in the estate." },
  backend_cut: { kind: "backend", message: "The backend broke off its answer.", hint: "What was sent so far is incomplete." },
  backend_busy: {
    kind: "limited",
    message: "The permitted backends are at their limits.",
    hint: "Raise the backend's concurrency or queue in the estate, or add a backend.",
  },
  rate_limited: {
    kind: "limited",
    message: "The backend limits the rate of requests.",
    hint: "The backend's own limit was met; Retry-After tells when to come back.",
  },
  client_closed: { kind: "invalid", message: "The client closed the connection before the answer was complete.", hint: "Nothing to do." },
  unsupported: { kind: "invalid", message: "The backend cannot do this.", hint: "Use another model, or a backend that can." },
  // The house
  ledger_unavailable: {
    kind: "unavailable",
    message: "The ledger cannot be written, so nothing may leave.",
    hint: "Check the disk of the data folder; it recovers by itself.",
  },
  ledger_broken: {
    kind: "internal",
    message: "What lies in the data folder is not the log that this ledger signed.",
    hint: "Keep the data folder as evidence; run freehold ledger verify, and restore a folder whose checkpoint fits.",
  },
  shutting_down: { kind: "unavailable", message: "This server is stopping.", hint: "Send the request to another replica, or try again." },
  not_ready: {
    kind: "unavailable",
    message: "This server cannot decide, record and answer just now.",
    hint: "GET /readyz tells which of the three is missing.",
  },
  internal: { kind: "internal", message: "Something failed inside Freehold.", hint: "The log line with this request id has the stack." },
  // Files and command line
  file_invalid: { kind: "invalid", message: "The file is not valid.", hint: "Each fault names its line and column." },
  file_unreadable: { kind: "invalid", message: "The file cannot be read.", hint: "Check the path and its permissions." },
  credential_missing: {
    kind: "invalid",
    message: "A credential that the estate refers to cannot be read.",
    hint: "Set the variable or file that the estate names.",
  },
  instance_running: { kind: "conflict", message: "Another instance already uses this data folder.", hint: "Stop it, or give this one another --data." },
  address_in_use: { kind: "conflict", message: "The address is already in use.", hint: "Choose another --port, or stop what listens there." },
  model_file_invalid: { kind: "invalid", message: "The model file cannot be used.", hint: "It must be a GGUF file; check its digest." },
  already_exists: { kind: "conflict", message: "It already exists.", hint: "Choose another name." },
  data_newer: {
    kind: "conflict",
    message: "The data folder was written by a newer Freehold.",
    hint: "Start that version or a later one; data is never migrated backwards.",
  },
  data_damaged: {
    kind: "internal",
    message: "A file in the data folder is damaged.",
    hint: "Keep the file as evidence, check the disk, and restore the data folder from a backup.",
  },
  data_unwritable: {
    kind: "unavailable",
    message: "The data folder cannot be written.",
    hint: "Check its owner, its permissions and the space on its disk; the message tells what the disk said.",
  },
} as const satisfies Record<string, ErrorDefinition>;
