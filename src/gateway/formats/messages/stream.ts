import { anthropicDialect, type WireError } from "../../dialect.ts";
import type { StreamCodec } from "../../wire.ts";
import type { Block } from "../chat-answer.ts";
import { type AnswerStep, ChatStreamReader } from "../chat-stream.ts";
import type { JsonObject } from "../reading.ts";
import { contentBlock, emptyMessage, type MessageFrame, stopFields, usageFields } from "./message.ts";

const event = (type: string, members: JsonObject = {}): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`;

function delta(block: Block, text: string): JsonObject {
  if (block.kind === "call") return { type: "input_json_delta", partial_json: text };
  return block.kind === "reasoning" ? { type: "thinking_delta", thinking: text } : { type: "text_delta", text };
}

/** Turns a streamed chat completion into the events of a message. `message_stop` alone is its end. */
export class MessagesStream implements StreamCodec {
  readonly #reader = new ChatStreamReader();
  readonly #frame: MessageFrame;
  readonly #requestId: string;
  #begun = false;
  /** Indexes count what is shown. */
  #shown = -1;

  constructor(frame: MessageFrame, requestId: string) {
    this.#frame = frame;
    this.#requestId = requestId;
  }

  get broken(): boolean {
    return this.#reader.broken;
  }

  push(chunk: Buffer): Buffer[] {
    let text = this.#begun ? "" : event("message_start", { message: emptyMessage(this.#frame) });
    this.#begun = true;
    for (const step of this.#reader.push(chunk)) text += this.#step(step);
    return text === "" ? [] : [Buffer.from(text)];
  }

  end(): Buffer[] {
    return [];
  }

  failure(error: WireError): string {
    return anthropicDialect.event(error, this.#requestId);
  }

  #step(step: AnswerStep): string {
    if (step.type === "end") {
      const { answer } = step;
      return event("message_delta", { delta: stopFields(answer), usage: usageFields(answer.usage) }) + event("message_stop");
    }
    const { block } = step;
    if (block.kind === "reasoning" && !this.#frame.thinking) return "";
    if (step.type === "open") {
      this.#shown += 1;
      return event("content_block_start", { index: this.#shown, content_block: contentBlock(block, true) });
    }
    const index = this.#shown;
    return step.type === "add" ? event("content_block_delta", { index, delta: delta(block, step.text) }) : this.#close(block, index);
  }

  #close(block: Block, index: number): string {
    // Clients that keep thinking blocks expect a signature; nobody here checks one.
    const signed = block.kind === "reasoning" ? event("content_block_delta", { index, delta: { type: "signature_delta", signature: "" } }) : "";
    return signed + event("content_block_stop", { index });
  }
}
