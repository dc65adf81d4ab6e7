export {
  type CharterAndEstate,
  compose,
  type FoundBackend,
  type FoundModel,
  type InitAnswers,
  type StarterKind,
  starterKinds,
  weightsNamed,
} from "./compose.ts";
export { crossCheck } from "./cross-check.ts";
export type { FilePlace, Locate } from "./document.ts";
export type { ParsedFile } from "./parse.ts";
export { type ParsedCharter, parseCharter } from "./parse-charter.ts";
export { type ParsedEstate, parseEstate } from "./parse-estate.ts";
export { publishedSchemas } from "./published-schemas.ts";
