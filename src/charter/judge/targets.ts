import { type CountryCode, type Registry, type Service, type ServiceException, servedException, serviceFor } from "#registry";
import type { Backend, Estate, ServedModel, Site } from "../estate.ts";

/** Someone who runs a destination, wholly or in part. */
export interface Operator {
  /** A party's id; it may turn out not to be on record. */
  readonly party: string;
  /** How we know: `operator`, `operator of site keller`, `operator behind api.example.com` … */
  readonly as: string;
}

/** Where a destination processes. */
export interface Place {
  /** undefined = unknown. */
  readonly countries: readonly CountryCode[] | undefined;
  readonly as: string;
  /** The registry's entry that this rests on; undefined = the estate's own word. */
  readonly restsOn: Service | undefined;
}

/** One public model name as one backend serves it: what a decision permits or refuses. Nothing in it depends on the time. */
export interface Target {
  readonly backend: Backend;
  readonly served: ServedModel;
  /** Everyone who runs it: whom the estate names and whom the registry knows behind the host, so that a brand cannot launder a host. */
  readonly operators: readonly Operator[];
  /** The registry's entry without which the operators are not known; undefined = the estate's own word. */
  readonly operatorsRestOn: Service | undefined;
  /** What keeps the operators from being known completely, as sentences. */
  readonly operatorGaps: readonly string[];
  readonly place: Place;
  /** Makers of the accelerators, as party ids; [] = none; undefined = unknown. */
  readonly hardware: readonly string[] | undefined;
  /** Id of the weights; undefined = unknown. */
  readonly model: string | undefined;
  /** Another entry of the estate has the same names, so that a permit would not say which one it means. */
  readonly ambiguous: boolean;
}

/** What a backend's names lead to in the estate and the registry. */
interface Links {
  readonly site: Site | undefined;
  readonly service: Service | undefined;
  readonly exception: ServiceException | undefined;
}

/**
 * What is said of the served model goes before what is said of the backend. An exception of the registry stands between the two: it
 * knows that this very model is served from elsewhere, so the place of the backend as a whole does not reach it.
 */
function placeOf(backend: Backend, served: ServedModel, { site, service, exception }: Links): Place {
  if (served.locatedIn !== undefined) return { countries: served.locatedIn, as: `located-in of model ${served.name}`, restsOn: undefined };
  if (exception !== undefined) return { countries: exception.locatedIn, as: `${served.servedAs}: ${exception.note}`, restsOn: service };
  if (backend.locatedIn !== undefined) return { countries: backend.locatedIn, as: `located-in of ${backend.name}`, restsOn: undefined };
  if (backend.site !== undefined) return { countries: site === undefined ? undefined : [site.country], as: `site ${backend.site}`, restsOn: undefined };
  if (service !== undefined) return { countries: service.locatedIn, as: `known of ${service.name}`, restsOn: service };
  return { countries: undefined, as: "", restsOn: undefined };
}

function operatorsOf(
  backend: Backend,
  served: ServedModel,
  { site, service, exception }: Links,
): Pick<Target, "operators" | "operatorsRestOn" | "operatorGaps"> {
  const operators: Operator[] = [];
  const gaps: string[] = [];
  const add = (party: string, as: string): void => {
    if (!operators.some((operator) => operator.party === party)) operators.push({ party, as });
  };
  if (site !== undefined) add(site.operator, `operator of site ${site.name}`);
  else if (backend.site !== undefined) gaps.push(`Site ${backend.site} is not in the estate.`);
  if (backend.operator !== undefined) add(backend.operator, "operator");
  const declared = operators.length > 0;
  if (service !== undefined) add(service.operator, `operator behind ${backend.url === undefined ? service.name : backend.url.hostname}`);
  if (operators.length === 0) gaps.push(`Nobody is named as the operator of ${backend.name}.`);
  if (served.servedBy !== undefined) add(served.servedBy, `served-by of model ${served.name}`);
  if (exception?.servedBy !== undefined) add(exception.servedBy, `really serves ${served.servedAs}`);
  else if (exception !== undefined && served.servedBy === undefined) gaps.push(`Who really serves ${served.servedAs} is not on record: ${exception.note}`);
  const leans = !declared || (exception !== undefined && served.servedBy === undefined);
  return { operators, operatorsRestOn: leans ? service : undefined, operatorGaps: gaps };
}

/** The registry's entries on weights that ship with the engine in process. */
const builtInModels: ReadonlyMap<string, string> = new Map([["builtin:demo", "freehold-demo"]]);

/** A remote backend that claims built-in weights proves nothing by it, so only the engine in process is believed. */
const modelOf = (backend: Backend, served: ServedModel): string | undefined =>
  served.model ?? (backend.engine === "llama.cpp" && served.weights !== undefined ? builtInModels.get(served.weights) : undefined);

/** Every served model of every backend, in the estate's order. Total: what cannot be linked stays unknown. */
export function linkTargets(estate: Estate, registry: Registry): readonly Target[] {
  const sites = new Map(estate.sites.map((site) => [site.name, site]));
  return estate.backends.flatMap((backend) => {
    const site = backend.site === undefined ? undefined : sites.get(backend.site);
    const service = backend.url === undefined ? undefined : serviceFor(registry, backend.url.hostname);
    const sameName = estate.backends.filter((other) => other.name === backend.name).length > 1;
    return backend.models.map((served): Target => {
      const links: Links = { site, service, exception: service === undefined ? undefined : servedException(service, served.servedAs) };
      return {
        backend,
        served,
        ...operatorsOf(backend, served, links),
        place: placeOf(backend, served, links),
        hardware: backend.hardware,
        model: modelOf(backend, served),
        ambiguous: sameName || backend.models.filter((other) => other.name === served.name).length > 1,
      };
    });
  });
}
