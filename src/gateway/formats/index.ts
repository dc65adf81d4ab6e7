import type { WireFormat } from "../wire.ts";
import { messages } from "./messages/index.ts";
import { openAiFormats } from "./openai.ts";
import { rerank } from "./rerank.ts";
import { responses } from "./responses/index.ts";

/** Every endpoint that asks a model. A new one is a new entry here, not a new path around a check. */
export const wireFormats: readonly WireFormat[] = [...openAiFormats, responses, messages, rerank];
