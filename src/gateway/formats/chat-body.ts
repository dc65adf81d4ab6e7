import { isObject, type JsonObject, type Reading } from "./reading.ts";

/** One part of a message's content in chat completions. */
export type ChatPart = { readonly type: string; readonly text?: string } & JsonObject;

export interface ChatToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

/** One message in chat completions. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | readonly ChatPart[] | null;
  readonly tool_calls?: readonly ChatToolCall[];
  readonly tool_call_id?: string;
}

export const textPart = (text: string): ChatPart => ({ type: "text", text });

/** A single text as a string, which every backend understands; anything else as parts. */
export function contentOf(parts: readonly ChatPart[]): string | readonly ChatPart[] {
  const [only] = parts;
  if (only === undefined) return "";
  return parts.length === 1 && only.type === "text" && only.text !== undefined ? only.text : parts;
}

/** The same, for roles whose texts many backends take as a string only. */
export function joinedContent(parts: readonly ChatPart[], separator: string): string | readonly ChatPart[] {
  return parts.every(({ type, text }) => type === "text" && text !== undefined) ? parts.map(({ text }) => text ?? "").join(separator) : parts;
}

/** One system message in front: many chat templates take no second one, and none elsewhere. */
export function withSystem(texts: readonly string[], messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const text = texts.filter((one) => one !== "").join("\n\n");
  return text === "" ? messages : [{ role: "system", content: text }, ...messages];
}

/** A message of the assistant that takes the calls which follow it in the client's format. */
export function withCall(messages: readonly ChatMessage[], call: ChatToolCall): readonly ChatMessage[] {
  const last = messages.at(-1);
  if (last?.role !== "assistant") return [...messages, { role: "assistant", content: null, tool_calls: [call] }];
  return [...messages.slice(0, -1), { ...last, tool_calls: [...(last.tool_calls ?? []), call] }];
}

const dataUrl = /^data:([a-z0-9.+-]+\/[a-z0-9.+-]+)?((?:;[a-z0-9-]+=[^;,]*)*)(;base64)?,/i;
const textual = /^(?:text\/|application\/(?:json|xml|yaml|x-yaml|csv)$)/i;

/** Text in UTF-8 behind `data:text/…;base64,`; undefined for everything else. */
function textOfDataUrl(url: string): string | undefined {
  const [head, mediaType = "text/plain", , base64] = dataUrl.exec(url) ?? [];
  if (head === undefined || !textual.test(mediaType)) return undefined;
  const payload = url.slice(head.length);
  try {
    const bytes = base64 === undefined ? Buffer.from(decodeURIComponent(payload)) : Buffer.from(payload, "base64");
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const isDataUrl = (url: string): boolean => dataUrl.test(url);

/** A file as a text part where its data is text, so that it can be read and judged; else as a part that nobody here can read. */
export function filePart(data: string, filename: string | undefined): ChatPart {
  const text = textOfDataUrl(data);
  if (text !== undefined) return textPart(filename === undefined ? text : `${filename}\n\n${text}`);
  return { type: "file", file: { ...(filename !== undefined && { filename }), file_data: data } };
}

/** An image that came with the request; one that lies elsewhere is refused, since the backend would fetch it from where no rule looked. */
export function imagePart(url: string, param: string, reading: Reading, detail?: unknown): ChatPart {
  if (!isDataUrl(url)) reading.refuse(param, remoteContent(param), "destination_override");
  return { type: "image_url", image_url: { url, ...(typeof detail === "string" && detail !== "original" && { detail }) } };
}

const remoteContent = (param: string): string => `${param} lies elsewhere, and the backend would fetch it; send the content itself as a data: URL.`;

/** Members of a content part that may hold an address. */
const addressMembers = ["image_url", "audio_url", "video_url", "file_url", "file_data", "file", "url"] as const;

/** The address in a content part that a backend would fetch from, as the place of it; undefined where there is none. */
function remoteIn(part: JsonObject): string | undefined {
  for (const member of addressMembers) {
    const value = part[member];
    if (typeof value === "string" && isAddress(value)) return member;
    if (!isObject(value)) continue;
    for (const inner of ["url", "file_url", "file_data"]) {
      const url = value[inner];
      if (typeof url === "string" && isAddress(url)) return `${member}.${inner}`;
    }
  }
  return undefined;
}

/** Payloads in bare base64 have no colon. */
const isAddress = (text: string): boolean => /^\s*[a-z][a-z0-9+.-]*:/i.test(text) && !isDataUrl(text.trimStart());

/** Refuses what a backend would have to fetch: `messages[].content[]` of a body in the format of chat completions. */
export function refuseRemoteContent(messages: readonly unknown[], reading: Reading): void {
  for (const [index, message] of messages.entries()) {
    const content = isObject(message) ? message.content : undefined;
    if (!Array.isArray(content)) continue;
    for (const [at, part] of content.entries()) {
      const place = isObject(part) ? remoteIn(part) : undefined;
      if (place === undefined) continue;
      const param = `messages[${index}].content[${at}].${place}`;
      reading.refuse(param, remoteContent(param), "destination_override");
    }
  }
}
