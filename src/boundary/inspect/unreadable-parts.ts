import type { Finding } from "../port.ts";

interface PartKind {
  readonly subtype: string;
  /** One of these fields must be there: otherwise it is something else that calls itself so. */
  readonly payload: readonly string[];
}

const image: PartKind = { subtype: "unreadable.image", payload: ["image_url", "file_id", "source", "image", "url", "data"] };
const audio: PartKind = { subtype: "unreadable.audio", payload: ["input_audio", "audio", "source", "data", "audio_url"] };
const video: PartKind = { subtype: "unreadable.video", payload: ["video_url", "input_video", "video", "source"] };
const file: PartKind = { subtype: "unreadable.file", payload: ["file", "file_id", "file_data", "file_url", "source"] };

/** Content parts that are not text, by their `type`: OpenAI's chat and responses, Anthropic's messages, vLLM's additions. */
const parts: ReadonlyMap<string, PartKind> = new Map([
  ["image_url", image],
  ["input_image", image],
  ["image", image],
  ["input_audio", audio],
  ["audio", audio],
  ["audio_url", audio],
  ["video_url", video],
  ["input_video", video],
  ["video", video],
  ["file", file],
  ["input_file", file],
  ["document", file],
  ["container_upload", file],
]);

/** The finding for an object that carries content which cannot be read; undefined for all other objects. */
export function unreadablePart(object: object): Finding | undefined {
  const type = (object as { readonly type?: unknown }).type;
  if (typeof type !== "string") return undefined;
  const kind = parts.get(type);
  if (kind === undefined || !kind.payload.some((field) => Object.hasOwn(object, field))) return undefined;
  return { type: "other", subtype: kind.subtype, start: 0, end: 0, confidence: 1, rule: "unreadable.part", class: "sensitive" };
}

const base64 = /^[A-Za-z0-9+/_\-\r\n]*={0,2}$/;

/** Whether the string is the encoded payload of such a part: long, and base64 throughout. */
export const isPayload = (text: string): boolean => text.length > 64 && base64.test(text);
