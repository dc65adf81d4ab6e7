import type { Complaint } from "./complaint.ts";

// None of these messages repeats the address: it may hold a password.

const spelling = /^https?:\/\/([^/:[\]]+|\[[^/[\]]*\])(?::[0-9]{1,5})?(\/.*)?$/i;
const plainHost = /^(?:\[[0-9a-f:]+\]|[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*)$/;
const plainPath = /^(?:\/[A-Za-z0-9._~:+=,-]+)*\/?$/;

/** True where every reader takes the text for the same host and path: a URL parser also reads `\`, 0x7f.1, `%65vil` and full-width letters. */
function isPlain(text: string, { hostname, pathname, port }: URL): boolean {
  const [, host, path = "/"] = spelling.exec(text) ?? [];
  return host?.toLowerCase() === hostname && plainHost.test(hostname) && path === pathname && plainPath.test(pathname) && port !== "0";
}

/** The base address of an OpenAI-compatible API. */
export function checkBackendUrl(text: string): Complaint | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const guess = `https://${text}`;
    const hint = URL.canParse(guess) && !text.includes("@") && !text.includes(":/") ? `write the scheme too: https://… or http://…` : undefined;
    return { message: "this is not a URL", hint: hint ?? "such as https://api.mistral.ai/v1" };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return { message: `a backend is reached by http or https, not by ${url.protocol.slice(0, -1)}`, hint: "such as https://api.mistral.ai/v1" };
  if (url.username !== "" || url.password !== "")
    return { message: "a URL must not hold a user or a password", hint: "move it to credential: env:NAME, file:PATH or credential:NAME" };
  if (url.search !== "" || text.includes("?")) return { message: "the base URL must not have a query", hint: "leave out everything from the ? on" };
  if (url.hash !== "" || text.includes("#")) return { message: "the base URL must not have a fragment", hint: "leave out everything from the # on" };
  if (!isPlain(text, url)) {
    const hint = "a name or a whole address, perhaps a port, and plain segments of a path, such as http://10.0.0.7:8000/v1";
    return { message: "two programs could read this URL differently", hint };
  }
  if (/\/(?:chat\/completions|completions|embeddings)\/?$/.test(url.pathname)) {
    return { message: "this is the address of one endpoint, and the base of the API is wanted", hint: "end it before /chat/completions, mostly with /v1" };
  }
  return undefined;
}

/** The address of a store or of a telemetry receiver: any scheme with a host, a user name perhaps, never a password. */
export function checkServiceUrl(text: string): Complaint | undefined {
  if (!URL.canParse(text) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return { message: "this is not a URL", hint: "such as sftp://user@box.example/folder or https://otlp.example:4318" };
  if (new URL(text).password !== "")
    return { message: "a URL must not hold a password", hint: "move it to credential: env:NAME, file:PATH or credential:NAME" };
  return undefined;
}

const privateName = /^(?:localhost|[^.]+|.+\.(?:localhost|local|internal|lan|home\.arpa|test))$/i;
const privateAddress = /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[(?:::1|f[cd]|fe[89ab]))/i;

/** True where plain http would cross a network that others can read. */
export function isPlainAcrossNetworks(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "http:" && !privateAddress.test(hostname) && !privateName.test(hostname);
}
