import fc from "fast-check";
import type { DecisionId } from "#kernel";
import type { Registry } from "#registry";
import { type Charter, dataClasses } from "../../charter.ts";
import type { Facts, TenantRules } from "../../decision.ts";
import type { Backend, Estate } from "../../estate.ts";
import { charterOf, estateOf, group, model, noon, party, registryOf, service } from "./world.ts";

/** Random charters, estates, registries and facts over a vocabulary so small that everything meets everything, hostile names included. */
export interface World {
  readonly charter: Charter;
  readonly estate: Estate;
  readonly registry: Registry;
}

const days = ["2026-03-31", "2026-06-30", "2026-12-31"] as const;
const nows = [...days.flatMap((day) => [noon(day), noon(day) + 86_400_000]), Date.parse("2026-06-30T23:59:59.999Z"), Date.parse("2026-07-01T00:00:00Z")];
const countries = ["DE", "FR", "US", "GB"] as const;
const partyIds = ["p0", "p1", "p2", "own", "__proto__"] as const;
const modelIds = ["m0", "m1", "constructor"] as const;
const zoneNames = ["z0", "z1", "__proto__"] as const;
const publicNames = ["assistant", "toString"] as const;
const siteNames = ["keller"] as const;

/** Mostly one of the known, now and then a dangling one. */
const oneOf = (names: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.constantFrom("ghost", "") });
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(arbitrary, { nil: undefined, freq: 20 });
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const country = fc.oneof({ weight: 4, arbitrary: fc.constant("DE") }, { weight: 1, arbitrary: fc.constantFrom(...countries) });
const someCountries = fc.oneof({ weight: 9, arbitrary: country.map((one) => [one]) }, { weight: 1, arbitrary: fc.array(country, { maxLength: 2 }) });
const dates = fc.record({ asOf: mostly(fc.constant("2026-01-01")), until: rarely(fc.constantFrom(...days)) });
const countryList = fc.oneof(
  { weight: 8, arbitrary: fc.constant(["EEA"]) },
  { weight: 1, arbitrary: fc.constant(["ANY"]) },
  { weight: 3, arbitrary: fc.uniqueArray(fc.constantFrom("EEA", "OLD", ...countries), { maxLength: 3 }) },
);

const anyParty = (id: string) =>
  fc
    .record({
      country: mostly(country),
      parent: fc.oneof(
        { weight: 15, arbitrary: fc.constant("none") },
        { weight: 2, arbitrary: oneOf(partyIds) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      holders: fc.oneof(
        { weight: 5, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.record({ party: oneOf(partyIds), share: fc.constantFrom(10, 30, 50, 51, 80) }), { maxLength: 2 }) },
      ),
      reach: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: country.map((where) => [{ country: where, reason: "test" }]) }),
      dates,
    })
    .map((row) => party(id, row.country, { ...row.dates, parent: row.parent, holders: row.holders, reach: row.reach, self: id === "own" }));

const anyModel = (id: string) =>
  fc
    .record({
      developer: mostly(oneOf(partyIds)),
      coDevelopers: fc.array(oneOf(partyIds), { maxLength: 1 }),
      basedOn: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(oneOf(modelIds), { maxLength: 2 }) }),
      dates,
    })
    .map((row) => model(id, row.developer, { ...row.dates, coDevelopers: row.coDevelopers, basedOn: row.basedOn }));

const anyService = fc
  .record({
    operator: oneOf(partyIds),
    locatedIn: mostly(someCountries),
    exceptions: fc.array(
      fc.record({
        match: fc.constantFrom("gpt-*", "gpt-5", "*"),
        servedBy: mostly(oneOf(partyIds)),
        locatedIn: mostly(someCountries),
        note: fc.constant("test"),
      }),
      { maxLength: 1 },
    ),
    dates,
  })
  .map((row) => service("hub", row.operator, ["api.hub.example", "*.cloud.example"], { ...row.dates, locatedIn: row.locatedIn, exceptions: row.exceptions }));

