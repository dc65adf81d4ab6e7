import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { it, type TestContext } from "node:test";
import { findLocalServers } from "./local-servers.ts";

async function serving(test: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

it("finds a server that lists its models, and takes nobody else for one", async (test) => {
  const good = await serving(test, (request, response) => {
    response.end(request.url === "/v1/models" ? '{"object":"list","data":[{"id":"qwen3:32b"},{"id":7},null]}' : "{}");
  });
  const refusing = await serving(test, (_request, response) => response.writeHead(401).end('{"error":{"message":"no key"}}'));
  const page = await serving(test, (_request, response) => response.end("<html></html>"));
  const silent = await serving(test, () => undefined);
  const kinds = [good, refusing, page, silent, 1].map((port) => ({ kind: "vllm", port }) as const);
  assert.deepEqual(await findLocalServers(kinds), [{ kind: "vllm", url: `http://127.0.0.1:${good}/v1`, models: [{ name: "qwen3:32b" }] }]);
});
