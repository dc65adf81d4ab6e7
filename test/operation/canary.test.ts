import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { charterWithPseudonyms, estateWith } from "../integration/files.ts";
import { freehold, type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { answering, type Behaviour, chunk, json, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, question } from "./asking.ts";

/** Each occurs in one place alone, so that a leak tells where it came from. */
const canary = {
  adminKey: "canary-admin-key-7f3a9c51d2e84b60",
  backendCredential: "canary-backend-credential-19ad77",
  wrongKey: "canary-wrong-key-55aa01",
  thing: "a canary that is nobody",
  mail: "zacharias.canary@quendel.example",
  iban: "DE02120300000000202051",
  name: "Zacharias Quendelmayr",
  answer: "the canary in the answer sings",
  backendError: "the canary in the backend's error sings",
  header: "canary-of-a-header",
  cookie: "canary-of-a-cookie",
  agent: "canary-of-an-agent",
  model: "canary-of-a-model",
  requestId: "canary.of.an.id@example.org",
  query: "canary-of-a-query",
  path: "canary-of-a-path",
  field: "canary-of-a-field",
  explained: "canary-of-explain@quendel.example",
} as const;

const prompt = `${canary.thing}: ${canary.name}, ${canary.mail}, ${canary.iban}`;
const messages = [{ role: "user", content: prompt }];
const headers = {
  "x-canary": canary.header,
  cookie: `c=${canary.cookie}`,
  "user-agent": canary.agent,
  "x-request-id": canary.requestId,
  "x-forwarded-for": canary.header,
};

/** All the ways in which a backend may fail, with a canary in whatever it says. */
const failures: readonly Behaviour[] = [
  (_received, response) => json(response, 500, { error: { message: canary.backendError } }),
  (_received, response) => json(response, 401, { error: { message: `${canary.backendError} ${canary.backendCredential}` } }),
  (_received, response) => json(response, 403, { error: { message: `${canary.backendError} ${canary.backendCredential}` } }),
  (_received, response) => json(response, 429, { error: { message: canary.backendError } }, { "retry-after": "1" }),
  (_received, response) => json(response, 200, { error: { message: canary.backendError } }),
  (_received, response) => json(response, 302, {}, { location: `http://127.0.0.1:1/${canary.backendError.replaceAll(" ", "-")}` }),
  (_received, response) => void response.writeHead(200, { "content-type": "text/html" }).end(canary.backendError),
  (_received, response) => void response.writeHead(200, { "content-type": "application/json" }).end(`{"broken": "${canary.backendError}`),
  (_received, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write(`{"cut": "${canary.backendError}`, () => response.destroy());
  },
  (_received, response) => void response.socket?.end(`HTTP/1.1 ${canary.backendError}\r\n\r\n`),
];

describe("secrets and personal data", () => {
  let upstream: Upstream;
  let house: House;
  let clientKey = "";
  /** What was shown to anyone but the one whose data it is, by where. */
  const shown: [string, string][] = [];
  before(async () => {
    upstream = await startUpstream(answering(canary.answer));
    const more = ["credential: env:CANARY_CREDENTIAL", "retries: 0", "timeouts: { connect: 1s, first-byte: 2s, between-chunks: 1s }"];
    house = await startHouse({
      charter: charterWithPseudonyms,
      estate: estateWith(
        [
          { name: "first", url: upstream.url, kind: "european", more },
          { name: "dead", url: "http://127.0.0.1:9/v1", kind: "european", models: "{ nothing: { served-as: served } }", more },
        ],
        "limits: { body: 1MB }\n",
      ),
      env: { FREEHOLD_ADMIN_KEY: canary.adminKey, CANARY_CREDENTIAL: canary.backendCredential, FREEHOLD_LOG_LEVEL: "debug" },
    });
    clientKey = ((await (await admin("POST", "/keys", { origin: "DE" })).json()) as { key: string }).key;
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  const admin = (method: string, path: string, body?: unknown): Promise<Response> =>
    house.fetch(`/admin/api${path}`, {
      method,
      headers: { authorization: `Bearer ${canary.adminKey}` },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });

  const ask = (body: Record<string, unknown> | string, more: Record<string, string> = {}) =>
    chat(house, body, { ...headers, authorization: `Bearer ${clientKey}`, ...more });

  const keep = async (where: string, response: Response): Promise<Response> => {
    const text = await response.text();
    shown.push([where, `${[...response.headers].join("\n")}\n\n${text}`]);
    return response;
  };

  it("go to the backend as the charter lets them, and come back to their owner alone", async () => {
    for (const stream of [false, true]) {
      const response = await ask({ messages, stream });
      assert.equal(response.status, 200);
      assert.match(await response.text(), /canary/);
    }
    for (const [path, body] of [
      ["completions", { prompt }],
      ["embeddings", { input: prompt }],
    ] as const) {
      const response = await house.fetch(`/v1/${path}`, {
        method: "POST",
        body: JSON.stringify({ model: "assistant", ...body }),
        headers: { ...headers, authorization: `Bearer ${clientKey}` },
      });
      assert.equal(response.status, 200);
      await response.arrayBuffer();
    }
    assert.equal(upstream.received.length, 4);
    for (const received of upstream.received) {
      assert.equal(received.headers.authorization, `Bearer ${canary.backendCredential}`);
      const told = `${JSON.stringify(received.headers)}${received.path}${received.raw}`;
      assert.ok(told.includes(canary.thing), "what no recogniser finds and the charter lets go, goes");
      for (const secret of [clientKey, canary.adminKey, canary.name, canary.mail, canary.iban, canary.header, canary.cookie, canary.agent, canary.requestId])
        assert.equal(told.includes(secret), false, `the backend got ${secret}`);
    }
  });

  it("stand in no error, whatever fails", async () => {
    for (const [index, behaviour] of failures.entries()) {
      for (const stream of [false, true]) {
        upstream.behave(behaviour);
        const response = await keep(`failure ${index}`, await ask({ messages, stream }));
        assert.ok(response.status >= 400, `failure ${index} gives ${response.status}`);
        upstream.behave(answering());
        // The circuit may have opened; it must not hide the next failure.
        await until(async () => (await ask({})).status === 200, "the backend is asked again", 30_000);
      }
    }
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("half"), () => response.destroy());
    });
    await keep("cut stream", await ask({ messages, stream: true }));
    upstream.behave(answering(canary.answer));
    await keep("dead backend", await ask({ messages, model: "nothing" }));
    await keep("refused", await ask({ messages }, { "x-freehold-class": "secret" }));
    await keep("unknown origin", await chat(house, { messages }, { ...headers, authorization: `Bearer ${canary.adminKey}`, "x-freehold-origin": "XX" }));
    await keep("malformed JSON", await ask(`{"model":"assistant","messages":[{"role":"user","content":"${prompt}"`));
    await keep("wrong types", await ask({ messages: prompt }));
    await keep("moved destination", await ask({ messages, api_base: canary.field, base_url: canary.field }));
    await keep("stream of a wrong type", await ask({ messages, stream: canary.field }));
    await keep("too large", await ask({ messages, padding: canary.field.repeat(60_000) }));
    await keep("bad class", await ask({ messages }, { "x-freehold-class": canary.header }));
    await keep("bad origin", await ask({ messages }, { "x-freehold-origin": canary.header }));
    await keep("bad type", await ask(question({ messages }), { "content-type": `text/${canary.header}` }));
    await keep("wrong key", await ask({ messages }, { authorization: `Bearer ${canary.wrongKey}` }));
    await keep("another scheme", await ask({ messages }, { authorization: `Basic ${canary.wrongKey}` }));
    for (const path of [
      `/${canary.path}`,
      `/v1/${canary.path}?q=${canary.query}`,
      `/healthz?q=${canary.query}`,
      `/v1/models/${canary.path}`,
      `/?q=${canary.query}`,
    ])
      await keep(path.replaceAll(/canary[\w-]*/g, "…"), await house.fetch(path, { headers: { ...headers, authorization: `Bearer ${clientKey}` } }));
    await keep("wrong method", await house.fetch(`/v1/chat/completions?q=${canary.query}`, { headers }));
    await (await ask({ messages, model: canary.model })).arrayBuffer();
    await raw(
      `POST /v1/chat/completions?q=${canary.query} HTTP/1.1\r\nHost: ${canary.header}\r\nAuthorization: Bearer ${clientKey}\r\nAuthorization: Bearer x\r\n\r\n`,
    );
    await raw(`${canary.path} ${canary.query}\r\n\r\n`);
    await raw(`GET http://${canary.path}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    assert.ok(shown.length > 40);
  });

  /** Bytes that no HTTP client would send. */
  async function raw(bytes: string): Promise<void> {
    const { hostname, port } = new URL(house.address);
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.setTimeout(1000, () => socket.destroy());
    socket.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    socket.write(bytes);
    await new Promise((resolve) => socket.once("close", resolve));
    assert.match(text, /^HTTP\/1\.1 4/);
    shown.push(["raw bytes", text]);
  }

  it("stand in no answer of the admin API", async () => {
    await keep("explain", await admin("POST", "/explain", { model: "assistant", origin: "DE", text: `${canary.explained} ${canary.iban}` }));
    await keep("explain, no such model", await admin("POST", "/explain", { model: "assistant", tenant: "nobody", text: canary.explained }));
    await keep("broken JSON", await admin("POST", "/keys", `{"label": "${canary.field}`));
    await keep("not an origin", await admin("POST", "/keys", { origin: canary.field }));
    await keep("no such key", await admin("DELETE", `/keys/${canary.path}`));
    await keep("no such address", await admin("GET", `/${canary.path}`));
    await keep("a key's list", await admin("GET", "/keys"));
    await keep("status", await admin("GET", "/status"));
    await keep("ledger", await admin("GET", "/ledger"));
    await keep("reload", await admin("POST", "/reload", {}));
    await keep("forbidden", await house.fetch("/admin/api/keys", { headers: { ...headers, authorization: `Bearer ${clientKey}` } }));
    await keep("openapi", await admin("GET", "/openapi.json"));
    await keep("metrics", await house.fetch("/metrics"));
    await keep("page", await house.fetch("/"));
    const listed = await freehold(["key", "list", "--data", house.data]);
    assert.equal(listed.code, 0);
    shown.push(["key list", listed.out + listed.err]);
  });

  it("stand in neither the ledger, nor the log, nor the metrics, nor any file of the data folder", async () => {
    const entries = await ledgerOf(house);
    assert.ok(entries.filter(({ kind }) => kind === "outcome").length > 20);
    shown.push(["ledger show", JSON.stringify(entries)]);
    const filesNow = (): [string, string][] =>
      readdirSync(house.data, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [`data/${name}`, readFileSync(join(parentPath, name)).toString("latin1")]);
    const running = filesNow();
    assert.ok(running.some(([name]) => name.endsWith("-wal")));
    assert.equal(await house.stop(), 0);
    shown.push(...running, ...filesNow(), ["log", house.said()]);
    assert.match(house.said(), /"msg":"backend attempt failed"/);
    assert.match(house.said(), /"msg":"answered"/);
    const secrets = { ...canary, clientKey, secretPart: clientKey.slice(11) };
    const leaks = shown.flatMap(([where, text]) =>
      Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [`${where} shows ${name}`] : [])),
    );
    assert.deepEqual(leaks, []);
  });
});
