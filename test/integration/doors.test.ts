import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Instance, start } from "#app";
import { createGateway, type GatewayOptions } from "#gateway";
import { type Door, doors, type Place } from "./doors.ts";
import { charter, charterWithPseudonyms, estateWith } from "./files.ts";
import { adminKey, newFolder, tidy } from "./house.ts";
import { type Behaviour, json, startUpstream, type Upstream } from "./upstream.ts";

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Behind these doors nothing is asked of a backend: they administer the house. */
const inner = (path: string): boolean => path.startsWith("/admin/api/");
/** Doors that are known and closed, and all below them. */
const closed = [
  "/v1/files",
  "/v1/uploads",
  "/v1/batches",
  "/v1/fine_tuning/jobs",
  "/v1/messages/batches",
  "/v1/messages/count_tokens",
  "/v1/responses/input_tokens",
  "/v1/responses/compact",
  "/v1/conversations",
];
const isClosed = (path: string): boolean => closed.some((one) => path === one || path === `${one}/*`);

/** Routes that take a body, and that no test here has looked behind. What is no POST at a door is refused with 405, which is tried below. */
const uncovered = (routes: readonly Route[]): readonly string[] =>
  routes
    .filter(({ method }) => method !== "GET" && method !== "HEAD" && method !== "OPTIONS")
    .filter(({ path }) => !inner(path) && !isClosed(path) && !doors.some((door) => door.path === path))
    .map(({ method, path }) => `${method} ${path}`);

const refusing = charter.replace("sensitive: { may-go-to: [own] }", "sensitive: { may-go-to: [] }");
const personal = "jane.doe@example.org";

interface House {
  readonly instance: Instance;
  post(path: string, body: unknown, method?: string): Promise<Response>;
}

async function open(text: string, upstream: Upstream): Promise<House> {
  const folder = newFolder();
  const files = { charter: join(folder, "charter.yaml"), estate: join(folder, "estate.yaml") };
  writeFileSync(files.charter, text);
  writeFileSync(files.estate, estateWith([{ name: "own", url: upstream.url, kind: "own", more: ["retries: 0"] }]));
  const settings = { ...files, data: join(folder, "data"), host: "127.0.0.1", port: 0, adminKey, drain: 0 };
  const started = await start(settings, { logLevel: "silent", environment: {} });
  assert.ok(started.ok, JSON.stringify(started));
  const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json", "x-freehold-origin": "DE" };
  return {
    instance: started.value,
    post: (path, body, method = "POST") => fetch(`${started.value.address}${path}`, { method, headers, body: JSON.stringify(body) }),
  };
}

/** The sample with one text in the place of that number and another one everywhere else, and the fates of all places. */
function filled(door: Door, text: (place: number) => string): { readonly body: Record<string, unknown>; readonly fates: readonly string[] } {
  const fates: string[] = [];
  const at: Place = (fate) => {
    fates.push(fate);
    return text(fates.length - 1);
  };
  return { body: { model: "assistant", ...door.sample(at) }, fates };
}

