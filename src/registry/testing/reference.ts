import type { CountryGroup, Law, Model, Party, Provenance, Registry, Service } from "../facts.ts";
import { reachOf } from "../reach.ts";

/** The text of `docs/reference/registry.md`: every shipped fact with its source and dates. `now` decides what counts as known in the reach column. */
export const registryPage = (registry: Registry, now: number): string =>
  [
    "# The registry",
    "Facts that ship with Freehold, made from the files in `registry/`. An estate adds its own or overrides them, row by row.",
    "A fact that is missing here, has no date or is past its last day counts as unknown, and what is unknown passes no rule except `ANY`.",
    "Reach is the countries that can compel a party: its seat, its owners' seats and any further reach on record.",
    "## Parties",
    table(
      ["id", "name", "seat", "parent", "reach", "known", "source", "note"],
      [...registry.parties.values()].map((party) => partyRow(registry, party, now)),
    ),
    "## Models",
    table(["id", "name", "developers", "based on", "licence", "weights", "known", "source", "note"], [...registry.models.values()].map(modelRow)),
    "## Services",
    table(["id", "name", "operator", "hosts", "located in", "known", "source", "note"], [...registry.services.values()].map(serviceRow)),
    "### Served models that deviate",
    "The first row that fits the served name decides.",
    table(["service", "served name", "served by", "located in", "note"], [...registry.services.values()].flatMap(exceptionRows)),
    "## Country groups",
    "`ANY` is a word of the charter, not a group: it alone admits the unknown.",
    table(["id", "name", "members", "known", "source"], [...registry.groups.values()].map(groupRow)),
    table(["group", "member", "last day", "caveat"], [...registry.groups.values()].flatMap(caveatRows)),
    "## Laws",
    table(["id", "name", "citation", "known", "source", "note"], [...registry.laws.values()].map(lawRow)),
    "",
  ].join("\n\n");

type Cells = readonly string[];

const unknownFact = "*unknown*";
const list = (items: readonly string[] | undefined): string => (items === undefined ? unknownFact : items.join(", "));
const id = (text: string): string => `\`${text}\``;
const known = ({ asOf, until }: Provenance): string => `${asOf ?? unknownFact}${until === undefined ? "" : ` to ${until}`}`;
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const table = (head: Cells, rows: readonly Cells[]): string =>
  [head, head.map(() => "---"), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(" | ")} |`).join("\n");

function partyRow(registry: Registry, party: Party, now: number): Cells {
  const { countries, unknown } = reachOf(registry, party.id, now);
  const shares = party.holders.map((holder) => `${holder.party} ${holder.share} %`);
  const parent = [party.parent ?? unknownFact, ...shares].join("; ");
  const reach = [...countries].sort().join(", ") + (unknown.length > 0 ? ` and ${unknownFact}` : "");
  return [id(party.id), party.name, party.country ?? unknownFact, parent, reach, known(party), party.source, party.note ?? ""];
}

function modelRow(model: Model): Cells {
  const developers = [model.developer ?? unknownFact, ...(model.coDevelopers ?? [])];
  const { name, basedOn, licence, weights, source, note } = model;
  return [id(model.id), name, list(developers), list(basedOn), licence ?? unknownFact, weights ?? unknownFact, known(model), source, note ?? ""];
}

function serviceRow(service: Service): Cells {
  const { name, operator, hosts, locatedIn, source, note } = service;
  return [id(service.id), name, operator, list(hosts.map(id)), list(locatedIn), known(service), source, note ?? ""];
}

const exceptionRows = ({ id: service, exceptions }: Service): Cells[] =>
  exceptions.map(({ match, servedBy, locatedIn, note }) => [id(service), id(match), servedBy ?? unknownFact, list(locatedIn), note]);

const groupRow = (group: CountryGroup): Cells => [id(group.id), group.name, list(group.members), known(group), group.source];

const caveatRows = ({ id: group, caveats = [] }: CountryGroup): Cells[] =>
  caveats.map(({ country, caveat, until }) => [id(group), country, until ?? "", caveat]);

const lawRow = (law: Law): Cells => [id(law.id), law.name, law.citation, known(law), law.source, law.note ?? ""];
