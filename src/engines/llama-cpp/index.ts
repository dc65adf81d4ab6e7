export { createLlamaEngine, type LlamaEngine, type LlamaEngineOptions } from "./engine.ts";
export type { LlamaEvent } from "./model-process.ts";
