export { buildDemoModel } from "./build.ts";
export { ensureDemoModel } from "./ensure.ts";
