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
  const listed = new Map<string, ListedModel>();
  for (const backend of rulebook.estate.backends) {
    for (const served of backend.models) {
      if (listed.has(served.name) || !entitled(served.name, principal)) continue;
      const weights = served.model === undefined ? undefined : rulebook.registry.models.get(served.model);
      const described = weights?.asOf === undefined ? Number.NaN : Date.parse(weights.asOf);
      listed.set(served.name, {
        id: served.name,
        object: "model",
        created: Number.isNaN(described) ? 0 : described / 1000,
        owned_by: weights?.developer ?? served.servedBy ?? backend.operator ?? operatorOfSite(rulebook, backend.site) ?? "unknown",
      });
    }
  }
  return [...listed.values()];
}

const operatorOfSite = (rulebook: Rulebook, site: string | undefined): string | undefined => rulebook.estate.sites.find(({ name }) => name === site)?.operator;

const entitled = (model: string, principal: Principal): boolean =>
  (principal.models === undefined || principal.models.includes(model)) && (principal.tenant.models === undefined || principal.tenant.models.includes(model));
