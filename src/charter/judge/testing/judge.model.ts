import type { Provenance, Registry } from "#registry";
import { type Charter, type DataClass, dataClasses, type Zone } from "../../charter.ts";
import type { Decision, Facts } from "../../decision.ts";
import type { Backend, Estate, ServedModel } from "../../estate.ts";

/**
 * The rules of the contract once more, as naively as they can be written and for tests alone: no reasons, no memory, no linking, and one
 * trick: whatever is not known is the country "?", which lies in no list but `ANY`. It shares no code with the judge nor with the
 * registry's lookups, so that a mistake would have to be made twice.
 */
export type Answer = Pick<Decision, "verdict" | "code" | "jurisdiction" | "class" | "transform" | "backends">;

const unknown = "?";

/** An undated row replaces a shipped one only where a member of it is neither what it is by default nor what the shipped row says. */
function laidOver<Row extends Provenance & { readonly id: string }>(
  shipped: ReadonlyMap<string, Row>,
  own: readonly Row[],
  defaults: Partial<Row>,
): Map<string, Row> {
  const rows = new Map(shipped);
  for (const row of own) {
    const below = shipped.get(row.id);
    const news = (Object.keys(defaults) as (keyof Row)[]).some((key) => {
      const said = JSON.stringify(row[key]);
      return said !== undefined && said !== JSON.stringify(defaults[key]) && said !== JSON.stringify(below?.[key]);
    });
    if (below === undefined || news || row.asOf !== undefined || row.until !== undefined) rows.set(row.id, row);
  }
  return rows;
}

