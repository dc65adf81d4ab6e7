import { request } from "node:http";
import type { FoundBackend } from "#charter";

interface Place {
  readonly kind: FoundBackend["kind"];
  readonly port: number;
}

/** Where the usual servers listen when nobody moved them; llama-server makes way for Freehold itself, as its users do by hand. */
const usual: readonly Place[] = [
  { kind: "ollama", port: 11_434 },
  { kind: "llama-server", port: 8080 },
  { kind: "llama-server", port: 8081 },
  { kind: "vllm", port: 8000 },
];

/** Milliseconds: somebody on this very machine answers at once or not at all. */
const patience = 400;
const longestAnswer = 1 << 20;

/** Asks one server on the loopback interface for its models; undefined = nobody there, or somebody else. */
function modelsAt(port: number): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    const sent = request({ host: "127.0.0.1", port, path: "/v1/models", timeout: patience, headers: { accept: "application/json" } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > longestAnswer) response.destroy();
      });
      response.on("end", () => resolve(namesIn(text)));
      response.on("error", () => resolve(undefined));
      response.on("close", () => resolve(undefined));
    });
    sent.on("timeout", () => sent.destroy());
    sent.on("error", () => resolve(undefined));
    sent.end();
  });
}

function namesIn(text: string): readonly string[] | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    if (!Array.isArray(data)) return undefined;
    return data.map((row: unknown) => (row !== null && typeof row === "object" && "id" in row ? row.id : undefined)).filter((id) => typeof id === "string");
  } catch {
    return undefined;
  }
}

/** Looks for an Ollama, a llama-server and a vLLM on this machine, at their usual ports and nowhere else. */
export async function findLocalServers(places = usual): Promise<readonly FoundBackend[]> {
  const looked = await Promise.all(
    places.map(async ({ kind, port }): Promise<FoundBackend | undefined> => {
      const names = await modelsAt(port);
      return names === undefined ? undefined : { kind, url: `http://127.0.0.1:${port}/v1`, models: names.map((name) => ({ name })) };
    }),
  );
  return looked.filter((found) => found !== undefined);
}
