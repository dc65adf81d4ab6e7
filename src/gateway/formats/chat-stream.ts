import { StringDecoder } from "node:string_decoder";
import { argumentsOf, type Block, type ChatAnswer, type ChatUsage, finishOf, stopSequenceOf, textsOf, usageOf } from "./chat-answer.ts";
import { isObject, type JsonObject } from "./reading.ts";

/** What a streamed answer does. Blocks are opened and closed one after another, never two at a time. */
export type AnswerStep =
  /** A block begins; a call has its id and name, and no text yet. */
  | { readonly type: "open"; readonly index: number; readonly block: Block }
  | { readonly type: "add"; readonly index: number; readonly block: Block; readonly text: string }
  /** The block ends, with all its text; `cut`: where a limit ended the answer. */
  | { readonly type: "close"; readonly index: number; readonly block: Block; readonly cut: boolean }
  | { readonly type: "end"; readonly answer: ChatAnswer };

interface Call {
  readonly id: string;
  readonly name: string;
  text: string;
  /** What has come and was not passed on yet. */
  held: string;
  state: "waiting" | "open" | "closed";
}

/** An event larger than this is no piece of an answer. */
const largestEvent = 8 << 20;

/**
 * Reads the events of a streamed chat completion, however its bytes are cut, and tells what they do. Pieces of parallel calls that come mixed are
 * sorted: a later call waits until the one before is complete, because most clients read one block at a time.
 */
export class ChatStreamReader {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";
  readonly #blocks: Block[] = [];
  #open: { readonly block: Block; readonly pieces: string[]; readonly call: Call | undefined } | undefined;
  readonly #calls: Call[] = [];
  /** The call that a backend means by an index, or by none. */
  readonly #callAt = new Map<unknown, Call>();
  #finishReason: unknown;
  #stopSequence: string | undefined;
  #usage: ChatUsage | undefined;
  #over = false;
  /** The events make no sense, or tell of an error: what came so far must not look complete. */
  broken = false;

  push(chunk: Buffer): AnswerStep[] {
    const steps: AnswerStep[] = [];
    const from = Math.max(0, this.#rest.length - 3);
    this.#rest += this.#decoder.write(chunk);
    const blank = /\r?\n\r?\n/g;
    blank.lastIndex = from;
    let start = 0;
    for (let found = blank.exec(this.#rest); found !== null && !this.#over && !this.broken; found = blank.exec(this.#rest)) {
      this.#event(this.#rest.slice(start, found.index), steps);
      start = blank.lastIndex;
    }
    this.#rest = this.#rest.slice(start);
    if (this.#rest.length > largestEvent) this.broken = true;
    return steps;
  }

  #event(text: string, steps: AnswerStep[]): void {
    const data = text
      .split(/\r?\n/)
      .filter((line) => line.startsWith("data:"))
      .map((line) => line.slice(5).replace(/^ /, ""))
      .join("\n");
    if (data === "") return;
    if (data.trim() === "[DONE]") {
      this.#end(steps);
      return;
    }
    const event = parsed(data);
    if (event === undefined || (event.error !== undefined && event.error !== null)) {
      this.broken = true;
      return;
    }
    this.#usage = usageOf(event.usage) ?? this.#usage;
    const choices = Array.isArray(event.choices) ? event.choices.filter(isObject) : [];
    const choice = choices.find(({ index }) => index === 0 || index === undefined);
    if (choice === undefined) return;
    if (isObject(choice.delta)) this.#delta(choice.delta, steps);
    if (typeof choice.finish_reason === "string") this.#finishReason = choice.finish_reason;
    this.#stopSequence = stopSequenceOf(choice) ?? this.#stopSequence;
  }

  #delta(delta: JsonObject, steps: AnswerStep[]): void {
    for (const { kind, text } of textsOf(delta)) {
      // Some models put white space between the pieces of a call; it belongs to nothing.
      if (this.#open?.call !== undefined && text.trim() === "") continue;
      if (this.#open?.block.kind !== kind) this.#openBlock({ kind, text: "" }, undefined, steps);
      this.#add(text, steps);
    }
    for (const piece of Array.isArray(delta.tool_calls) ? delta.tool_calls : []) if (isObject(piece)) this.#callPiece(piece, steps);
  }

  #callPiece(piece: JsonObject, steps: AnswerStep[]): void {
    const { name, arguments: args } = isObject(piece.function) ? piece.function : ({} as JsonObject);
    let call = this.#callAt.get(piece.index);
    const begins = typeof name === "string" && name !== "" && (call === undefined || (given(piece.id) && piece.id !== call.id));
    if (begins) {
      // A second call under the index of the first, as some backends write them, is told by its id.
      const id = typeof piece.id === "string" && piece.id !== "" ? piece.id : `call_${this.#calls.length}`;
      call = { id, name, text: "", held: "", state: "waiting" };
      this.#callAt.set(piece.index, call);
      this.#calls.push(call);
    }
    const text = typeof args === "string" ? args : isObject(args) ? JSON.stringify(args) : "";
    if (call === undefined || (call.state === "closed" && text.trim() !== "")) {
      this.broken = true;
      return;
    }
    call.text += text;
    call.held += text;
    this.#passOn(steps);
  }

  /** Passes on what the open call has got, and opens the next where that one is complete. */
  #passOn(steps: AnswerStep[]): void {
    for (;;) {
      const current = this.#open?.call;
      if (current !== undefined && current.held !== "") {
        this.#add(current.held, steps);
        current.held = "";
      }
      const next = this.#calls.find(({ state }) => state === "waiting");
      if (next === undefined || (current !== undefined && (current.text === "" || argumentsOf(current.text) === undefined))) return;
      this.#openBlock({ kind: "call", id: next.id, name: next.name, text: "" }, next, steps);
    }
  }

  #openBlock(block: Block, call: Call | undefined, steps: AnswerStep[]): void {
    this.#close(steps);
    if (call !== undefined) call.state = "open";
    this.#open = { block, pieces: [], call };
    steps.push({ type: "open", index: this.#blocks.length, block });
  }

  #add(text: string, steps: AnswerStep[]): void {
    if (this.#open === undefined) return;
    this.#open.pieces.push(text);
    steps.push({ type: "add", index: this.#blocks.length, block: this.#open.block, text });
  }

  #close(steps: AnswerStep[], cut = false): void {
    if (this.#open === undefined) return;
    const { block, pieces, call } = this.#open;
    if (call !== undefined) call.state = "closed";
    const whole = { ...block, text: pieces.join("") };
    steps.push({ type: "close", index: this.#blocks.length, block: whole, cut });
    this.#blocks.push(whole);
    this.#open = undefined;
  }

  #end(steps: AnswerStep[]): void {
    for (const call of this.#calls) {
      if (call.state === "waiting") this.#openBlock({ kind: "call", id: call.id, name: call.name, text: "" }, call, steps);
      if (call.state === "open" && call.held !== "") this.#add(call.held, steps);
    }
    const finish = finishOf(this.#finishReason, this.#calls.length > 0);
    this.#close(steps, finish === "length" || finish === "filter");
    this.#over = true;
    steps.push({ type: "end", answer: { blocks: this.#blocks, finish, stopSequence: this.#stopSequence, usage: this.#usage } });
  }
}

const given = (id: unknown): boolean => typeof id === "string" && id !== "";

function parsed(data: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
