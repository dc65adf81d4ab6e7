import { reader } from "./reading.ts";
import type { Question } from "./tasks.ts";

export interface Endpoint {
  /** Up to `/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key: string | undefined;
  readonly timeoutMs: number;
}

/** What became of the tokens in the answers to one task, for one shape. */
export interface ModelRow {
  readonly shape: string;
  readonly task: string;
  exact: number;
  altered: number;
  lost: number;
  /** Where an answer names one, it names the wrong one of those that were given. */
  swapped: number;
  /** Questions that got no answer, or none with text. */
  failed: number;
}

interface Completion {
  readonly choices?: readonly {
    readonly message?: {
      readonly content?: string | null;
      readonly tool_calls?: readonly { readonly function?: { readonly arguments?: string } }[];
    };
  }[];
}

/** The text of an answer, a tool call's arguments included; undefined where there is none. */
async function ask(question: Question, endpoint: Endpoint): Promise<string | undefined> {
  const { url, model, key, timeoutMs } = endpoint;
  try {
    const response = await fetch(`${url.replace(/\/$/, "")}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(key !== undefined && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, temperature: 0, max_tokens: 400, messages: question.messages, ...question.task.extra }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return undefined;
    const message = ((await response.json()) as Completion).choices?.[0]?.message;
    const text = [message?.content ?? "", ...(message?.tool_calls ?? []).map((call) => call.function?.arguments ?? "")].join("\n").trim();
    return text === "" ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Members of the first JSON object in a text. */
function membersIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function score(question: Question, text: string, row: ModelRow): void {
  const { tokens, task } = question;
  for (const wanted of task.wants) row[reader(tokens[wanted])(text)] += 1;
  if (task.places === undefined) return;
  const members = membersIn(text);
  for (const [name, wanted] of Object.entries(task.places)) {
    const value = members[name];
    if (typeof value !== "string" || reader(tokens[wanted])(value) !== "lost") continue;
    if (Object.values(tokens).some((token) => reader(token)(value) !== "lost")) row.swapped += 1;
  }
}

/** Asks all questions, one after the other; `onAnswer` is called after each. */
export async function modelResults(all: readonly Question[], endpoint: Endpoint, onAnswer: (done: number) => void): Promise<readonly ModelRow[]> {
  const rows = new Map<string, ModelRow>();
  for (const [index, question] of all.entries()) {
    const id = `${question.shape.name}\0${question.task.name}`;
    const row = rows.get(id) ?? { shape: question.shape.name, task: question.task.name, exact: 0, altered: 0, lost: 0, swapped: 0, failed: 0 };
    rows.set(id, row);
    const text = await ask(question, endpoint);
    if (text === undefined) row.failed += 1;
    else score(question, text, row);
    onAnswer(index + 1);
  }
  return [...rows.values()];
}
