export { withReliability } from "./reliable-engine.ts";
