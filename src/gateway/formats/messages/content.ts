import { type ChatMessage, type ChatPart, contentOf, filePart, imagePart, joinedContent, textPart, withCall } from "../chat-body.ts";
import { given, isObject, type JsonObject, type Reading } from "../reading.ts";

const noFiles = "Files are not stored here; send the content itself.";
const elsewhere = "The document lies elsewhere, and the backend would fetch it; send the content itself.";

function encoded(source: JsonObject, param: string, reading: Reading): string {
  return `data:${reading.text(source.media_type, `${param}.media_type`)};base64,${reading.text(source.data, `${param}.data`)}`;
}

function image(block: JsonObject, param: string, reading: Reading): ChatPart {
  const source = reading.object(block.source, `${param}.source`);
  if (source.type === "base64") return imagePart(encoded(source, `${param}.source`, reading), `${param}.source`, reading);
  if (source.type === "url") return imagePart(reading.text(source.url, `${param}.source.url`), `${param}.source.url`, reading);
  reading.refuse(`${param}.source.type`, noFiles);
  return textPart("");
}

/** Title and context stand before a document's text, as the models that know documents see them. */
function headed(block: JsonObject, parts: readonly ChatPart[]): readonly ChatPart[] {
  const heads = [block.title, block.context].filter((text) => typeof text === "string" && text !== "");
  return heads.length === 0 ? parts : [textPart(heads.join("\n\n")), ...parts];
}

function document(block: JsonObject, param: string, reading: Reading): readonly ChatPart[] {
  refuseCitations(block, param, reading);
  const source = reading.object(block.source, `${param}.source`);
  const at = `${param}.source`;
  switch (source.type) {
    case "text":
      return headed(block, [textPart(reading.text(source.data, `${at}.data`))]);
    case "content":
      return headed(block, partsOf(source.content, `${at}.content`, reading));
    case "base64":
      return headed({ context: block.context }, [filePart(encoded(source, at, reading), typeof block.title === "string" ? block.title : undefined)]);
    case "url":
      reading.refuse(`${at}.url`, elsewhere, "destination_override");
      return [];
    default:
      reading.refuse(`${at}.type`, noFiles);
      return [];
  }
}

function searchResult(block: JsonObject, param: string, reading: Reading): readonly ChatPart[] {
  refuseCitations(block, param, reading);
  const head = [reading.text(block.title, `${param}.title`), reading.text(block.source, `${param}.source`)].join("\n");
  return [textPart(head), ...partsOf(block.content, `${param}.content`, reading)];
}

function refuseCitations({ citations }: JsonObject, param: string, reading: Reading): void {
  if (isObject(citations) && citations.enabled === true) reading.refuse(`${param}.citations`, "Only Anthropic's own models cite; the backends here do not.");
}

/** A block of content that says something to the model: text, or what nobody here can read. */
function spoken(block: JsonObject, param: string, reading: Reading): readonly ChatPart[] {
  switch (block.type) {
    case "text":
      return [textPart(reading.text(block.text, `${param}.text`))];
    case "image":
      return [image(block, param, reading)];
    case "document":
      return document(block, param, reading);
    case "search_result":
      return searchResult(block, param, reading);
    default:
      reading.refuse(`${param}.type`, `Content of the type ${JSON.stringify(String(block.type).slice(0, 40))} cannot be kept.`);
      return [];
  }
}

/** Content that is a text, or a list of blocks. */
function partsOf(content: unknown, param: string, reading: Reading): readonly ChatPart[] {
  if (typeof content === "string") return [textPart(content)];
  return reading.list(content, param).flatMap((block, index) => spoken(reading.object(block, `${param}[${index}]`), `${param}[${index}]`, reading));
}

/** The text of a system prompt. */
export function systemText(content: unknown, param: string, reading: Reading): string {
  const text = joinedContent(partsOf(content, param, reading), "\n\n");
  if (typeof text === "string") return text;
  reading.refuse(param, "A system prompt must be text.");
  return "";
}

function toolResult(block: JsonObject, param: string, reading: Reading): ChatMessage {
  const parts = given(block.content) ? partsOf(block.content, `${param}.content`, reading) : [];
  // There is no flag for it in chat completions.
  const told = block.is_error === true ? [textPart("Error:"), ...parts] : parts;
  return { role: "tool", tool_call_id: reading.text(block.tool_use_id, `${param}.tool_use_id`), content: joinedContent(told, "\n") };
}

/** Results of tools first, since they must follow the calls; then what the user says. */
export function userMessages(content: unknown, param: string, reading: Reading): readonly ChatMessage[] {
  if (typeof content === "string") return [{ role: "user", content }];
  const results: ChatMessage[] = [];
  const parts: ChatPart[] = [];
  for (const [index, entry] of reading.list(content, param).entries()) {
    const at = `${param}[${index}]`;
    const block = reading.object(entry, at);
    if (block.type === "tool_result") results.push(toolResult(block, at, reading));
    else parts.push(...spoken(block, at, reading));
  }
  return parts.length === 0 && results.length > 0 ? results : [...results, { role: "user", content: contentOf(parts) }];
}

/** What a model thought before is not said again: many backends refuse it, and its signature is worth nothing to them. */
const isThinking = ({ type }: JsonObject): boolean => type === "thinking" || type === "redacted_thinking";

export function assistantMessages(content: unknown, param: string, reading: Reading): readonly ChatMessage[] {
  if (typeof content === "string") return [{ role: "assistant", content }];
  const texts: ChatPart[] = [];
  let calls: readonly ChatMessage[] = [];
  for (const [index, entry] of reading.list(content, param).entries()) {
    const at = `${param}[${index}]`;
    const block = reading.object(entry, at);
    if (block.type === "tool_use") {
      const input = JSON.stringify(reading.object(block.input, `${at}.input`));
      const id = reading.text(block.id, `${at}.id`);
      calls = withCall(calls, { id, type: "function", function: { name: reading.text(block.name, `${at}.name`), arguments: input } });
    } else if (!isThinking(block)) texts.push(...spoken(block, at, reading));
  }
  const [message] = calls;
  if (message === undefined) return [{ role: "assistant", content: joinedContent(texts, "") }];
  return [texts.length === 0 ? message : { ...message, content: joinedContent(texts, "") }];
}
