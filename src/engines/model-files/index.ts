export type { GgufHeader } from "./gguf-header.ts";
export { inspectGguf, inspectGgufHeader, type ModelFileFacts } from "./inspect.ts";
