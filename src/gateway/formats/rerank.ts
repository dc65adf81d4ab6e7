import { ok } from "#kernel";
import { openAiDialect } from "../dialect.ts";
import { invalid, parseCommon, type WireFormat } from "../wire.ts";
import { given, isObject, type JsonObject, kept } from "./reading.ts";

const isText = (value: unknown): boolean => typeof value === "string" || (isObject(value) && typeof value.text === "string");

/** What is asked of the backend beside the texts; all servers of rerankers take these. */
const asked = ["top_n", "return_documents", "user", "truncate_prompt_tokens", "max_tokens_per_doc", "max_chunks_per_doc", "rank_fields"];
const known = new Set([...asked, "model", "query", "documents"]);

/** The results as Jina and Cohere write them, whichever name the backend has for a score; undefined for what is no ranking. */
function told(answer: unknown, model: unknown): unknown {
  if (!isObject(answer)) return undefined;
  const rows = Array.isArray(answer.results) ? answer.results : answer.data;
  if (!Array.isArray(rows)) return undefined;
  const results: JsonObject[] = [];
  for (const row of rows) {
    const score = isObject(row) ? (row.relevance_score ?? row.score) : undefined;
    if (!isObject(row) || typeof row.index !== "number" || typeof score !== "number") return undefined;
    const { document } = row;
    results.push({
      index: row.index,
      relevance_score: score,
      ...(given(document) && { document: typeof document === "string" ? { text: document } : document }),
    });
  }
  return { ...kept(answer, ["id", "object", "usage", "meta"]), model, results };
}

/** Rerank in the shape of Jina and Cohere, which vLLM and llama-server serve. It does not stream. */
export const rerank: WireFormat = {
  path: "/v1/rerank",
  operation: "rerank",
  dialect: openAiDialect,
  parse(body) {
    const { query, documents } = body;
    if (!isText(query)) return invalid("query", "The field query must be a string.");
    if (!Array.isArray(documents) || documents.length === 0 || !documents.every(isText)) {
      return invalid("documents", "The field documents must be a list of at least one string, or object with a text.");
    }
    const common = parseCommon(body, false);
    if (!common.ok) return common;
    const unknown = Object.keys(body).find((name) => !known.has(name) && given(body[name]) && name !== "stream");
    if (unknown !== undefined) return invalid(unknown, `The field ${JSON.stringify(unknown.slice(0, 64))} cannot be kept by this endpoint.`);
    const leaving = { model: body.model, query, documents: documents.map(plainText), ...kept(body, asked) };
    const answer = () => ({ whole: (value: unknown) => told(value, body.model), stream: doesNotStream });
    return ok({ ...common.value, leaving, answer });
  },
};

/** A document with nothing but a text is that text, which every backend takes. */
const plainText = (document: unknown): unknown => (isObject(document) && Object.keys(document).length === 1 ? document.text : document);

function doesNotStream(): never {
  throw new Error("rerank does not stream");
}
