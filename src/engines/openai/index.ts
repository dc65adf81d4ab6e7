export { createOpenAiEngine } from "./engine.ts";
