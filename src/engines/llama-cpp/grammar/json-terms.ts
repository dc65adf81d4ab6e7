/**
 * The GBNF rules (llama.cpp, grammars/README.md) for JSON (RFC 8259). White space is at most one space after a comma or a colon, so
 * that a model cannot fill its answer with it. Escaped surrogates are left out: a pair would count as two characters where JSON Schema
 * counts one.
 */
export const jsonTerms: Readonly<Record<string, string>> = {
  char: String.raw`[^"\\\x7F\x00-\x1F] | "\\" (["\\bfnrt/] | "u" ([0-9a-cA-Ce-fE-F] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))`,
  string: String.raw`"\"" char* "\""`,
  natural: `"0" | [1-9] [0-9]{0,14}`,
  integer: `"-"? natural`,
  number: `"-"? natural ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?`,
  boolean: `"true" | "false"`,
  null: `"null"`,
  comma: `"," " "?`,
  colon: `":" " "?`,
  pair: "string colon value",
  object: `"{" (pair (comma pair)*)? "}"`,
  array: `"[" (value (comma value)*)? "]"`,
  value: "object | array | string | number | boolean | null",
  date: `[0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | "1" [0-9] | "2" [0-8])`,
  time: `([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,3})? ("Z" | [-+] ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9])`,
  "date-time": `date "T" time`,
  uuid: `[0-9a-f]{8} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{4} "-" [0-9a-f]{12}`,
};

/** Text as a GBNF literal. */
export function literal(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    return `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`;
  });
  return `"${escaped}"`;
}
