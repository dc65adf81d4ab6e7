import type { Chat } from "./chat.ts";

/** Seconds and sizes of one run. */
export interface Plan {
  readonly rounds: number;
  /** Kilobytes of prompt text that saturation is measured with; the first is also that of the paced requests. */
  readonly prompts: readonly number[];
  readonly warmUp: number;
  /** Seconds at saturation, for the first prompt and for each further one. */
  readonly saturation: number;
  readonly further: number;
  readonly paced: number;
  readonly firstByte: number;
  /** Streams at one time, and seconds of them; 0 seconds = left out. */
  readonly streams: number;
  readonly streaming: number;
}

export const fullPlan: Plan = { rounds: 3, prompts: [1, 16, 128], warmUp: 6, saturation: 6, further: 4, paced: 8, firstByte: 6, streams: 500, streaming: 6 };
/** About a minute in all: enough to see a regression, not to quote. */
export const quickPlan: Plan = { rounds: 1, prompts: [1, 16, 128], warmUp: 2, saturation: 2, further: 1, paced: 3, firstByte: 2, streams: 200, streaming: 0 };

/** Clients at one time at saturation. */
export const clients = 64;
/** Requests a second on a fixed schedule. */
export const pace = 500;
/** Streams begun a second, for the first byte. */
export const streamPace = 100;

const answerModel = "answer";
/** 20 events in a fifth of a second, so that 20 streams are open at a time. */
const streamModel = "stream-c20-d10";
/** 50 events in a second, as a fast model writes. */
const longStreamModel = "stream-c50-d20";
export const models = [answerModel, streamModel, longStreamModel] as const;

export const answer = (kilobytes: number): Chat => ({ model: answerModel, kilobytes, stream: false });
export const shortStream: Chat = { model: streamModel, kilobytes: 1, stream: true };
export const longStream: Chat = { model: longStreamModel, kilobytes: 1, stream: true };
