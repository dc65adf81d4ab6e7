import { unreadablePart } from "#boundary";
import { ok } from "#kernel";
import { openAiDialect } from "../dialect.ts";
import { invalid, parseCommon, type WireFormat } from "../wire.ts";
import { refuseRemoteContent } from "./chat-body.ts";
import { isObject, Reading } from "./reading.ts";

/** Parts of a message that are text, by their type, in any of the formats that backends take. */
const readableParts = new Set(["text", "input_text", "output_text", "refusal", "thinking", "tool_use", "tool_result"]);

/** Whether a message holds a part of a kind that nobody here knows, which may hold anything. */
function holdsUnknownPart(message: unknown): boolean {
  const content = isObject(message) ? message.content : undefined;
  if (!Array.isArray(content)) return false;
  return content.some(
    (part: unknown) => isObject(part) && !(typeof part.type === "string" && readableParts.has(part.type)) && unreadablePart(part) === undefined,
  );
}

const chatCompletions: WireFormat = {
  path: "/v1/chat/completions",
  operation: "chat/completions",
  dialect: openAiDialect,
  parse(body) {
    const { messages } = body;
    if (!Array.isArray(messages) || messages.length === 0) return invalid("messages", "The field messages must be a list of at least one message.");
    for (const [index, message] of messages.entries()) {
      if (!isObject(message) || typeof message.role !== "string") return invalid(`messages[${index}]`, `messages[${index}] must be an object with a role.`);
    }
    const common = parseCommon(body, true);
    if (!common.ok) return common;
    const reading = new Reading();
    refuseRemoteContent(messages, reading);
    const read = reading.result(undefined);
    return read.ok ? ok({ ...common.value, unreadable: common.value.unreadable || messages.some(holdsUnknownPart) }) : read;
  },
};

const completions: WireFormat = {
  path: "/v1/completions",
  operation: "completions",
  dialect: openAiDialect,
  parse(body) {
    const { prompt } = body;
    if (typeof prompt !== "string" && !Array.isArray(prompt)) return invalid("prompt", "The field prompt must be a string or a list.");
    return parseCommon(body, true, prompt);
  },
};

const embeddings: WireFormat = {
  path: "/v1/embeddings",
  operation: "embeddings",
  dialect: openAiDialect,
  parse(body) {
    const { input } = body;
    if (typeof input !== "string" && !(Array.isArray(input) && input.length > 0)) {
      return invalid("input", "The field input must be a string or a list of at least one entry.");
    }
    return parseCommon(body, false, input);
  },
};

/** OpenAI's own endpoints, whose bodies leave byte for byte. */
export const openAiFormats: readonly WireFormat[] = [chatCompletions, completions, embeddings];