const anyRegistry: fc.Arbitrary<Registry> = fc
  .record({
    parties: fc.tuple(...partyIds.map(anyParty)),
    models: fc.tuple(...modelIds.map(anyModel)),
    service: anyService,
    old: dates,
    caveat: rarely(fc.constantFrom(...days)),
  })
  .map(({ parties, models, service: hub, old, caveat }) =>
    registryOf({
      parties,
      models,
      services: [hub],
      groups: [group("EEA", ["DE", "FR"]), group("OLD", ["GB", "US"], { ...old, caveats: [{ country: "GB", caveat: "test", until: caveat }] })],
    }),
  );

const optional = <Value>(name: string, value: Value | undefined): Record<string, Value> => (value === undefined ? {} : { [name]: value });

const anyServed = fc
  .record({
    name: fc.constantFrom(...publicNames),
    servedAs: fc.constantFrom("gpt-5", "small"),
    model: mostly(oneOf(modelIds)),
    servedBy: rarely(oneOf(partyIds)),
    locatedIn: rarely(someCountries),
    operations: rarely(fc.subarray(["chat/completions", "completions", "embeddings", "rerank"] as const)),
  })
  .map((row) => ({
    name: row.name,
    servedAs: row.servedAs,
    ...optional("model", row.model),
    ...optional("servedBy", row.servedBy),
    ...optional("locatedIn", row.locatedIn),
    ...optional("operations", row.operations),
  }));

const anyBackend = (name: string): fc.Arbitrary<Backend> =>
  fc
    .record({
      url: fc.constantFrom(undefined, "http://10.0.0.1/v1", "https://api.hub.example/v1", "https://de.cloud.example/v1"),
      site: fc.option(oneOf(siteNames), { nil: undefined, freq: 2 }),
      operator: fc.option(oneOf(partyIds), { nil: undefined, freq: 6 }),
      locatedIn: fc.option(someCountries, { nil: undefined, freq: 6 }),
      hardware: mostly(fc.array(oneOf(partyIds), { maxLength: 1 })),
      models: fc.uniqueArray(anyServed, { minLength: 1, maxLength: 2, selector: (served) => served.name }),
    })
    .map((row) => ({
      ...charterless(name),
      models: row.models,
      ...optional("url", row.url === undefined ? undefined : new URL(row.url)),
      ...optional("site", row.site),
      ...optional("operator", row.operator),
      ...optional("locatedIn", row.locatedIn),
      ...optional("hardware", row.hardware),
    }));

const charterless = (name: string): Omit<Backend, "models"> => ({
  name,
  engine: "openai",
  timeouts: { connect: 1, firstByte: 1, betweenChunks: 1 },
  limits: { concurrency: 1, queue: 1, queueTimeout: 1 },
  retries: 0,
  tls: {},
});

const anyEstate: fc.Arbitrary<Estate> = fc
  .record({
    backends: fc.tuple(anyBackend("b0"), anyBackend("b1"), anyBackend("b2")),
    parties: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: anyParty("p1").map((row) => [row]) }),
    site: fc.record({ country, operator: oneOf(["own", "own", ...partyIds]) }),
  })
  .map(({ backends, parties, site }) => estateOf(backends, { parties, sites: [{ name: "keller", ...site }] }));

const anyZone = (name: string) =>
  fc
    .record({
      locatedIn: fc.option(countryList, { freq: 2 }),
      compellableBy: fc.option(countryList, { freq: 2 }),
      operatedBy: fc.option(fc.subarray(["self", ...partyIds, "ghost"], { minLength: 2 }), { freq: 2 }),
    })
    .map((row) => ({
      name,
      ...optional("locatedIn", row.locatedIn ?? undefined),
      ...optional("compellableBy", row.compellableBy ?? undefined),
      ...optional("operatedBy", row.operatedBy ?? undefined),
    }));

const zoneList = fc.oneof(fc.constant([...zoneNames]), fc.subarray([...zoneNames, "ghost"]));
const anyRisk = fc.record({
  id: fc.constant("risk"),
  concerns: fc.oneof(
    fc.constantFrom(...partyIds).map((id) => `hardware:${id}`),
    fc.constantFrom(...partyIds).map((id) => `developer:${id}`),
    fc.constantFrom(...modelIds).map((id) => `model:${id}`),
  ),
  reason: fc.constant("test"),
  acceptedBy: fc.constant("CISO"),
  until: fc.constantFrom(...days),
});

