/** Types whose separators carry nothing: groups of digits are written in many ways. */
const grouped: ReadonlySet<string> = new Set(["iban", "bic", "card", "mac", "vehicle", "person_id", "business_id", "document_id"]);

/**
 * What two spellings of one value have in common, so that it keeps its token in a conversation where it is written `JANE ROE` today and
 * `Jane  Roe` tomorrow. Too much in common does no harm: two forms that stand in one request get two tokens (see `Mint`).
 */
export function normalForm(type: string, value: string): string {
  const folded = value.normalize("NFC").toLowerCase();
  if (type === "phone") return folded.replace(/[^\p{L}\p{N}+]/gu, "");
  if (grouped.has(type)) return folded.replace(/[^\p{L}\p{N}]/gu, "");
  // A secret is what it is, to the last character.
  if (type === "secret") return value;
  return folded.trim().replace(/\s+/gu, " ");
}
