import { formOf } from "./answer.ts";
import { createEventFrames } from "./event-frames.ts";
import { createRestorer, type Restorer } from "./restorer.ts";
import type { Vault } from "./vault.ts";

/** Restores the bytes of a streamed answer on their way to the client. */
export interface StreamRestorer {
  push(chunk: Buffer): Buffer[];
  /** Call once, also when the backend broke off: what was held back is passed on. */
  end(): Buffer[];
  /** Tokens that the model changed or invented. */
  readonly unresolved: number;
}

type JsonObject = { [name: string]: unknown };

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

const objectsIn = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** One text that grows over the events: a field of one choice, or of one tool call in it. */
interface Channel {
  readonly restorer: Restorer;
  /** The choice with this text and nothing else in it, for what is held back at the end. */
  readonly wrap: (text: string) => JsonObject;
  /** The last event that added to it, for the members that every event repeats. */
  envelope: JsonObject;
  readonly choice: number;
}

/** One choice in one event. */
interface ChoiceEvent {
  readonly envelope: JsonObject;
  readonly index: number;
  /** Whether the choice ends with it. */
  readonly final: boolean;
}

/** Text fields of a delta in chat completions, the reasoning of several servers included. */
const textFields = ["content", "reasoning_content", "reasoning", "refusal"] as const;

const indexOf = (value: JsonObject): number => (typeof value.index === "number" ? value.index : 0);

/**
 * Restores chat completions and completions as they stream: `choices[].delta` with its texts and tool calls, and `choices[].text`, each with
 * a hold-back of its own. Events in which nothing changes pass as the bytes that came.
 */
export function createStreamRestorer(vault: Vault): StreamRestorer {
  const frames = createEventFrames();
  const channels = new Map<string, Channel>();

  /** Restores one member in place; true when it changed. */
  function restoreMember(holder: JsonObject, member: string, id: string, at: ChoiceEvent, wrap: Channel["wrap"]): boolean {
    const text = holder[member];
    if (typeof text !== "string" || text === "") return false;
    let channel = channels.get(id);
    if (channel === undefined) {
      channel = { restorer: createRestorer(vault, formOf(member)), wrap, envelope: at.envelope, choice: at.index };
      channels.set(id, channel);
    }
    channel.envelope = at.envelope;
    // Nothing can follow the text of a choice's last event, so nothing of it is held back.
    const restored = channel.restorer.push(text) + (at.final ? channel.restorer.end() : "");
    holder[member] = restored;
    return restored !== text;
  }

  function restoreChoice(choice: JsonObject, at: ChoiceEvent): boolean {
    const { index } = at;
    let changed = restoreMember(choice, "text", `${index}/text`, at, (text) => ({ index, text }));
    const { delta } = choice;
    if (!isObject(delta)) return changed;
    for (const field of textFields) {
      if (restoreMember(delta, field, `${index}/${field}`, at, (text) => ({ index, delta: { [field]: text } }))) changed = true;
    }
    for (const call of objectsIn(delta.tool_calls)) {
      const tool = indexOf(call);
      const wrap = (text: string): JsonObject => ({ index, delta: { tool_calls: [{ index: tool, function: { arguments: text } }] } });
      if (isObject(call.function) && restoreMember(call.function, "arguments", `${index}/tool/${tool}`, at, wrap)) changed = true;
    }
    const wrap = (text: string): JsonObject => ({ index, delta: { function_call: { arguments: text } } });
    if (isObject(delta.function_call) && restoreMember(delta.function_call, "arguments", `${index}/call`, at, wrap)) changed = true;
    return changed;
  }

  /** Events with what is held back for a choice, or for all of them. */
  function flush(choice: number | undefined): Buffer[] {
    const events: Buffer[] = [];
    for (const channel of channels.values()) {
      if ((choice !== undefined && channel.choice !== choice) || !channel.restorer.holding) continue;
      const { usage: _usage, ...envelope } = channel.envelope;
      const text = channel.restorer.end();
      events.push(Buffer.from(`data: ${JSON.stringify({ ...envelope, choices: [{ ...channel.wrap(text), finish_reason: null }] })}\n\n`));
    }
    return events;
  }

  function restoreEvent(bytes: Buffer): Buffer[] {
    const lines = bytes.toString("utf8").split(/\r?\n/);
    const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(line.charCodeAt(5) === 32 ? 6 : 5));
    if (data.length === 0) return [bytes];
    const payload = data.join("\n");
    if (payload === "[DONE]") return [...flush(undefined), bytes];
    const event = parseObject(payload);
    if (event === undefined) return [bytes];
    let changed = false;
    const before: Buffer[] = [];
    for (const choice of objectsIn(event.choices)) {
      const at = { envelope: event, index: indexOf(choice), final: typeof choice.finish_reason === "string" };
      if (restoreChoice(choice, at)) changed = true;
      if (at.final) before.push(...flush(at.index));
    }
    if (!changed) return [...before, bytes];
    const others = lines.filter((line) => line !== "" && !line.startsWith("data:"));
    return [...before, Buffer.from(`${[...others, `data: ${JSON.stringify(event)}`].join("\n")}\n\n`)];
  }

  return {
    push: (chunk: Buffer): Buffer[] => frames.push(chunk).flatMap(restoreEvent),
    end(): Buffer[] {
      const rest = frames.end();
      return [...flush(undefined), ...(rest.length === 0 ? [] : [rest])];
    },
    get unresolved(): number {
      let sum = 0;
      for (const channel of channels.values()) sum += channel.restorer.unresolved;
      return sum;
    },
  };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
