import { inForce } from "./days.ts";
import type { CountryCode, Party, Provenance, Registry } from "./facts.ts";

/** One country and what brings it in. */
export interface TrailStep {
  /** A party's id. */
  readonly party: string;
  readonly country: CountryCode;
  /** Why, in words for a reader. */
  readonly because: string;
}

/** What is known about countries, and what is not: only an empty `unknown` may pass a rule that does not say `ANY`. */
export interface CountryFinding {
  readonly countries: ReadonlySet<CountryCode>;
  /** One sentence for each missing, undated, expired, dangling or circular fact. */
  readonly unknown: readonly string[];
  readonly trail: readonly TrailStep[];
}

/** A holder with this many percent counts like a parent. */
const controllingShare = 50;

/** Why what is on record may not be relied on at `now`, as a sentence; undefined where it may. `what` names the row for a reader. */
export function staleness(what: string, row: Provenance, now: number): string | undefined {
  const state = inForce(row, now);
  if (state === "undated") return `What is on record about ${what} has no date (as-of).`;
  if (state === "expired") return `What is on record about ${what} is of ${row.asOf} and was good until ${row.until}.`;
  return undefined;
}

/**
 * The countries whose authorities can compel the party at `now` (milliseconds since the epoch): its seat, the seats of its parents up to
 * the ultimate one and of every holder of half or more, and any further reach on record of any of them. Facts that may not be relied on
 * still add their countries, so that more facts never mean fewer countries, and put a sentence into `unknown`.
 */
export function reachOf(registry: Registry, partyId: string, now: number): CountryFinding {
  const countries = new Set<CountryCode>();
  const unknown: string[] = [];
  const trail: TrailStep[] = [];
  const seen = new Set<string>();

  const add = (party: string, country: CountryCode, because: string): void => {
    countries.add(country);
    trail.push({ party, country, because });
  };

  function walk(id: string, role: string, below: readonly string[]): void {
    if (below.includes(id)) {
      unknown.push(`The ownership of "${partyId}" goes in a circle: ${[...below, id].join(" < ")}.`);
      return;
    }
    if (seen.has(id)) return;
    seen.add(id);
    const party = registry.parties.get(id);
    if (party === undefined) {
      unknown.push(`There is nothing on record about "${id}"${role}.`);
      return;
    }
    const stale = staleness(`"${id}"`, party, now);
    if (stale !== undefined) unknown.push(stale);
    if (party.country === undefined) unknown.push(`The seat of "${id}"${role} is not known.`);
    else add(id, party.country, `seat of ${party.name}${role}`);
    for (const { country, reason } of party.reach) add(id, country, `${reason} (${party.name}${role})`);

    const owners = ownersOf(party);
    if (owners === undefined) unknown.push(`The owner of "${id}"${role} is not known.`);
    for (const [owner, because] of owners ?? controllingHolders(party)) walk(owner, because, [...below, id]);
  }

  walk(partyId, "", []);
  return { countries, unknown, trail };
}

type Owners = ReadonlyMap<string, string>;

const controllingHolders = ({ id, holders }: Party): Owners =>
  new Map(holders.filter(({ share }) => share >= controllingShare).map(({ party, share }) => [party, `, holder of ${share} % of ${id}`]));

/** Its parent and controlling holders; undefined where nobody can say who controls it. Beside a majority there is no second one. */
function ownersOf(party: Party): Owners | undefined {
  const holders = controllingHolders(party);
  if (party.parent === undefined) return party.holders.some(({ share }) => share > controllingShare) ? holders : undefined;
  if (party.parent === "none") return holders;
  return new Map([[party.parent, `, parent of ${party.id}`], ...holders]);
}
