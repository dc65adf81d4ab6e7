import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type LedgerReader, openLedgerReader } from "#ledger";
import { estateWith } from "../integration/files.ts";
import { freehold, type House, startHouse, tidy } from "../integration/house.ts";
import { answering, type Behaviour, chunk, json, startUpstream, type Upstream } from "../integration/upstream.ts";

const kinds = ["own", "european", "american"] as const;
type Kind = (typeof kinds)[number];
const classes = ["public", "pseudonymised", "sensitive", "secret"] as const;
type DataClass = (typeof classes)[number];

/** The kinds of backend that each zone takes in, told here a second time and in another way than the judge tells it. */
const zones: Readonly<Record<string, { readonly rule: string; readonly holds: readonly Kind[] }>> = {
  own: { rule: "{ operated-by: [self] }", holds: ["own"] },
  european: { rule: "{ located-in: [EEA], compellable-by: [EEA] }", holds: ["own", "european"] },
  german: { rule: "{ located-in: [DE] }", holds: ["own", "american"] },
  anywhere: { rule: "{ located-in: [ANY] }", holds: kinds },
};

/** A sequence that is the same for the same seed (mulberry32). */
function sequence(seed: number): { below(limit: number): number; pick<Value>(values: readonly Value[]): Value } {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    pick: <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value,
  };
}

interface Rules {
  readonly mayGoTo: Readonly<Record<DataClass, readonly string[]>>;
  readonly orAfter: boolean;
  readonly text: string;
}

function randomRules(random: ReturnType<typeof sequence>): Rules {
  const names = Object.keys(zones).filter(() => random.below(4) > 0);
  const used = names.length < 2 ? ["own", "european"] : names.slice(0, 3);
  const mayGoTo = Object.fromEntries(
    classes.map((name) => [name, used.filter(() => random.below(name === "public" ? 4 : 2) > 0)]),
  ) as unknown as Rules["mayGoTo"];
  const orAfter = random.below(2) === 0;
  const rows = classes.map(
    (name) => `  ${name}: { may-go-to: [${mayGoTo[name].join(", ")}]${name === "sensitive" && orAfter ? ", or-after: pseudonymise" : ""} }`,
  );
  const text = `charter: 1
organisation: { name: Test House, country: DE }
jurisdictions:
  eu: { law: eu-gdpr, people-in: [EEA], process-in: [EEA] }
  uk: { law: uk-gdpr, people-in: [GB], process-in: [FR] }
unknown-origin: refuse
zones:
${used.map((name) => `  ${name}: ${zones[name]?.rule}`).join("\n")}
data:
${rows.join("\n")}
`;
  return { mayGoTo, orAfter, text };
}

const texts = {
  plain: "Hello",
  personal: "Pay to DE89 3704 0044 0532 0130 00, please.",
  secret: `Use ${["ghp", "Zk3Qw9Lr7Tn2Xc5Vb8Hm4Jd6Fs1Gp0YaUeRi"].join("_")} to log in.`,
} as const;
const modes = ["good", "good", "good", "500", "cut", "silent", "429", "400"] as const;
const operations = ["chat/completions", "completions", "embeddings", "responses", "messages", "rerank"] as const;

interface Asked {
  readonly id: string;
  readonly model: string;
  readonly origin: string | undefined;
  readonly declared: DataClass | undefined;
  readonly text: keyof typeof texts;
  readonly operation: (typeof operations)[number];
  readonly stream: boolean;
  readonly modes: readonly (typeof modes)[number][];
}

/** Which kinds of backend may answer: the model of the judge that this test holds it against. */
function permittedKinds({ mayGoTo, orAfter }: Rules, { origin, declared, text }: Asked): readonly Kind[] {
  const found = text === "secret" ? "secret" : text === "personal" ? "sensitive" : "public";
  const level = Math.max(classes.indexOf(found), classes.indexOf(declared ?? "public"));
  const dataClass = classes[level] ?? "secret";
  const processedIn = (kind: Kind): string => (kind === "european" ? "FR" : "DE");
  const inJurisdiction = kinds.filter((kind) => (origin === "DE" || origin === "FR" ? true : origin === "GB" && processedIn(kind) === "FR"));
  const open = (as: DataClass): readonly Kind[] => inJurisdiction.filter((kind) => mayGoTo[as].some((zone) => zones[zone]?.holds.includes(kind)));
  const asItIs = open(dataClass);
  if (asItIs.length > 0 || !orAfter || dataClass !== "sensitive" || declared === "sensitive") return asItIs;
  return open("pseudonymised");
}

const behaviours: Readonly<Record<(typeof modes)[number], Behaviour>> = {
  good: answering(),
  "500": (_received, response) => json(response, 500, { error: { message: "boom" } }),
  "429": (_received, response) => json(response, 429, { error: { message: "slow down" } }, { "retry-after": "1" }),
  "400": (_received, response) => json(response, 400, { error: { message: "no" } }),
  silent: () => undefined,
  cut: ({ body }, response) => {
    response.writeHead(200, { "content-type": body.stream === true ? "text/event-stream" : "application/json" });
    response.write(body.stream === true ? chunk("Half") : '{"choices":[', () => response.destroy());
  },
};

