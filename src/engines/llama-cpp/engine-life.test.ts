import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildDemoModel } from "../demo-model/index.ts";
import { createLlamaEngine } from "./index.ts";
import { type DemoEngine, demoBackend, eventsOf, startDemoEngine, user } from "./testing/demo-engine.ts";

/** A request whose answer has a thousand characters and takes a while. */
const longAnswer = {
  messages: user("Speak at length"),
  stream: true,
  response_format: { type: "json_schema", json_schema: { name: "long", schema: { type: "array", items: { type: "string", minLength: 900 }, minItems: 20 } } },
};
const short = { messages: user("Hello"), temperature: 0 };

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < 15_000; waited += 20) {
    if (condition()) return;
    await sleep(20);
  }
  assert.fail(`never: ${what}`);
}

suite("the life of the model process", () => {
  let demo: DemoEngine;
  before(async () => {
    demo = await startDemoEngine();
  });
  after(() => demo.close());

  const kill = (): void => {
    const { pid } = demo.engine;
    assert.ok(pid !== undefined && pid !== process.pid);
    process.kill(pid, "SIGKILL");
  };

  test("requests that come while the models load wait for them", async () => {
    assert.equal(demo.engine.health().state, "probing");
    const asked = demo.ask("chat/completions", short);
    assert.equal(demo.engine.health().queued, 1);
    assert.equal((await asked.outcome).head?.status, 200);
    assert.deepEqual(demo.engine.health(), { backend: "local", state: "up", active: 0, queued: 0, failures: 0, lastFault: undefined });
  });

  test("a crash in the middle of a stream is a fault for that client alone, and the next request works", async () => {
    const { outcome, begun, text } = demo.ask("chat/completions", longAnswer);
    await begun;
    kill();
    const { fault, head } = await outcome;
    assert.equal(head?.status, 200);
    assert.ok(text().startsWith("data: ") && !text().includes("[DONE]"));
    assert.deepEqual([fault?.code, fault?.phase, fault?.sent], ["backend_cut", "answer", true]);
    assert.equal(demo.engine.health().failures, 1);
    const next = await demo.ask("chat/completions", short).outcome;
    assert.equal(next.head?.status, 200);
    assert.equal(demo.engine.health().failures, 0);
    assert.ok(demo.events.some((event) => event.kind === "crashed" && event.detail.includes("SIGKILL")));
  });

  test("a crash before the first byte says that the request was sent and that nothing was answered", async () => {
    const held = demo.ask("chat/completions", { ...longAnswer, stream: false });
    await until(() => demo.engine.health().active === 1, "active");
    await sleep(30);
    kill();
    const { fault, head } = await held.outcome;
    assert.equal(head, undefined);
    assert.deepEqual([fault?.code, fault?.phase, fault?.sent], ["backend_failed", "first-byte", true]);
  });

  test("an abort stops the generation: nothing more is heard, and the place is free", async () => {
    const all = Array.from({ length: 4 }, () => demo.ask("chat/completions", longAnswer));
    await Promise.race(all.map((asked) => asked.begun));
    for (const asked of all) asked.exchange.abort();
    const lengths = all.map((asked) => asked.text().length);
    assert.equal(demo.engine.health().active, 0);
    const next = await demo.ask("chat/completions", short).outcome;
    assert.equal(next.head?.status, 200);
    await sleep(50);
    assert.deepEqual(
      all.map((asked) => asked.text().length),
      lengths,
    );
    for (const asked of all) asked.exchange.abort();
  });

  test("a receiver that is full stops the generation, and gets everything in order once it takes more", async () => {
    const asked = demo.ask("chat/completions", { ...short, stream: true }, { full: true });
    await asked.begun;
    await sleep(100);
    assert.equal(eventsSoFar(asked.text()), 1, "not one piece more than it took");
    let over = false;
    void asked.outcome.then(() => {
      over = true;
    });
    for (let taken = 1; !over; taken += 1) {
      assert.ok(taken < 500);
      asked.exchange.resume();
      await sleep(1);
    }
    const whole = eventsOf((await demo.ask("chat/completions", { ...short, stream: true }).outcome).text);
    const slow = eventsOf((await asked.outcome).text);
    const content = (events: typeof whole) => events.map((event) => (event.choices as { delta: { content?: string } }[])[0]?.delta.content ?? "").join("");
    assert.equal(content(slow), content(whole));
    assert.equal(slow.length, whole.length);
  });

  test("a model that does not answer in time is a fault, not a wait without end", async () => {
    const impatient = await startDemoEngine(demoBackend({ timeouts: { connect: 1, firstByte: 1, betweenChunks: 1 } }));
    try {
      const waiting = await impatient.ask("chat/completions", short).outcome;
      assert.deepEqual([waiting.fault?.code, waiting.fault?.phase, waiting.fault?.sent], ["backend_timeout", "connect", false]);
      assert.ok((await impatient.engine.loaded()).ok);
      const sent = await impatient.ask("chat/completions", { ...longAnswer, stream: false }).outcome;
      assert.deepEqual([sent.fault?.code, sent.fault?.phase, sent.fault?.sent], ["backend_timeout", "first-byte", true]);
    } finally {
      await impatient.close();
    }
  });

  test("a clearance for another backend is a bug, and sends nothing", () => {
    const other = demoBackend({ name: "other" });
    assert.notEqual(other.name, demo.engine.backend);
    assert.throws(() => demo.engine.send(Object.freeze({ backend: "other" }) as never, {} as never), /cleared for other/);
  });

  test("an unknown model is a fault without a request", async () => {
    const { fault } = await demo.ask("chat/completions", short, { model: "nobody" }).outcome;
    assert.deepEqual([fault?.code, fault?.sent], ["model_not_found", false]);
  });
});

