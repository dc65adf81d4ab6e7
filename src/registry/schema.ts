import { z } from "zod";
import { isCountry } from "./countries.ts";
import { startOfDay } from "./days.ts";
import type { CountryGroup, Law, Model, Party, Service } from "./facts.ts";

const text = z.string().trim().min(1);
const country = z.string().refine(isCountry, "is not an ISO 3166-1 alpha-2 country code");
const day = z.string().refine((word) => startOfDay(word) !== undefined, "is not a day of the calendar, YYYY-MM-DD");
const reference = z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, "is not an id: small letters, digits, dots and hyphens");
/** Words that mean something else where an id is expected. */
const reserved = ["none", "self"];

/** A table of rows by id, each with its source and dates; `until` may be missing where a fact does not wear out. */
const table = <Shape extends z.ZodRawShape>(shape: Shape, id: z.ZodType<string, string> = reference) =>
  z.record(
    id.refine((word) => !reserved.includes(word), "is a reserved word"),
    z
      .strictObject({ ...shape, source: text, "as-of": day, until: day.optional() })
      .refine((row) => !endsBeforeItBegins(row as unknown as Dated), { path: ["until"], message: "lies before as-of" }),
  );

const countries = z.array(country).min(1);

const parties = table({
  name: text,
  country: country.optional(),
  parent: z.union([z.literal("none"), reference]).optional(),
  holders: z
    .array(z.strictObject({ party: reference, share: z.number().positive().max(100) }))
    .refine((holders) => holders.reduce((sum, holder) => sum + holder.share, 0) <= 100, "add up to more than 100 percent")
    .optional(),
  reach: z.array(z.strictObject({ country, reason: text })).optional(),
  note: text.optional(),
}).transform((rows) =>
  byId(rows, (row, id): Party => {
    const { name, country, parent, holders = [], reach = [], note } = row;
    return { id, name, country, parent, self: false, holders, reach, note, ...dated(row) };
  }),
);

const models = table({
  name: text,
  developer: reference.optional(),
  "co-developers": z.array(reference).min(1).optional(),
  licence: text.optional(),
  weights: z.enum(["open", "closed"]).optional(),
  "based-on": z.array(reference).min(1).optional(),
  note: text.optional(),
}).transform((rows) =>
  byId(rows, (row, id): Model => {
    const { name, developer, licence, weights, note } = row;
    return { id, name, developer, coDevelopers: row["co-developers"] ?? [], licence, weights, basedOn: row["based-on"] ?? [], note, ...dated(row) };
  }),
);

const services = table({
  name: text,
  operator: reference,
  hosts: z.array(z.string().regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, "is not a host name, exact or with a leading *.")).min(1),
  "base-url": z.url({ protocol: /^https$/ }).optional(),
  "located-in": countries.optional(),
  exceptions: z.array(z.strictObject({ match: text, "served-by": reference.optional(), "located-in": countries.optional(), note: text })).optional(),
  note: text.optional(),
}).transform((rows) =>
  byId(rows, (row, id): Service => {
    const { name, operator, hosts, note } = row;
    const exceptions = (row.exceptions ?? []).map((exception) => ({
      match: exception.match,
      servedBy: exception["served-by"],
      locatedIn: exception["located-in"],
      note: exception.note,
    }));
    return { id, name, operator, hosts, baseUrl: row["base-url"], locatedIn: row["located-in"], exceptions, note, ...dated(row) };
  }),
);

const laws = table({ name: text, citation: text, note: text.optional() }).transform((rows) =>
  byId(rows, (row, id): Law => ({ id, name: row.name, citation: row.citation, note: row.note, ...dated(row) })),
);

const groupId = z.string().regex(/^[A-Z]{2,}$/, "is not a group's id: capital letters");
const member = z.union([country, z.strictObject({ country, caveat: text, until: day.optional() })]);

const groups = table({ name: text, members: z.array(member).min(1) }, groupId).transform((rows) =>
  byId(rows, (row, id): CountryGroup => {
    const members = row.members.map((entry) => (typeof entry === "string" ? entry : entry.country));
    const caveats = row.members.flatMap((entry) => (typeof entry === "string" ? [] : [{ ...entry, until: entry.until }]));
    return { id, name: row.name, members, caveats, ...dated(row) };
  }),
);

/** The shapes of the five files, each a table by id that becomes a map of facts. */
export const schemas = { parties, models, services, laws, groups };

interface Dated {
  readonly source: string;
  readonly "as-of": string;
  readonly until?: string | undefined;
}

const endsBeforeItBegins = ({ "as-of": asOf, until }: Dated): boolean => until !== undefined && until < asOf;

const dated = (row: Dated): { source: string; asOf: string; until: string | undefined } => ({ source: row.source, asOf: row["as-of"], until: row.until });

function byId<Row, Fact>(rows: Record<string, Row>, fact: (row: Row, id: string) => Fact): ReadonlyMap<string, Fact> {
  return new Map(Object.entries(rows).map(([id, row]) => [id, fact(row, id)]));
}