/** All strings in a value, names of members too, JSON in strings included. */
function strings(value: unknown): readonly string[] {
  if (typeof value === "string") {
    if (!/^[[{]/.test(value)) return [value];
    return strings(JSON.parse(value));
  }
  if (Array.isArray(value)) return value.flatMap(strings);
  return typeof value === "object" && value !== null ? Object.entries(value).flatMap(([name, member]) => [name, ...strings(member)]) : [];
}

/** Says back, in a text and in the arguments of a call, every e-mail address or token for one that it was sent. */
const echo: Behaviour = async ({ body, path }, response) => {
  const said = [...new Set(strings(body).flatMap((text) => text.match(/\p{Lu}\p{Ll}+_[0-9A-Z]+|\S+@\S+/gu) ?? []))];
  const text = `I saw ${said.join(" and ")}.`;
  const call = { id: "call_z", type: "function", function: { name: "f", arguments: JSON.stringify({ said }) } };
  if (path.endsWith("/embeddings"))
    return json(response, 200, { object: "list", model: "served", data: [{ object: "embedding", index: 0, embedding: [0.5] }] });
  if (path.endsWith("/rerank")) {
    const rows = (body.documents as unknown[]).map((document, index) => ({
      index,
      relevance_score: 0.5,
      document: typeof document === "string" ? { text: document } : document,
    }));
    return json(response, 200, { id: "r", model: "served", results: rows, usage: { prompt_tokens: 4, total_tokens: 4 } });
  }
  const isChat = path.endsWith("/chat/completions");
  if (body.stream !== true) {
    const choice = isChat
      ? { message: { role: "assistant", content: text, tool_calls: [call] }, finish_reason: "tool_calls" }
      : { text, finish_reason: "stop" };
    return json(response, 200, { id: "c", object: "chat.completion", created: 1, model: "served", choices: [{ index: 0, ...choice }] });
  }
  const chunk = (choice: object) =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "served", choices: [{ index: 0, finish_reason: null, ...choice }] })}\n\n`;
  const pieces = (whole: string) => whole.match(/.{1,3}/gsu) ?? [];
  const events = isChat
    ? [
        ...pieces(text).map((content) => chunk({ delta: { content } })),
        chunk({ delta: { tool_calls: [{ index: 0, ...call, function: { name: "f", arguments: "" } }] } }),
        ...pieces(call.function.arguments).map((piece) => chunk({ delta: { tool_calls: [{ index: 0, function: { arguments: piece } }] } })),
        chunk({ delta: {}, finish_reason: "tool_calls" }),
      ]
    : pieces(text).map((piece) => chunk({ text: piece }));
  response.writeHead(200, { "content-type": "text/event-stream" });
  const bytes = Buffer.from(`${events.join("")}data: [DONE]\n\n`);
  for (let at = 0; at < bytes.length; at += 97) {
    response.write(bytes.subarray(at, at + 97));
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
};

/** What a client reads of the answer: its texts put together, and its arguments. */
function read(text: string, streamed: boolean): { readonly said: string; readonly complete: boolean } {
  if (!streamed) return { said: strings(JSON.parse(text)).join("\n"), complete: true };
  let said = "";
  let calls = "";
  for (const [, data = ""] of text.matchAll(/^data: (.*)$/gm)) {
    if (data === "[DONE]") continue;
    const event = JSON.parse(data) as Record<string, unknown>;
    const { delta, type, choices } = event as { delta?: unknown; type?: string; choices?: { delta?: Record<string, unknown>; text?: string }[] };
    if (type === "response.output_text.delta") said += String(delta);
    else if (type === "response.function_call_arguments.delta") calls += String(delta);
    else if (type === "content_block_delta") {
      const { text: words = "", partial_json: piece = "" } = delta as { text?: string; partial_json?: string };
      said += words;
      calls += piece;
    } else {
      const choice = choices?.[0];
      said += String(choice?.delta?.content ?? choice?.text ?? "");
      for (const call of (choice?.delta?.tool_calls ?? []) as { function: { arguments: string } }[]) calls += call.function.arguments;
    }
  }
  return { said: `${said}\n${strings(calls === "" ? [] : JSON.parse(calls)).join("\n")}`, complete: /\[DONE\]|response\.completed|message_stop/.test(text) };
}

describe("every door", () => {
  let upstream: Upstream;
  let refuses: House;
  let replaces: House;
  before(async () => {
    upstream = await startUpstream(echo);
    refuses = await open(refusing, upstream);
    replaces = await open(charterWithPseudonyms.replace("pseudonymised: { may-go-to: [own, european] }", "pseudonymised: { may-go-to: [own] }"), upstream);
  });
  after(async () => {
    await refuses?.instance.stop(0);
    await replaces?.instance.stop(0);
    await upstream?.close();
    await tidy();
  });

  it("is covered: no route that takes a body is missing in this test's table", () => {
    const { routes } = refuses.instance;
    assert.ok(routes.length > 20, `${routes.length} routes`);
    for (const { path } of doors)
      assert.ok(
        routes.some((route) => route.method === "POST" && route.path === path),
        `${path} is a route`,
      );
    for (const path of closed)
      assert.ok(
        routes.some((route) => route.path === path),
        `${path} is a route`,
      );
    assert.deepEqual(uncovered(routes), []);
  });

  it("is counted from the server itself: a planted route is found uncovered", async () => {
    const keyring = { onRefresh: () => undefined };
    const gateway = createGateway({ keyring, bodyLimit: 1, requestTimeout: 1 } as unknown as GatewayOptions);
    assert.deepEqual(uncovered(gateway.routes), []);
    gateway.http.post("/v1/summaries", () => "planted");
    gateway.http.put("/v1/files2/:id", () => "planted");
    assert.deepEqual(uncovered(gateway.routes), ["POST /v1/summaries", "PUT /v1/files2/:id"]);
    await gateway.http.close();
  });

  it("that is closed says so in the house's words, whatever is sent and however", async () => {
    upstream.received.length = 0;
    for (const path of closed.flatMap((one) => [one, `${one}/x`, `${one}/x/content`])) {
      for (const method of ["POST", "PUT", "DELETE"]) {
        const response = await refuses.post(path, { input: personal }, method);
        const { error } = (await response.json()) as { error: Record<string, unknown> };
        assert.deepEqual([response.status, error.code, error.param], [404, "not_offered", null], `${method} ${path}`);
      }
    }
    assert.equal(upstream.received.length, 0);
  });

  it("takes a POST alone", async () => {
    for (const { path } of doors)
      for (const method of ["PUT", "DELETE", "PATCH"]) assert.equal((await refuses.post(path, {}, method)).status, 405, `${method} ${path}`);
  });

  for (const door of doors) {
    it(`${door.path} lets nothing personal through, whatever place it stands in`, async () => {
      const { fates } = filled(door, () => "text");
      assert.ok(fates.filter((fate) => fate === "leaves").length >= 4);
      for (const stream of door.streams ? [false, true] : [false]) {
        upstream.received.length = 0;
        const plain = await refuses.post(door.path, { ...filled(door, () => "text").body, ...(stream && { stream }) });
        await plain.text();
        assert.deepEqual([plain.status, upstream.received.length], [200, 1], "without it the sample passes");
        for (const [place, fate] of fates.entries()) {
          upstream.received.length = 0;
          const response = await refuses.post(door.path, { ...filled(door, (at) => (at === place ? personal : "text")).body, ...(stream && { stream }) });
          const text = await response.text();
          if (fate === "leaves") {
            assert.deepEqual([response.status, upstream.received.length], [403, 0], `place ${place}`);
            assert.match(text, /"code":"no_permitted_backend"/);
          } else {
            assert.deepEqual([response.status, upstream.received.length], [200, 1], `place ${place}`);
            assert.doesNotMatch(upstream.received[0]?.raw.toString() ?? "", /jane/, `place ${place} stays here`);
          }
        }
      }
    });

    it(`${door.path} counts what nobody can read as sensitive`, async () => {
      upstream.received.length = 0;
      for (const content of door.unreadable) {
        const response = await refuses.post(door.path, { model: "assistant", ...content });
        const text = await response.text();
        assert.deepEqual([response.status, response.headers.get("x-freehold-class")], [403, "sensitive"], JSON.stringify(content));
        const { error } = JSON.parse(text) as { error: { decision: { detected: readonly unknown[] } } };
        assert.deepEqual(error.decision.detected, [{ type: "other", count: 1 }], "it is counted once");
      }
      assert.equal(upstream.received.length, 0);
    });

    it(`${door.path} pseudonymised: nothing readable leaves, and the client gets the real values, streamed or not`, async () => {
      for (const stream of door.streams ? [false, true] : [false]) {
        upstream.received.length = 0;
        const { body, fates } = filled(door, (place) => `mail.${place}@example.org`);
        const response = await replaces.post(door.path, { ...body, ...(stream && { stream }) });
        const text = await response.text();
        assert.equal(response.status, 200, text);
        const raw = upstream.received[0]?.raw.toString() ?? "";
        assert.doesNotMatch(raw, /example\.org/);
        assert.match(raw, /Email_[0-9A-Z]+/);
        if (door.path === "/v1/embeddings") continue;
        const { said, complete } = read(text, stream);
        assert.ok(complete);
        assert.doesNotMatch(said, /Email_[0-9A-Z]/, "no token is left");
        const back = door.path === "/v1/rerank" ? [1, 2, 3, 4] : fates.flatMap((fate, place) => (fate === "leaves" ? [place] : []));
        for (const place of back) assert.ok(said.includes(`mail.${place}@example.org`), `place ${place} comes back`);
      }
    });
  }
});