const eventsSoFar = (text: string): number => text.split("\n\n").length - 1;

suite("start and stop", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "freehold-llama-life-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test("close lets the running answers end, refuses new ones, and leaves no process", async () => {
    const demo = await startDemoEngine();
    assert.ok((await demo.engine.loaded()).ok);
    const { pid } = demo.engine;
    assert.ok(pid !== undefined);
    const running = demo.ask("chat/completions", { ...short, stream: true });
    const closing = demo.close();
    const late = await demo.ask("chat/completions", short).outcome;
    assert.deepEqual([late.fault?.code, late.fault?.sent], ["shutting_down", false]);
    assert.ok((await running.outcome).text.endsWith("data: [DONE]\n\n"));
    await closing;
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
  });

  test("files that are no models are refused before a process is started", async () => {
    const path = join(folder, "bad.gguf");
    await writeFile(path, "not a model");
    const create = (file: string) => createLlamaEngine({ backend: demoBackend(), modelPath: () => file });
    const bad = await create(path);
    assert.ok(!bad.ok);
    assert.equal(bad.error.code, "model_file_invalid");
    const missing = await create(join(folder, "missing.gguf"));
    assert.ok(!missing.ok);
    assert.equal(missing.error.code, "file_unreadable");
    const { weights: _, ...unnamed } = demoBackend().models[0] ?? assert.fail();
    const none = await createLlamaEngine({ backend: { ...demoBackend(), models: [unnamed] }, modelPath: () => path });
    assert.ok(!none.ok);
  });

  test("a file that passes the check but that llama.cpp refuses makes the backend say down, without a loop of crashes", async () => {
    const path = join(folder, "strange.gguf");
    const bytes = buildDemoModel();
    // Same length, so the header stays whole: an architecture that llama.cpp does not have.
    const at = bytes.indexOf("llama", bytes.indexOf("general.architecture"));
    bytes.write("lLama", at);
    await writeFile(path, bytes);
    const events: string[] = [];
    const created = await createLlamaEngine({ backend: demoBackend(), modelPath: () => path, onEvent: ({ kind }) => events.push(kind) });
    assert.ok(created.ok);
    const engine = created.value;
    try {
      const loaded = await engine.loaded();
      assert.ok(!loaded.ok);
      assert.equal(loaded.error.code, "backend_failed");
      assert.equal(engine.health().state, "down");
      await sleep(300);
      assert.equal(events.filter((kind) => kind === "loading").length, 1, "it waits before it tries again");
    } finally {
      await engine.close();
    }
  });

  test("the model process gets none of the gateway's environment", async () => {
    process.env.FREEHOLD_TEST_CANARY = "sk-canary";
    const demo = await startDemoEngine();
    try {
      assert.ok((await demo.engine.loaded()).ok);
      const environment = await readFile(`/proc/${demo.engine.pid}/environ`, "utf8").catch(() => undefined);
      if (process.platform === "linux") assert.ok(environment?.includes("NODE_LLAMA_CPP_SKIP_DOWNLOAD=true"));
      assert.ok(!environment?.includes("canary"));
    } finally {
      delete process.env.FREEHOLD_TEST_CANARY;
      await demo.close();
    }
  });

  test("a process that cannot stay up makes the backend say down at once, and up again when it stays", async () => {
    const demo = await startDemoEngine();
    try {
      const killed = new Set<number>();
      while (killed.size < 3) {
        const { pid } = demo.engine;
        if (pid !== undefined && !killed.has(pid)) {
          killed.add(pid);
          process.kill(pid, "SIGKILL");
        }
        await sleep(5);
      }
      await until(() => demo.engine.health().failures === 3, "three failures");
      assert.equal(demo.engine.health().state, "down");
      assert.ok(!(await demo.engine.loaded()).ok);
      const { fault } = await demo.ask("chat/completions", short).outcome;
      assert.deepEqual([fault?.code, fault?.phase, fault?.sent], ["backend_failed", "connect", false]);
      await until(() => demo.engine.health().state === "up", "up again");
      assert.equal((await demo.ask("chat/completions", short).outcome).head?.status, 200);
      assert.equal(demo.engine.health().failures, 0);
    } finally {
      await demo.close();
    }
  });

  test("a gateway that is killed leaves no model process behind", async () => {
    const script = `
      import { startDemoEngine, user } from ${JSON.stringify(new URL("./testing/demo-engine.ts", import.meta.url).href)};
      const demo = await startDemoEngine();
      await demo.answer("chat/completions", { messages: user("Hello") });
      console.log(demo.engine.pid);`;
    const gateway = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(gateway.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    assert.ok(pid > 0);
    process.kill(pid, 0);
    gateway.kill("SIGKILL");
    const gone = (): boolean => {
      try {
        process.kill(pid, 0);
        // Dead, and not yet collected by the system.
        return / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
      } catch {
        return true;
      }
    };
    await until(gone, "the model process ends");
  });

  test("it starts and answers on a machine without any network", (context) => {
    if (spawnSync("unshare", ["--map-root-user", "--net", "true"]).status !== 0) {
      const required = process.env.FREEHOLD_TEST_REQUIRE === "all";
      assert.ok(!required, "needs unshare (util-linux) and unprivileged user namespaces");
      context.skip("needs unshare (util-linux) and unprivileged user namespaces");
      return;
    }
    const script = `
      import { startDemoEngine, user } from ${JSON.stringify(new URL("./testing/demo-engine.ts", import.meta.url).href)};
      import { networkInterfaces } from "node:os";
      if (Object.keys(networkInterfaces()).length > 0) throw new Error("there is a network");
      const demo = await startDemoEngine();
      const answer = await demo.answer("chat/completions", { messages: user("Hello"), temperature: 0 });
      console.log(answer.choices[0].message.content);
      await demo.close();`;
    const run = spawnSync("unshare", ["--map-root-user", "--net", process.execPath, "--input-type=module", "--eval", script], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      encoding: "utf8",
      timeout: 30_000,
    });
    assert.match(run.stdout, /^This is the Freehold demonstration model\./, run.stderr);
  });
});
