import { type Registry, serviceFor } from "#registry";
import type { FileFault } from "../faults.ts";
import { undatedRows } from "../own-facts.ts";
import type { ParsedCharter } from "./parse-charter.ts";
import type { ParsedEstate } from "./parse-estate.ts";
import type { FilePath } from "./paths.ts";
import { inFileOrder, type Report, reportOn } from "./report.ts";
import { didYouMean, quoted } from "./spelling.ts";

/** The names that charter and estate may use: the shipped registry's and the estate's own. */
interface Known {
  readonly parties: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
  readonly laws: ReadonlySet<string>;
}

/**
 * Looks up every name that charter and estate take from the registry or from each other. What nobody knows is a warning and not an
 * error: its facts count as unknown, and unknown is never a pass. Charter first, then estate, each in file order.
 */
export function crossCheck(charter: ParsedCharter, estate: ParsedEstate, registry: Registry): readonly FileFault[] {
  const known: Known = {
    parties: new Set([...registry.parties.keys(), ...estate.estate.parties.map(({ id }) => id)]),
    models: new Set([...registry.models.keys(), ...estate.estate.models.map(({ id }) => id)]),
    laws: new Set(registry.laws.keys()),
  };
  const ofCharter = reportOn(charter);
  checkCharterNames(charter, estate, known, ofCharter);
  const ofEstate = reportOn(estate);
  checkPartyNames(estate, known, ofEstate);
  checkBackendNames(estate, known, ofEstate);
  checkWhereabouts(estate, registry, ofEstate);
  checkUndated(estate, registry, ofEstate);
  return [...inFileOrder(ofCharter.found), ...inFileOrder(ofEstate.found)];
}

type Look = (path: FilePath, name: string | undefined) => void;

function looker(report: Report, names: ReadonlySet<string>, kind: string, section: string): Look {
  return (path, name) => {
    if (name === undefined || names.has(name)) return;
    const meant = didYouMean(name, [...names]);
    const close = meant?.startsWith("did you mean") === true ? meant : undefined;
    report.warning(
      path,
      `no ${kind} ${quoted(name)} is known, so its facts are unknown and every rule that needs them refuses`,
      close ?? `describe it under ${section}`,
    );
  };
}

function checkCharterNames({ charter }: ParsedCharter, { estate }: ParsedEstate, known: Known, report: Report): void {
  const law = looker(report, known.laws, "law", "laws of the registry");
  const party = looker(report, known.parties, "party", "parties in the estate");
  const model = looker(report, known.models, "model", "models in the estate");
  for (const jurisdiction of charter.jurisdictions) law(["jurisdictions", jurisdiction.name, "law"], jurisdiction.law);
  const hasSelf = estate.parties.some(({ self }) => self);
  for (const zone of charter.zones) {
    for (const [index, operator] of (zone.operatedBy ?? []).entries()) {
      const path = ["zones", zone.name, "operated-by", index];
      if (operator !== "self") party(path, operator);
      else if (!hasSelf)
        report.warning(path, "no party of the estate says self: true, so nothing is operated by self", "add self: true to your own organisation under parties");
    }
  }
  for (const [index, risk] of charter.acceptedRisks.entries()) {
    const [kind, name] = risk.concerns.split(":");
    (kind === "model" ? model : party)(["accepted-risks", index, "concerns"], name);
  }
}

function checkPartyNames({ estate }: ParsedEstate, known: Known, report: Report): void {
  const party = looker(report, known.parties, "party", "parties");
  const model = looker(report, known.models, "model", "models");
  const parents = new Map(estate.parties.map(({ id, parent }) => [id, parent]));
  for (const { id, parent, holders } of estate.parties) {
    if (parent !== "none") party(["parties", id, "parent"], parent);
    if (ownsItself(id, parents))
      report.warning(
        ["parties", id, "parent"],
        "its owners own each other in a circle, so its ultimate parent is unknown",
        "one of them has another parent, or none",
      );
    for (const [index, holder] of holders.entries()) party(["parties", id, "holders", index, "party"], holder.party);
  }
  for (const site of estate.sites) party(["sites", site.name, "operator"], site.operator);
  for (const { id, developer, coDevelopers, basedOn } of estate.models) {
    party(["models", id, "developer"], developer);
    for (const [index, other] of (coDevelopers ?? []).entries()) party(["models", id, "co-developers", index], other);
    for (const [index, base] of basedOn.entries()) model(["models", id, "based-on", index], base);
  }
  for (const list of ["stores", "telemetry"] as const) {
    for (const [index, { operator }] of estate[list].entries()) if (typeof operator === "string") party([list, index, "operator"], operator);
  }
}

function ownsItself(id: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const above = new Set<string>();
  for (let next = parents.get(id); next !== undefined && !above.has(next); next = parents.get(next)) {
    if (next === id) return true;
    above.add(next);
  }
  return false;
}

function checkBackendNames({ estate }: ParsedEstate, known: Known, report: Report): void {
  const party = looker(report, known.parties, "party", "parties");
  const model = looker(report, known.models, "model", "models");
  for (const [index, backend] of estate.backends.entries()) {
    const at = ["backends", index];
    party([...at, "operator"], backend.operator);
    for (const [place, maker] of (backend.hardware ?? []).entries()) party([...at, "hardware", place], maker);
    for (const served of backend.models) {
      party([...at, "models", served.name, "served-by"], served.servedBy);
      model([...at, "models", served.name, "model"], served.model);
    }
  }
}

/** Operator and location come from the backend, from its site, or from the registry's entry for its host. */
function checkWhereabouts({ estate }: ParsedEstate, registry: Registry, report: Report): void {
  for (const [index, backend] of estate.backends.entries()) {
    if (backend.site !== undefined) continue;
    const service = serviceFor(registry, backend.url?.hostname ?? "");
    const missing = [
      ...(backend.operator === undefined && service === undefined ? ["operator"] : []),
      ...(backend.locatedIn === undefined && service?.locatedIn === undefined ? ["located-in"] : []),
    ];
    if (missing.length > 0) {
      report.warning(
        ["backends", index],
        `neither site nor ${missing.join(" and ")} is stated, and unknown is never a pass`,
        `state site, or ${missing.join(" and ")}`,
      );
    }
  }
}

/** The estate's row replaces the registry's as a whole, so a row without a day takes a dated fact away. */
function checkUndated({ estate }: ParsedEstate, registry: Registry, report: Report): void {
  const undated = undatedRows(estate, registry);
  for (const section of ["parties", "models"] as const) {
    for (const id of undated[section]) {
      const hint = registry[section].has(id)
        ? `add as-of and source, or remove it: the shipped registry has facts on ${id}`
        : "add as-of: YYYY-MM-DD and source";
      report.warning([section, id], "these facts have no as-of, so they count as unknown", hint);
    }
  }
}
