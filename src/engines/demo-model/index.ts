export { buildDemoModel } from "./build.ts";
export { demoModelDigest, ensureDemoModel } from "./ensure.ts";
