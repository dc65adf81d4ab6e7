export { ensureDemoModel } from "./demo-model/index.ts";
export { createLlamaEngine, type LlamaEngine, type LlamaEngineOptions, type LlamaEvent } from "./llama-cpp/index.ts";
export { type GgufHeader, inspectGguf, type ModelFileFacts } from "./model-files/index.ts";
export { createOpenAiEngine } from "./openai/index.ts";
export type { AnswerHead, AnswerSink, Engine, EngineFault, EngineHealth, EngineRequest, Exchange } from "./port.ts";
export { withReliability } from "./reliability/index.ts";
