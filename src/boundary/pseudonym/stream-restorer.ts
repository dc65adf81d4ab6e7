import { type AnswerForm, removedMember, textForm } from "./answer.ts";
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

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Members whose text grows over the events, wherever in a choice they stand: chat's content and refusal, the reasoning of several servers,
 * parts of content, arguments of calls, a spoken answer's transcript, completions' text. All other strings come whole.
 */
const growing: ReadonlySet<string> = new Set([
  "content",
  "reasoning_content",
  "reasoning",
  "thinking",
  "refusal",
  "text",
  "transcript",
  "arguments",
  "partial_json",
  "input",
]);
/** Those of them that belong to calls, which may grow at the same time; of the others one ends where the next begins. */
const ofCalls: ReadonlySet<string> = new Set(["arguments", "partial_json", "input"]);

/** Members of an event, and of a choice, that hold nothing of the model's words. */
const fixed: ReadonlySet<string> = new Set([
  "id",
  "object",
  "created",
  "model",
  "usage",
  "index",
  "role",
  "type",
  "finish_reason",
  "system_fingerprint",
  "service_tier",
]);

/** Deeper members are left as they are. */
const maxDepth = 64;

/** One step from a choice to one of its strings: a member's name, or an element of a list. */
interface Step {
  /** Tells it from its neighbours in all events. */
  readonly key: string;
  /** The value inside it, as an event would carry it. */
  readonly around: (inner: unknown) => unknown;
}

/** One text that grows over the events. */
interface Channel {
  readonly restorer: Restorer;
  readonly choice: number;
  readonly steps: readonly Step[];
  readonly ofCall: boolean;
  /** The last event that added to it, for the members that every event repeats. */
  envelope: JsonObject;
}

/** One choice in one event. */
interface ChoiceEvent {
  readonly envelope: JsonObject;
  readonly index: number;
  /** Whether the choice ends with it. */
  readonly final: boolean;
  /** The channels that this event adds to. */
  readonly fed: Set<Channel>;
}

const indexOf = (value: JsonObject): number => (typeof value.index === "number" ? value.index : 0);

const memberStep = (name: string): Step => ({ key: name, around: (inner) => ({ [name]: inner }) });

/** An element is told by its index, else by its type and its position; an event about it repeats index or type. */
function elementStep(element: unknown, position: number): Step {
  const { index, type } = isObject(element) ? element : {};
  const shown = typeof index === "number" ? { index } : typeof type === "string" ? { type } : {};
  return { key: JSON.stringify(typeof index === "number" ? index : [position, type]), around: (inner) => [isObject(inner) ? { ...shown, ...inner } : inner] };
}

/**
 * Restores chat completions and completions as they stream. Every string is restored; those that grow have a hold-back of their own for each
 * choice, call and member. Events in which nothing changes pass as the bytes that came.
 */
