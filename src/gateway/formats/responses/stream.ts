import type { WireError } from "../../dialect.ts";
import type { StreamCodec } from "../../wire.ts";
import type { Block } from "../chat-answer.ts";
import { type AnswerStep, ChatStreamReader } from "../chat-stream.ts";
import type { JsonObject } from "../reading.ts";
import { callArguments, finishedResponse, itemId, itemOf, itemStatus, partOf, type ResponseFrame, responseObject } from "./response.ts";

/** The names of a text's events, and of the member that holds the whole text. */
const textEvents = {
  reasoning: { name: "reasoning_text", member: "text" },
  text: { name: "output_text", member: "text" },
  refusal: { name: "refusal", member: "refusal" },
} as const;

/** Turns a streamed chat completion into the events of a response. There is no `[DONE]`: `response.completed` or `response.incomplete` is the end. */
export class ResponsesStream implements StreamCodec {
  readonly #reader = new ChatStreamReader();
  readonly #frame: ResponseFrame;
  readonly #now: () => number;
  #sequence = 0;

  /** `now` in seconds since the epoch. */
  constructor(frame: ResponseFrame, now: () => number) {
    this.#frame = frame;
    this.#now = now;
  }

  get broken(): boolean {
    return this.#reader.broken;
  }

  push(chunk: Buffer): Buffer[] {
    let text = this.#sequence === 0 ? this.#begin() : "";
    for (const step of this.#reader.push(chunk)) text += this.#step(step);
    return text === "" ? [] : [Buffer.from(text)];
  }

  end(): Buffer[] {
    return [];
  }

  /** OpenAI's event `error`, with the object that all errors have here, and then the response that failed. */
  failure(error: WireError): string {
    const { message, type, param, code } = error;
    const failed = responseObject(this.#frame, { status: "failed", error: { code: "server_error", message } });
    return this.#event("error", { code, message, param, error: { message, type, param, code } }) + this.#event("response.failed", { response: failed });
  }

  #event(type: string, members: JsonObject): string {
    const sequence_number = this.#sequence;
    this.#sequence += 1;
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...members })}\n\n`;
  }

  #begin(): string {
    const response = responseObject(this.#frame, { status: "in_progress" });
    return this.#event("response.created", { response }) + this.#event("response.in_progress", { response });
  }

  #step(step: AnswerStep): string {
    switch (step.type) {
      case "open":
        return this.#open(step.block, step.index);
      case "add":
        return this.#add(step.block, step.index, step.text);
      case "close":
        return this.#close(step.block, step.index, step.cut);
      case "end": {
        const response = finishedResponse(this.#frame, step.answer, this.#now());
        return this.#event(response.status === "completed" ? "response.completed" : "response.incomplete", { response });
      }
    }
  }

  #place(block: Block, index: number): { readonly item_id: string; readonly output_index: number } {
    return { item_id: itemId(this.#frame, block, index), output_index: index };
  }

  #open(block: Block, index: number): string {
    const added = this.#event("response.output_item.added", { output_index: index, item: itemOf(this.#frame, block, index, "in_progress") });
    const part = partOf(block);
    return part === undefined ? added : added + this.#event("response.content_part.added", { ...this.#place(block, index), content_index: 0, part });
  }

  #add(block: Block, index: number, delta: string): string {
    const place = this.#place(block, index);
    if (block.kind === "call") return this.#event("response.function_call_arguments.delta", { ...place, delta });
    const logprobs = block.kind === "text" ? { logprobs: [] } : {};
    return this.#event(`response.${textEvents[block.kind].name}.delta`, { ...place, content_index: 0, delta, ...logprobs });
  }

  /** The numbers of the events count in the order in which they are written. */
  #close(block: Block, index: number, cut: boolean): string {
    const place = this.#place(block, index);
    const done = (): string => {
      const item = itemOf(this.#frame, block, index, itemStatus(block, cut));
      return this.#event("response.output_item.done", { output_index: index, item });
    };
    if (block.kind === "call") {
      const args = callArguments(block.text);
      const late = args === block.text ? "" : this.#event("response.function_call_arguments.delta", { ...place, delta: args });
      return late + this.#event("response.function_call_arguments.done", { ...place, name: block.name, arguments: args }) + done();
    }
    const { name, member } = textEvents[block.kind];
    const logprobs = block.kind === "text" ? { logprobs: [] } : {};
    const whole = this.#event(`response.${name}.done`, { ...place, content_index: 0, [member]: block.text, ...logprobs });
    return whole + this.#event("response.content_part.done", { ...place, content_index: 0, part: partOf(block) }) + done();
  }
}
