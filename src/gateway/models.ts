import type { Rulebook } from "#charter";
import type { Principal } from "#identity";

/** One row of `GET /v1/models`. */
export interface ListedModel {
  readonly id: string;
  readonly object: "model";
  /** Seconds since the epoch: when these weights were last described, as far as that is on record. */
  readonly created: number;
  /** Who developed the weights, else who operates the backend. */
  readonly owned_by: string;
}

/** The models that this key may ask for, once each, in the estate's order. */
export function listModels(rulebook: Rulebook, principal: Principal): readonly ListedModel[] {
  return [...rulebook.modelNames]
    .filter((name) => entitled(name, principal))
    .map((id) => {
      const first = rulebook.candidatesFor(id)[0];
      const weights = first?.model === undefined ? undefined : rulebook.registry.models.get(first.model);
      const described = weights?.asOf === undefined ? 0 : Date.parse(weights.asOf) / 1000;
      return { id, object: "model", created: described, owned_by: weights?.developer ?? first?.operators[0]?.party ?? "unknown" };
    });
}

const entitled = (model: string, principal: Principal): boolean =>
  (principal.models === undefined || principal.models.includes(model)) && (principal.tenant.models === undefined || principal.tenant.models.includes(model));

/** The same row as Anthropic's clients read it; what is not on record is null. */
export const toldToAnthropic = ({ id, created }: ListedModel): { readonly id: string; readonly [name: string]: unknown } => ({
  type: "model",
  id,
  display_name: id,
  created_at: new Date(created * 1000).toISOString(),
  capabilities: null,
  deprecated_at: null,
  lifecycle: "active",
  line: null,
  max_input_tokens: null,
  max_tokens: null,
  retires_at: null,
});