export function modelAnswer(charter: Charter, estate: Estate, shipped: Registry, facts: Facts): Answer {
  const today = new Date(facts.now).toISOString().slice(0, 10);
  const parties = laidOver(shipped.parties, estate.parties, { country: undefined, parent: undefined, self: false, holders: [], reach: [] });
  const models = laidOver(shipped.models, estate.models, { developer: undefined, licence: undefined, weights: undefined, basedOn: [], coDevelopers: [] });
  const holdsOn = (fact: Provenance): boolean => fact.asOf !== undefined && (fact.until === undefined || fact.until >= today);
  const riskAccepted = (concerns: string): boolean => charter.acceptedRisks.some((risk) => risk.concerns === concerns && risk.until >= today);

  function listed(list: readonly string[], country: string): boolean {
    if (list.includes("ANY")) return true;
    if (country === unknown) return false;
    return list.some((word) => {
      const group = shipped.groups.get(word);
      if (group === undefined) return word === country;
      const ends = group.caveats?.find((caveat) => caveat.country === country)?.until;
      return group.members.includes(country) && holdsOn(group) && (ends === undefined || ends >= today);
    });
  }
  const allListed = (list: readonly string[], countries: readonly string[]): boolean =>
    list.includes("ANY") || (countries.length > 0 && countries.every((country) => listed(list, country)));

  /** Everything that can be got to from a start, the start not included unless something leads back to it. */
  function beyond(start: string, next: (id: string) => readonly string[]): Set<string> {
    const found = new Set<string>(next(start));
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const id of [...found]) for (const other of next(id)) found.add(other);
    }
    return found;
  }
  const circular = (start: string, next: (id: string) => readonly string[]): boolean => [start, ...beyond(start, next)].some((id) => beyond(id, next).has(id));

  function owners(id: string): readonly string[] {
    const party = parties.get(id);
    const holders = party?.holders.filter(({ share }) => share >= 50).map((holder) => holder.party) ?? [];
    return party?.parent === undefined || party.parent === "none" ? holders : [party.parent, ...holders];
  }
  function reach(id: string): readonly string[] {
    const chain = [id, ...beyond(id, owners)];
    const countries = chain.flatMap((each) => {
      const party = parties.get(each);
      if (party === undefined || !holdsOn(party))
        return [unknown, ...(party === undefined ? [] : [party.country ?? unknown, ...party.reach.map((one) => one.country)])];
      const ownerless = party.parent === undefined && !party.holders.some(({ share }) => share > 50);
      return [party.country ?? unknown, ...party.reach.map((one) => one.country), ...(ownerless ? [unknown] : [])];
    });
    return circular(id, owners) ? [...countries, unknown] : countries;
  }

  const seat = (id: string): string => {
    const party = parties.get(id);
    return party !== undefined && holdsOn(party) ? (party.country ?? unknown) : unknown;
  };
  const bases = (id: string): readonly string[] => models.get(id)?.basedOn ?? [];
  const makers = (id: string): readonly string[] => {
    const entry = models.get(id);
    if (entry === undefined || !holdsOn(entry) || entry.developer === undefined) return [unknown, ...(entry?.coDevelopers ?? [])];
    return [entry.developer, ...(entry.coDevelopers ?? [])];
  };
  function weightsPass(list: readonly string[], id: string | undefined): boolean {
    if (list.includes("ANY")) return true;
    if (id === undefined || circular(id, bases)) return false;
    if ([id, ...beyond(id, bases)].some((each) => makers(each).some((maker) => seat(maker) === unknown))) return false;
    const uncoveredBases = (each: string): readonly string[] => (riskAccepted(`model:${each}`) ? [] : bases(each));
    return [id, ...beyond(id, uncoveredBases)]
      .filter((each) => !riskAccepted(`model:${each}`))
      .every((each) => makers(each).every((maker) => riskAccepted(`developer:${maker}`) || listed(list, seat(maker))));
  }
  function hardwarePasses(list: readonly string[], hardware: readonly string[] | undefined): boolean {
    if (list.includes("ANY")) return true;
    return hardware?.every((maker) => seat(maker) !== unknown && (riskAccepted(`hardware:${maker}`) || listed(list, seat(maker)))) ?? false;
  }

  interface Destination {
    readonly places: readonly string[];
    /** Party ids, and "?" for an operator that is missing. */
    readonly operators: readonly string[];
  }
  function destinationOf(backend: Backend, served: ServedModel): Destination {
    const site = estate.sites.find(({ name }) => name === backend.site);
    const host = backend.url?.hostname;
    const services = host === undefined ? [] : [...shipped.services.values()];
    const exact = services.find(({ hosts }) => hosts.some((known) => known === host));
    const service = exact ?? services.find(({ hosts }) => hosts.some((known) => known.startsWith("*.") && host?.endsWith(known.slice(1))));
    const lapsed = service !== undefined && !holdsOn(service);
    const exception = service?.exceptions.find(({ match }) =>
      match.endsWith("*") ? served.servedAs.startsWith(match.slice(0, -1)) : served.servedAs === match,
    );

    const ofService = (countries: readonly string[] | undefined): readonly string[] => [...(countries ?? [unknown]), ...(lapsed ? [unknown] : [])];
    let places: readonly string[] = service === undefined ? [unknown] : ofService(service.locatedIn);
    if (backend.site !== undefined) places = [site?.country ?? unknown];
    if (backend.locatedIn !== undefined) places = backend.locatedIn;
    if (exception !== undefined) places = ofService(exception.locatedIn);
    if (served.locatedIn !== undefined) places = served.locatedIn;

    const operators: string[] = [];
    if (backend.site !== undefined) operators.push(site?.operator ?? unknown);
    if (backend.operator !== undefined) operators.push(backend.operator);
    const declared = site !== undefined || backend.operator !== undefined;
    if (service !== undefined) operators.push(service.operator);
    if (operators.length === 0 || (!declared && lapsed)) operators.push(unknown);
    if (served.servedBy !== undefined) operators.push(served.servedBy);
    if (exception !== undefined) {
      if (exception.servedBy !== undefined) operators.push(exception.servedBy);
      if (served.servedBy === undefined && (exception.servedBy === undefined || lapsed)) operators.push(unknown);
    }
    return { places: places.length === 0 ? [unknown] : places, operators };
  }

  function inZone(zone: Zone, { places, operators }: Destination): boolean {
    const { locatedIn, compellableBy, operatedBy } = zone;
    if (!locatedIn && !compellableBy && !operatedBy) return false;
    const operates = (id: string): boolean => {
      const party = parties.get(id);
      return party !== undefined && holdsOn(party) && (operatedBy?.includes(id) || (party.self && operatedBy?.includes("self"))) === true;
    };
    return (
      (!locatedIn || allListed(locatedIn, places)) &&
      (!compellableBy || allListed(compellableBy, [...places, ...operators.flatMap((id) => (id === unknown ? [unknown] : reach(id)))])) &&
      (!operatedBy || operators.every(operates))
    );
  }

  const atLeast = (one: DataClass, other: DataClass): boolean => dataClasses.indexOf(one) >= dataClasses.indexOf(other);
  const dataClass = [...dataClasses]
    .reverse()
    .find(
      (each) =>
        each === "public" ||
        facts.declared === each ||
        facts.tenant.floor === each ||
        facts.detected.some((found) => found.class === each || facts.tenant.classes?.[found.type] === each),
    );
  if (dataClass === undefined) throw new Error("there is always a class");

  const jurisdiction =
    charter.jurisdictions.find(({ peopleIn }) => facts.origin !== undefined && listed(peopleIn, facts.origin)) ??
    charter.jurisdictions.find(({ name }) => name === charter.unknownOrigin && name !== "refuse");

  const serving = estate.backends.flatMap((backend) => backend.models.filter(({ name }) => name === facts.model).map((served) => ({ backend, served })));
  function permittedAs(as: DataClass): readonly string[] {
    const zones = charter.data[as].mayGoTo.filter((zone) => facts.tenant.mayGoTo?.[as]?.includes(zone) ?? true);
    return serving
      .filter(({ backend, served }) => {
        const destination = destinationOf(backend, served);
        const { models: weights, hardware } = charter.provenance;
        return (
          jurisdiction !== undefined &&
          (facts.operation === undefined || served.operations === undefined || served.operations.includes(facts.operation)) &&
          allListed(jurisdiction.processIn, destination.places) &&
          charter.zones.some((zone) => zones.includes(zone.name) && inZone(zone, destination)) &&
          (weights === undefined || weightsPass(weights.developedIn, served.model)) &&
          (hardware === undefined || hardwarePasses(hardware.madeBy, backend.hardware))
        );
      })
      .map(({ backend }) => backend.name);
  }

  const outcome = (code: Answer["code"], transform: Answer["transform"], backends: readonly string[]): Answer => ({
    verdict: code === null ? "allow" : "refuse",
    code,
    jurisdiction: jurisdiction?.name ?? null,
    class: dataClass,
    transform,
    backends,
  });
  if (serving.length === 0) return outcome("model_not_found", "none", []);
  if (!(facts.entitled ?? [facts.model]).includes(facts.model) || !(facts.tenant.models ?? [facts.model]).includes(facts.model))
    return outcome("not_entitled", "none", []);
  if (jurisdiction === undefined) return outcome("unknown_origin", "none", []);
  const direct = permittedAs(dataClass);
  if (direct.length > 0) return outcome(null, "none", direct);
  if (facts.detected.some((found) => found.class === "secret" || facts.tenant.classes?.[found.type] === "secret"))
    return outcome("secret_detected", "none", []);
  const orAfter = charter.data.sensitive.orAfter;
  const raisedByTenant = (found: Facts["detected"][number]): boolean => !atLeast(found.class, facts.tenant.classes?.[found.type] ?? "public");
  const replaceable = facts.detected.every((found) =>
    raisedByTenant(found) ? facts.tenant.classes?.[found.type] !== "sensitive" : found.class !== "sensitive" || found.replaceable !== false,
  );
  const byFindingsAlone = !atLeast(facts.declared ?? "public", "sensitive") || orAfter === "pseudonymise-even-if-declared";
  const floorLow = !atLeast(facts.tenant.floor ?? "public", "sensitive");
  if (dataClass === "sensitive" && orAfter !== undefined && replaceable && byFindingsAlone && floorLow) {
    const after = permittedAs("pseudonymised");
    if (after.length > 0) return outcome(null, "pseudonymise", after);
  }
  return outcome("no_permitted_backend", "none", []);
}
