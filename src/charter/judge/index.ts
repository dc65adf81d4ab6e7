export { check } from "./check/check.ts";
export type { Note } from "./check/note.ts";
export type { Known, Shortfall } from "./countries.ts";
export type { Dossier, KnownOperator } from "./dossier.ts";
export { explainText } from "./explain.ts";
export { judge } from "./judge.ts";
export { compile, Rulebook } from "./rulebook.ts";
export type { Operator, Place, Target } from "./targets.ts";
export { tenantWidens } from "./tighten.ts";