const anyCharter: fc.Arbitrary<Charter> = fc
  .record({
    jurisdictions: fc.tuple(
      ...["eu", "uk"].map((name) => fc.record({ name: fc.constant(name), law: fc.constant("law"), peopleIn: countryList, processIn: countryList })),
    ),
    unknownOrigin: fc.constantFrom("refuse", "uk", "ghost"),
    zones: fc.tuple(...zoneNames.map(anyZone)),
    lists: fc.tuple(zoneList, zoneList, zoneList, zoneList),
    orAfter: fc.constantFrom(undefined, "pseudonymise" as const, "pseudonymise-even-if-declared" as const),
    developedIn: rarely(countryList),
    madeBy: rarely(countryList),
    acceptedRisks: fc.array(anyRisk, { maxLength: 3 }),
  })
  .map(({ lists, orAfter, developedIn, madeBy, ...rest }) => {
    const [open, pseudonymised, sensitive, secret] = lists;
    return charterOf({
      ...rest,
      data: {
        public: { mayGoTo: open },
        pseudonymised: { mayGoTo: pseudonymised },
        sensitive: { mayGoTo: sensitive, ...optional("orAfter", orAfter) },
        secret: { mayGoTo: secret },
      },
      provenance: {
        ...(developedIn === undefined ? {} : { models: { developedIn } }),
        ...(madeBy === undefined ? {} : { hardware: { madeBy } }),
      },
    });
  });

const dataClass = fc.constantFrom(...dataClasses);

const anyTenant: fc.Arbitrary<TenantRules> = fc
  .record({
    id: fc.constantFrom("t1", "t2"),
    floor: rarely(dataClass),
    classes: rarely(fc.record({ iban: dataClass, other: dataClass }, { requiredKeys: [] })),
    models: rarely(fc.subarray([...publicNames])),
    mayGoTo: rarely(fc.record({ public: zoneList, pseudonymised: zoneList, sensitive: zoneList }, { requiredKeys: [] })),
  })
  .map((row) => ({
    id: row.id,
    ...optional("floor", row.floor),
    ...optional("classes", row.classes),
    ...optional("models", row.models),
    ...optional("mayGoTo", row.mayGoTo),
  }));

export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    now: fc.constantFrom(...nows),
    model: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...publicNames) }, { weight: 1, arbitrary: fc.constantFrom("", "__proto__", "gpt-9") }),
    operation: fc.constantFrom(undefined, "chat/completions" as const, "embeddings" as const),
    origin: mostly(country),
    declared: rarely(dataClass),
    detected: fc.array(
      fc.record({
        type: fc.constantFrom("iban", "__proto__"),
        count: fc.nat(3),
        class: fc.constantFrom("pseudonymised" as const, "sensitive" as const, "sensitive" as const, "sensitive" as const, "secret" as const),
        replaceable: fc.constantFrom(true, true, true, false),
      }),
      { maxLength: 2 },
    ),
    tenant: anyTenant,
    entitled: rarely(fc.subarray([...publicNames])),
  })
  .map(({ operation, entitled, ...rest }) => ({
    id: "dec_test" as DecisionId,
    ...rest,
    ...optional("operation", operation),
    ...optional("entitled", entitled),
  }));

/** The estate's undated rows on shipped parties and models: repeated word for word, or with one thing said differently. */
const restatement = fc.record({ row: fc.constantFrom(undefined, "party" as const, "model" as const), different: fc.boolean() });

export const anyWorld: fc.Arbitrary<World> = fc
  .record({ charter: anyCharter, estate: anyEstate, registry: anyRegistry, restated: restatement })
  .map(({ charter, estate, registry, restated }) => {
    const undated = { asOf: undefined, until: undefined };
    const ofParty = restated.row === "party" ? registry.parties.get("p0") : undefined;
    const ofModel = restated.row === "model" ? registry.models.get("m0") : undefined;
    const parties = ofParty === undefined ? [] : [{ ...ofParty, ...undated, ...(restated.different && { country: "FR" }) }];
    const models = ofModel === undefined ? [] : [{ ...ofModel, ...undated, ...(restated.different && { developer: "p2" }) }];
    return { charter, registry, estate: { ...estate, parties: [...estate.parties, ...parties], models } };
  });
