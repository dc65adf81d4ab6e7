export type { AnswerHead, AnswerSink, Engine, EngineFault, EngineHealth, EngineRequest, Exchange } from "./port.ts";
