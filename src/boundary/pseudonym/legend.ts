import legends from "./data/legends.json" with { type: "json" };
import type { GenderOf } from "./gender.ts";

type JsonObject = Readonly<Record<string, unknown>>;
type Legend = (typeof legends)["en"];

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** Names are told one by one up to this many. */
const mostNames = 24;
/** Characters of the user's words that are enough to tell the language. */
const enoughText = 4000;

function textsOf(content: unknown): readonly string[] {
  if (typeof content === "string") return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => (isObject(part) && typeof part.text === "string" ? [part.text] : []));
}

/** The language in which most of the commonest words stand; English where few do. */
function languageOf(messages: readonly unknown[]): Legend {
  const said = messages.flatMap((message) => (isObject(message) && message.role === "user" ? textsOf(message.content) : [])).join(" ");
  const words =
    said
      .slice(0, enoughText)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  let best: Legend = legends.en;
  let most = 1;
  for (const legend of Object.values(legends)) {
    const common = new Set(legend.words);
    const count = words.filter((word) => common.has(word)).length;
    if (count > most) [best, most] = [legend, count];
  }
  return best;
}

/**
 * The messages with a line that tells the model about the tokens: to copy them, and which of them are women and men, since many languages
 * cannot speak of a person without. It is added to a system or developer message that the client itself sent: a message of our own would
 * break models whose template takes no such message, or takes it only at the beginning. Without one nothing is added.
 */
export function withLegend(
  body: unknown,
  tokens: readonly { readonly type: string; readonly value: string; readonly token: string }[],
  genderOf: GenderOf,
): unknown {
  const example = tokens[0];
  if (example === undefined || !isObject(body) || !Array.isArray(body.messages)) return body;
  const messages: readonly unknown[] = body.messages;
  const at = messages.findIndex((message) => isObject(message) && (message.role === "system" || message.role === "developer"));
  const message = messages[at];
  if (!isObject(message)) return body;
  const legend = languageOf(messages);
  const names = tokens.flatMap(({ type, value, token }) => {
    const gender = genderOf(type, value);
    return gender === undefined ? [] : [`${token} = ${legend[gender]}`];
  });
  const lines = [legend.copy.replace("{token}", example.token), ...(names.length === 0 ? [] : [`${names.slice(0, mostNames).join(", ")}.`])];
  const content = extended(message.content, lines.join(" "));
  if (content === undefined) return body;
  return { ...body, messages: messages.with(at, { ...message, content }) };
}

function extended(content: unknown, line: string): unknown {
  if (typeof content === "string") return content === "" ? undefined : `${content}\n\n${line}`;
  return Array.isArray(content) && content.length > 0 ? [...(content as readonly unknown[]), { type: "text", text: line }] : undefined;
}
