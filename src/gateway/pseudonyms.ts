import { answerForm, conversationScope, createStreamRestorer, type Inspection, pseudonymise, restoreAnswer } from "#boundary";
import type { StreamTransform } from "./attempt.ts";
import { type JsonBody, parseJsonBody } from "./json-body.ts";

/** The ways back for the answer to a request that was pseudonymised. */
export interface Restoration {
  /** A fresh one for each attempt. */
  readonly stream: () => StreamTransform;
  /** Undefined comes back for a body that is no JSON. */
  readonly answer: (bytes: Buffer) => Buffer | undefined;
  /** Pseudonyms in what came back so far that the model changed or invented. */
  readonly unresolved: () => number;
}

/** A request with its personal data replaced, and the way back for its answer. `secret` is the tenant's. */
export function pseudonymised(
  request: JsonBody["value"],
  inspection: Inspection,
  tenant: { readonly id: string; readonly secret: Buffer },
): { readonly body: JsonBody; readonly restoration: Restoration } {
  const key = { secret: tenant.secret, scope: conversationScope(tenant.id, request) };
  const { body, vault } = pseudonymise(request, inspection, key, { legend: true });
  const parsed = parseJsonBody(Buffer.from(JSON.stringify(body)));
  if (!parsed.ok) throw new Error(`a pseudonymised body is no longer a request: ${parsed.error.code}`);
  const form = answerForm(request);
  const seen: { readonly unresolved: number }[] = [];
  const restoration: Restoration = {
    stream: () => {
      const restorer = createStreamRestorer(vault, form);
      seen.push(restorer);
      return restorer;
    },
    answer: (bytes) => {
      const answer = jsonIn(bytes);
      if (answer === undefined) return undefined;
      const restored = restoreAnswer(answer, vault, form);
      seen.push(restored);
      return Buffer.from(JSON.stringify(restored.body));
    },
    unresolved: () => seen.reduce((sum, { unresolved }) => sum + unresolved, 0),
  };
  return { body: parsed.value, restoration };
}

/** Undefined for what is no JSON. */
function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
