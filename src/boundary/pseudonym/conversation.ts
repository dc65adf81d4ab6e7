import { createHash } from "node:crypto";

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

const words = (value: unknown): string | undefined => (typeof value === "string" && value.trim() !== "" ? value : undefined);

/** The id that a client gives its conversation; `user` and `safety_identifier` name a person, not a conversation, and would link all of theirs. */
function givenId(body: JsonObject): string | undefined {
  const { conversation, metadata } = body;
  const given = [words(conversation), isObject(conversation) ? words(conversation.id) : undefined];
  if (isObject(metadata)) given.push(words(metadata.conversation_id), words(metadata.session_id), words(metadata.thread_id));
  given.push(words(body.prompt_cache_key));
  return given.find((id) => id !== undefined);
}

const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("base64url");

/** The first instruction and the first thing that the user said: clients send the whole history again, so they are the same at every turn. */
function beginning(messages: readonly unknown[]): unknown {
  const first = (...roles: readonly string[]): unknown =>
    (messages.find((message) => isObject(message) && typeof message.role === "string" && roles.includes(message.role)) as JsonObject | undefined)?.content ??
    null;
  return [first("system", "developer"), first("user")];
}

/**
 * Within what the same value has the same token: the conversation, told by the client's id for it or by how it began. A prompt is told by its
 * first line, since it grows at its end. Texts to embed or to rank have one scope for the whole tenant: a document and a question that name the
 * same person must name them alike, whenever they come.
 */
export function conversationScope(tenant: string, body: unknown): string {
  if (!isObject(body)) return JSON.stringify([tenant]);
  const id = givenId(body);
  if (id !== undefined) return JSON.stringify([tenant, "id", id]);
  if (Array.isArray(body.messages)) return JSON.stringify([tenant, "messages", digest(beginning(body.messages))]);
  const prompt: unknown = Array.isArray(body.prompt) ? body.prompt[0] : body.prompt;
  if (typeof prompt === "string") return JSON.stringify([tenant, "prompt", digest(prompt.trimStart().split("\n", 1)[0])]);
  return JSON.stringify([tenant]);
}