describe("no request reaches a backend outside the permitted set", () => {
  const seeds = [20_261_120, 19_418, 38_572, 4243];
  const perHouse = 90;
  const backends = [
    { kind: "american", models: "{ assistant: { served-as: served }, traveller: { served-as: served } }" },
    { kind: "european", models: "{ assistant: { served-as: served }, traveller: { served-as: served } }" },
    { kind: "own", models: "{ assistant: { served-as: served } }" },
    { kind: "european", models: "{ assistant: { served-as: served } }" },
  ] as const;
  const kindOf = (name: string): Kind => (name.split("-")[0] ?? "") as Kind;
  const upstreams: Upstream[] = [];
  before(async () => {
    for (const _backend of backends) upstreams.push(await startUpstream());
  });
  after(async () => {
    await tidy();
    for (const upstream of upstreams) await upstream.close();
  });

  function randomRequest(random: ReturnType<typeof sequence>, number: number): Asked {
    const operation = random.pick(operations);
    return {
      id: `abuse-${number}`,
      model: random.pick(["assistant", "assistant", "assistant", "traveller", "ghost"]),
      origin: random.pick(["DE", "DE", "FR", "GB", "US", undefined]),
      declared: random.pick([undefined, undefined, ...classes]),
      text: random.pick(["plain", "plain", "personal", "secret"] as const),
      operation,
      stream: operation !== "embeddings" && operation !== "rerank" && random.below(2) === 0,
      modes: backends.map(() => random.pick(modes)),
    };
  }

  function send(house: House, { id, model, origin, declared, text, operation, stream }: Asked): Promise<Response> {
    const content = {
      "chat/completions": { messages: [{ role: "user", content: texts[text] }] },
      completions: { prompt: texts[text] },
      embeddings: { input: texts[text] },
      responses: { input: texts[text] },
      messages: { max_tokens: 9, messages: [{ role: "user", content: texts[text] }] },
      rerank: { query: "x", documents: [texts[text]] },
    };
    return house.fetch(`/v1/${operation}`, {
      method: "POST",
      body: JSON.stringify({ model, ...(stream && { stream }), ...content[operation] }),
      headers: {
        "x-request-id": id,
        ...(origin !== undefined && { "x-freehold-origin": origin }),
        ...(declared !== undefined && { "x-freehold-class": declared }),
      },
    });
  }

  /** What `explain` says of the same requests. */
  async function explained(house: House, asked: readonly Asked[]): Promise<readonly (readonly string[])[]> {
    const lines = asked.map(({ model, origin, declared, text }) => JSON.stringify({ model, origin, class: declared, text: texts[text] }));
    const { code, out, err } = await freehold(["explain", "--cases", "-", "--json"], { cwd: house.folder, input: lines.join("\n") });
    assert.equal(code, 0, err);
    return out
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { backends: readonly string[] }).backends);
  }

  for (const seed of seeds) {
    it(`on any endpoint, stream, class, origin, fault or fallback; each is on disk before (litellm#19418, #14052, #38572; bifrost#4243; charter ${seed})`, async (test) => {
      const random = sequence(seed);
      const rules = randomRules(random);
      const names = backends.map(({ kind }, index) => `${kind}-${index}`);
      const more = ["timeouts: { connect: 1s, first-byte: 120ms, between-chunks: 120ms }", `retries: ${random.below(2)}`];
      const estate = estateWith(backends.map((backend, index) => ({ ...backend, more, name: names[index] ?? "", url: upstreams[index]?.url ?? "" })));
      const house = await startHouse({ charter: rules.text, estate });
      const asked = Array.from({ length: perHouse }, (_empty, number) => randomRequest(random, number));
      const byId = new Map(asked.map((one) => [one.id, one]));

      const opened = openLedgerReader(house.data);
      assert.ok(opened.ok);
      const ledger: LedgerReader = opened.value;
      const arrivals: { readonly id: string; readonly backend: string }[] = [];
      const wrong: string[] = [];
      for (const [index, upstream] of upstreams.entries()) {
        const name = names[index] ?? "";
        upstream.behave((received, response) => {
          const id = String(received.headers["x-request-id"]);
          arrivals.push({ id, backend: name });
          const [decision] = [...ledger.read({ requestId: id, kind: "decision" })];
          const listed = (decision?.backends ?? []) as readonly string[];
          if (decision?.verdict !== "allow" || !listed.includes(name)) wrong.push(`${id} at ${name} before its decision: ${JSON.stringify(decision)}`);
          return behaviours[byId.get(id)?.modes[index] ?? "good"](received, response);
        });
      }

      let next = 0;
      const statuses = new Map<number, number>();
      const worker = async (): Promise<void> => {
        for (let one = asked[next++]; one !== undefined; one = asked[next++]) {
          const response = await send(house, one);
          await response.text();
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        }
      };
      await Promise.all(Array.from({ length: 12 }, worker));
      const told = await explained(house, asked);
      await house.stop();

      assert.deepEqual(wrong, []);
      for (const [index, one] of asked.entries()) {
        const kindsAllowed = permittedKinds(rules, one);
        const serving = names.filter((_name, at) => backends[at]?.models.includes(one.model));
        const expected = serving.filter((name) => kindsAllowed.includes(kindOf(name)));
        const [decision] = [...ledger.read({ requestId: one.id, kind: "decision" })];
        assert.deepEqual(decision?.backends, expected, JSON.stringify(one));
        assert.deepEqual(told[index], expected, `explain says the same of ${JSON.stringify(one)}`);
        const reached = arrivals.filter(({ id }) => id === one.id).map(({ backend }) => backend);
        assert.deepEqual(
          reached.filter((name) => !expected.includes(name)),
          [],
          JSON.stringify(one),
        );
      }
      ledger.close();
      test.diagnostic(`${arrivals.length} arrivals; ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}`);
      assert.ok(arrivals.length > 0 || Object.values(rules.mayGoTo).every((open) => open.length === 0), "some of it went somewhere");
    });
  }
});
