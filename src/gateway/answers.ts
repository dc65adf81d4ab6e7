import type { StreamTransform } from "./attempt.ts";
import type { Restoration } from "./pseudonyms.ts";
import type { AnswerCodec, StreamCodec } from "./wire.ts";

/** What becomes of an answer on its way to the client: pseudonyms are restored in the backend's format, then it is told in the client's. */
export interface AnswerWay {
  readonly stream: (() => StreamTransform) | undefined;
  readonly whole: ((bytes: Buffer) => Buffer | undefined) | undefined;
  readonly error: ((bytes: Buffer) => Buffer | undefined) | undefined;
}

/** Undefined in both: the bytes pass as they come. */
export function answerWay(restoration: Restoration | undefined, codec: AnswerCodec | undefined): AnswerWay {
  return { stream: streamWay(restoration, codec), whole: wholeWay(restoration, codec), error: restoration?.answer };
}

function streamWay(restoration: Restoration | undefined, codec: AnswerCodec | undefined): AnswerWay["stream"] {
  if (codec === undefined) return restoration?.stream;
  if (restoration === undefined) return () => codec.stream();
  return () => new RestoredStream(restoration.stream(), codec.stream());
}

function wholeWay(restoration: Restoration | undefined, codec: AnswerCodec | undefined): AnswerWay["whole"] {
  if (codec === undefined) return restoration?.answer;
  return (bytes) => {
    const restored = restoration === undefined ? bytes : restoration.answer(bytes);
    const told = restored === undefined ? undefined : codec.whole(jsonIn(restored));
    return told === undefined ? undefined : Buffer.from(JSON.stringify(told));
  };
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Two transforms, one behind the other. */
class RestoredStream implements StreamTransform {
  readonly #restorer: StreamTransform;
  readonly #codec: StreamCodec;

  constructor(restorer: StreamTransform, codec: StreamCodec) {
    this.#restorer = restorer;
    this.#codec = codec;
  }

  get broken(): boolean {
    return this.#codec.broken;
  }

  push(chunk: Buffer): readonly Buffer[] {
    return this.#told(this.#restorer.push(chunk));
  }

  end(): readonly Buffer[] {
    return [...this.#told(this.#restorer.end()), ...this.#codec.end()];
  }

  failure(error: Parameters<StreamCodec["failure"]>[0]): string {
    return this.#codec.failure(error);
  }

  #told(chunks: readonly Buffer[]): readonly Buffer[] {
    return chunks.flatMap((chunk) => [...this.#codec.push(chunk)]);
  }
}
