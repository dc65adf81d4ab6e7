import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Backend, clear, type Decision, type Operation, type ServedModel } from "#charter";
import { asDurable, mintDecisionId, mintRequestId } from "#kernel";
import { ensureDemoModel } from "../../demo-model/index.ts";
import type { AnswerHead, AnswerSink, EngineFault, Exchange } from "../../port.ts";
import { createLlamaEngine, type LlamaEngine, type LlamaEvent } from "../index.ts";

/** What one request came to. */
export interface Outcome {
  readonly head: AnswerHead | undefined;
  readonly text: string;
  readonly fault: EngineFault | undefined;
}

export interface Asked {
  readonly exchange: Exchange;
  readonly outcome: Promise<Outcome>;
  /** Resolves with the first piece of the answer. */
  readonly begun: Promise<void>;
  /** What has come so far. */
  text(): string;
}

export interface DemoEngine {
  readonly engine: LlamaEngine;
  readonly events: LlamaEvent[];
  readonly modelPath: string;
  /** `full`: the receiver says after each piece that it takes no more. */
  ask(operation: Operation, body: unknown, options?: { readonly full?: boolean; readonly model?: string }): Asked;
  /** The answer to a request that must succeed. */
  answer(operation: Operation, body: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export const demoBackend = (changes: Partial<Omit<Backend, "models">> & { readonly models?: readonly Partial<ServedModel>[] } = {}): Backend => ({
  name: "local",
  engine: "llama.cpp",
  timeouts: { connect: 5_000, firstByte: 20_000, betweenChunks: 20_000 },
  limits: { concurrency: 2, queue: 0, queueTimeout: 0 },
  retries: 0,
  tls: {},
  ...changes,
  models: (changes.models ?? [{}]).map((model) => ({ name: "assistant", servedAs: "assistant", weights: "builtin:demo", context: 2048, ...model })),
});

const permit = (backend: string, model: string) =>
  asDurable<Decision>({
    id: mintDecisionId(0),
    verdict: "allow",
    code: null,
    origin: null,
    jurisdiction: null,
    class: "public",
    classReasons: [],
    declared: null,
    detected: [],
    model,
    transform: "none",
    backends: [backend],
    considered: [],
    tenant: "test",
    charter: "",
    estate: "",
  });

/** A real engine on the demonstration model. */
export async function startDemoEngine(backend: Backend = demoBackend()): Promise<DemoEngine> {
  const folder = await mkdtemp(join(tmpdir(), "freehold-llama-"));
  const demo = await ensureDemoModel(folder);
  assert.ok(demo.ok);
  const modelPath = demo.value;
  const events: LlamaEvent[] = [];
  const created = await createLlamaEngine({ backend, modelPath: () => modelPath, threads: 1, onEvent: (event) => events.push(event) });
  assert.ok(created.ok);
  const engine = created.value;

  const ask: DemoEngine["ask"] = (operation, body, { full = false, model = "assistant" } = {}) => {
    const begun = Promise.withResolvers<void>();
    const over = Promise.withResolvers<Outcome>();
    let head: AnswerHead | undefined;
    let text = "";
    let returned = false;
    const finish = (fault?: EngineFault) => {
      assert.ok(returned, "the sink must hear nothing before send has returned");
      over.resolve({ head, text, fault });
    };
    const sink: AnswerSink = {
      head(value) {
        assert.equal(head, undefined, "one head only");
        head = value;
      },
      data(chunk) {
        assert.ok(head, "the head comes first");
        text += chunk.toString("utf8");
        begun.resolve();
        return !full;
      },
      end: () => finish(),
      fail: finish,
    };
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const payload = { operation, requestId: mintRequestId(Date.now()), model, stream: false, body: bytes };
    const exchange = engine.send(clear(permit(backend.name, model), backend.name, payload), sink);
    returned = true;
    return { exchange, outcome: over.promise, begun: begun.promise, text: () => text };
  };

  return {
    engine,
    events,
    modelPath,
    ask,
    async answer(operation, body) {
      const { head, text, fault } = await ask(operation, body).outcome;
      assert.equal(fault, undefined);
      assert.deepEqual(head, { status: 200, contentType: "application/json", retryAfter: undefined }, text);
      return JSON.parse(text) as Record<string, unknown>;
    },
    async close() {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const user = (content: unknown): object[] => [{ role: "user", content }];

/** The JSON of each event of a stream that ends as it should. */
export function eventsOf(text: string): Record<string, unknown>[] {
  const events = text.split("\n\n");
  assert.equal(events.pop(), "");
  assert.equal(events.pop(), "data: [DONE]");
  assert.ok(events.length > 0);
  return events.map((event) => {
    assert.ok(event.startsWith("data: "));
    return JSON.parse(event.slice("data: ".length)) as Record<string, unknown>;
  });
}
