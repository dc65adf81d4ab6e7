import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { closed } from "./closed.ts";
import { type Job, spreadOf } from "./job.ts";
import { paced } from "./paced.ts";

const request = Buffer.from("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}");
const job = { connections: 4, seconds: 1, rate: 100, ramp: 0, requests: 50, headers: {}, body: "", stream: false } as const;

async function served(answer: (count: number) => Promise<number>, test: (port: number) => Promise<void>): Promise<void> {
  let count = 0;
  const server: Server = createServer((incoming, response) => {
    incoming.resume();
    count += 1;
    void answer(count).then((status) => response.writeHead(status).end("body"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await test((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("the load generator", () => {
  it("counts each answer of a closed job once and ends at the number that was asked for", async () => {
    await served(
      async () => 200,
      async (port) => {
        const report = await closed({ ...job, kind: "closed", port } satisfies Job, request);
        assert.equal(report.failed, 0);
        assert.ok(report.answered >= job.requests && report.answered < job.requests + job.connections, String(report.answered));
        assert.equal(report.latency.count, report.answered);
      },
    );
  });

  it("counts what is no good answer as failed, so that a target cannot win by refusing", async () => {
    await served(
      async (count) => (count % 2 === 0 ? 500 : 200),
      async (port) => {
        const report = await closed({ ...job, kind: "closed", port } satisfies Job, request);
        assert.ok(report.failed > 0);
        assert.match(report.failure ?? "", /^status 500: body/);
      },
    );
  });

  it("charges a stall to every request that had to wait, so that a paced latency has no coordinated omission", async () => {
    const stall = 400;
    let stalled: Promise<void> | undefined;
    await served(
      async (count) => {
        if (count === 80) stalled = delay(stall);
        await stalled;
        return 200;
      },
      async (port) => {
        const report = await paced({ ...job, kind: "paced", connections: 1, seconds: 1.5, port } satisfies Job, request);
        assert.equal(report.answered, job.rate * 1.5);
        // One connection: some forty requests fell due during the stall, and the first of them waited for all of it.
        assert.ok(report.latency.max >= stall - 20, String(report.latency.max));
        assert.ok(report.latency.p99 >= stall / 2, String(report.latency.p99));
      },
    );
  });

  it("takes quantiles by rank", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual(spreadOf(values), { count: 100, p50: 50, p99: 99, max: 100 });
    assert.deepEqual(spreadOf([]), { count: 0, p50: 0, p99: 0, max: 0 });
  });
});
