import type { Operation } from "#charter";
import { err, type Fault, fault, ok, type RequestId, type Result } from "#kernel";
import type { StreamTransform } from "./attempt.ts";
import type { Dialect, WireError } from "./dialect.ts";

/** What an answer is made with, beside what the backend says. */
export interface AnswerMade {
  /** Unique: for the ids of what is answered. */
  readonly key: string;
  readonly requestId: RequestId;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Turns a stream of the operation's own events into those of the client's format. */
export interface StreamCodec extends StreamTransform {
  readonly broken: boolean;
  failure(error: WireError): string;
}

/** Writes answers in the client's format. It sees them with pseudonyms already restored. */
export interface AnswerCodec {
  /** Undefined: what the backend said is no answer, or cannot be said in this format. */
  whole(answer: unknown): unknown;
  /** A fresh one for each attempt. */
  stream(): StreamCodec;
}

/** What the pipeline needs to know of a request; everything else in the body is between the client and the backend. */
export interface WireRequest {
  readonly model: string;
  readonly stream: boolean;
  /** Its text came, or came in part, as token numbers or embedded: nobody here can read it. */
  readonly unreadable: boolean;
  /** What leaves in place of the client's body, which it was translated from: this is inspected, judged and sent. Its first member is `model`. */
  readonly leaving?: Readonly<Record<string, unknown>>;
  /** Where the answer is told in another format than the backend's. */
  readonly answer?: (made: AnswerMade) => AnswerCodec;
}

/** One endpoint's wire format over the one pipeline. */
export interface WireFormat {
  readonly path: string;
  /** What the backend is asked. */
  readonly operation: Operation;
  readonly dialect: Dialect;
  parse(body: Readonly<Record<string, unknown>>): Result<WireRequest, Fault>;
}

/** Fields by which clients of other gateways move the destination, bring a credential or ask for a fallback of their own. */
const destinationFields: ReadonlySet<string> = new Set([
  "api_base",
  "api_key",
  "api_type",
  "api_url",
  "api_version",
  "azure_endpoint",
  "base_url",
  "callback_url",
  "custom_host",
  "custom_llm_provider",
  "default_headers",
  "deployment_id",
  "endpoint",
  "extra_body",
  "extra_headers",
  "extra_query",
  "fallbacks",
  "headers",
  "kv_transfer_params",
  "litellm_params",
  "mcp_servers",
  "models",
  "organization",
  "provider",
  "proxies",
  "proxy",
  "route",
  "server_url",
  "url",
  "user_config",
  "web_search_options",
  "webhook_url",
]);

/** Some backends read member names without regard to case, by Unicode's simple folding (Go's encoding/json): for them "ſ" is an "s". */
const folded = (name: string): string => name.toLowerCase().replaceAll("\u017f", "s");

export const invalid = (param: string, message: string): Result<never, Fault> => err(fault("invalid_request", { message, param }));

/** A field that only some backends would take for `model` or `stream`: what is judged must be what is served. */
function respelledFault(body: Readonly<Record<string, unknown>>): Fault | undefined {
  for (const field of Object.keys(body)) {
    const name = folded(field);
    if (field !== name && (name === "model" || name === "stream"))
      return fault("invalid_request", { message: `The field ${JSON.stringify(field)} must be written "${name}".`, param: field });
  }
  return undefined;
}

function destinationFault(body: Readonly<Record<string, unknown>>): Fault | undefined {
  for (const field of Object.keys(body)) {
    if (destinationFields.has(folded(field))) {
      return fault("destination_override", { message: `The field "${field}" is refused: destinations come from the estate alone.`, param: field });
    }
  }
  const tools = body.tools;
  if (Array.isArray(tools)) {
    for (const [index, tool] of tools.entries()) {
      if (tool !== null && typeof tool === "object" && ("server_url" in tool || "connector_id" in tool)) {
        return fault("destination_override", {
          message: `tools[${index}] names a server of its own; destinations come from the estate alone.`,
          param: "tools",
        });
      }
    }
  }
  return undefined;
}

/** Checks what all formats share: the model's name, `stream`, and that nothing moves the destination. `text` is the member that may also hold tokens. */
export function parseCommon(body: Readonly<Record<string, unknown>>, streams: boolean, text?: unknown): Result<WireRequest, Fault> {
  const refused = destinationFault(body) ?? respelledFault(body);
  if (refused !== undefined) return err(refused);
  const { model, stream } = body;
  if (model === undefined) return invalid("model", "You must provide a model.");
  if (typeof model !== "string" || model.length === 0 || model.length > 256)
    return invalid("model", "The field model must be a string of 1 to 256 characters.");
  if (stream !== undefined && stream !== null && typeof stream !== "boolean") return invalid("stream", "The field stream must be true or false.");
  if (stream === true && !streams) return invalid("stream", "This endpoint does not stream.");
  const unreadable = holdsNumbers(text) || unreadableFields.some((field) => Object.hasOwn(body, field));
  return ok({ model, stream: stream === true, unreadable });
}

/** Members in which servers such as vLLM take a prompt in another form than text. */
const unreadableFields = ["prompt_embeds", "prompt_token_ids"];

/** `[1, 2]`, `[[1, 2], …]` and lists in which texts and tokens are mixed. */
const holdsNumbers = (text: unknown): boolean => Array.isArray(text) && text.some((entry: unknown) => typeof entry === "number" || holdsNumbers(entry));