export function createStreamRestorer(vault: Vault, form: AnswerForm = {}): StreamRestorer {
  const frames = createEventFrames();
  const channels = new Map<string, Channel>();
  let unresolvedWhole = 0;

  function restoreWhole(text: string, member: string | undefined): string {
    const restorer = createRestorer(vault, textForm(member, form));
    const restored = restorer.push(text) + restorer.end();
    unresolvedWhole += restorer.unresolved;
    return restored;
  }

  function restoreGrowing(text: string, member: string, steps: readonly Step[], at: ChoiceEvent): string {
    if (text === "") return text;
    const id = JSON.stringify([at.index, ...steps.map(({ key }) => key)]);
    let channel = channels.get(id);
    if (channel === undefined) {
      channel = { restorer: createRestorer(vault, textForm(member, form)), choice: at.index, steps, ofCall: ofCalls.has(member), envelope: at.envelope };
      channels.set(id, channel);
    }
    channel.envelope = at.envelope;
    at.fed.add(channel);
    // Nothing can follow the text of a choice's last event, so nothing of it is held back.
    return channel.restorer.push(text) + (at.final ? channel.restorer.end() : "");
  }

  /** Restores a value: strings of a choice by their place, all others (`at` undefined) whole. The same value comes back when nothing changed. */
  function restored(value: unknown, member: string, steps: readonly Step[], at: ChoiceEvent | undefined): unknown {
    if (typeof value === "string") return at !== undefined && growing.has(member) ? restoreGrowing(value, member, steps, at) : restoreWhole(value, member);
    if (typeof value !== "object" || value === null || steps.length > maxDepth) return value;
    if (member === removedMember) return null;
    if (Array.isArray(value)) {
      const elements = (value as readonly unknown[]).map((element, position) => restored(element, member, [...steps, elementStep(element, position)], at));
      return elements.some((element, index) => element !== value[index]) ? elements : value;
    }
    return isObject(value) ? restoredMembers(value, steps, at) : value;
  }

  function restoredMembers(holder: JsonObject, steps: readonly Step[], at: ChoiceEvent | undefined): JsonObject {
    let changed = false;
    const entries = Object.entries(holder).map(([name, value]): [string, unknown] => {
      if (fixed.has(name) || (name === "choices" && at === undefined && steps.length === 0)) return [name, value];
      const now = restored(value, name, [...steps, memberStep(name)], at);
      changed ||= now !== value;
      return [name, now];
    });
    return changed ? Object.fromEntries(entries) : holder;
  }

  /** Events with what is held back in the channels that have ended. */
  function flush(hasEnded: (channel: Channel) => boolean): Buffer[] {
    const events: Buffer[] = [];
    for (const channel of channels.values()) {
      if (!channel.restorer.holding || !hasEnded(channel)) continue;
      const { usage: _usage, ...envelope } = channel.envelope;
      const text = channel.restorer.end();
      const inner = channel.steps.reduceRight<unknown>((below, step) => step.around(below), text);
      const choice = { index: channel.choice, ...(isObject(inner) ? inner : {}), finish_reason: null };
      events.push(Buffer.from(`data: ${JSON.stringify({ ...envelope, choices: [choice] })}\n\n`));
    }
    return events;
  }

  function restoreEvent(bytes: Buffer): Buffer[] {
    const lines = bytes.toString("utf8").split(/\r?\n/);
    const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(line.charCodeAt(5) === 32 ? 6 : 5));
    if (data.length === 0) return [bytes];
    const payload = data.join("\n");
    if (payload.trim() === "[DONE]") return [...flush(() => true), bytes];
    const event = parseObject(payload);
    if (event === undefined) return [bytes];
    const before: Buffer[] = [];
    const given: readonly unknown[] = Array.isArray(event.choices) ? event.choices : [];
    const choices = given.map((choice): unknown => {
      if (!isObject(choice)) return choice;
      const at: ChoiceEvent = { envelope: event, index: indexOf(choice), final: typeof choice.finish_reason === "string", fed: new Set() };
      const now = restoredMembers(choice, [], at);
      // A text ends where the choice does, or where another of its texts or a call begins.
      const ended = ({ choice: index, ofCall }: Channel): boolean => index === at.index && (at.final || (!ofCall && at.fed.size > 0));
      before.push(...flush((channel) => ended(channel) && !at.fed.has(channel)));
      return now;
    });
    const around = restoredMembers(event, [], undefined);
    const changed = around !== event || choices.some((choice, index) => choice !== given[index]);
    if (!changed) return [...before, bytes];
    const others = lines.filter((line) => line !== "" && !line.startsWith("data:"));
    const shown = Array.isArray(event.choices) ? { ...around, choices } : around;
    return [...before, Buffer.from(`${[...others, `data: ${JSON.stringify(shown)}`].join("\n")}\n\n`)];
  }

  return {
    push: (chunk: Buffer): Buffer[] => (vault.size === 0 ? [chunk] : frames.push(chunk).flatMap(restoreEvent)),
    end(): Buffer[] {
      const rest = frames.end();
      return [...flush(() => true), ...(rest.length === 0 ? [] : [rest])];
    },
    get unresolved(): number {
      let sum = unresolvedWhole;
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
