import { request } from "node:http";
import { createInterface } from "node:readline";
import type { Decision } from "#charter";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import type { StoredEntry } from "#ledger";
import type { LiveAdministration } from "./administration.ts";
import type { CreatedKey, KeyView, ModelView, ReloadView, ScanView, StatusView, TenantInput } from "./contract.ts";
import type { KnownChange, KnownView } from "./known-contract.ts";
import { givesValues } from "./known-intake.ts";

interface Answer {
  readonly status: number;
  readonly body: NodeJS.ReadableStream & AsyncIterable<Buffer>;
}

function ask(socketPath: string, method: string, path: string, input: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = method === "POST" ? Buffer.from(JSON.stringify(input ?? {})) : undefined;
    const headers = body === undefined ? {} : { "content-type": "application/json", "content-length": body.length };
    const sent = request({ socketPath, method, path, headers }, (response) => resolve({ status: response.statusCode ?? 0, body: response }));
    sent.on("error", reject);
    sent.end(body);
  });
}

async function wholeText(answer: Answer): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function faultOf(text: string): Fault {
  const { error } = JSON.parse(text) as { error: { code: Fault["code"]; message: string; param: string | null } };
  return { code: error.code, message: error.message, param: error.param };
}

async function* entriesOf(answer: Answer): AsyncGenerator<StoredEntry> {
  for await (const line of createInterface({ input: answer.body, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== "") yield JSON.parse(line) as StoredEntry;
  }
}

const knownOf = (tenant: string): string => `/admin/api/tenants/${encodeURIComponent(tenant)}/known`;

/** Talks to the instance that serves a data folder, over its control socket: whoever may open the socket may administer. */
export function liveAdministration(socketPath: string): LiveAdministration {
  const call = async <Output>(method: string, path: string, input?: unknown): Promise<Result<Output, Fault>> => {
    try {
      const answer = await ask(socketPath, method, path, input);
      const text = await wholeText(answer);
      return answer.status < 300 ? ok(JSON.parse(text) as Output) : err(faultOf(text));
    } catch {
      return err(fault("internal", { message: "The running instance did not answer on its control socket." }));
    }
  };
  return {
    status: () => call<StatusView>("GET", "/admin/api/status"),
    reload: () => call<ReloadView>("POST", "/admin/api/reload"),
    createKey: (input) => call<CreatedKey>("POST", "/admin/api/keys", input),
    listKeys: () => call<readonly KeyView[]>("GET", "/admin/api/keys"),
    revokeKey: (id) => call<KeyView>("DELETE", `/admin/api/keys/${encodeURIComponent(id)}`),
    createTenant: (input) => call<TenantInput>("POST", "/admin/api/tenants", input),
    listTenants: () => call<readonly TenantInput[]>("GET", "/admin/api/tenants"),
    setTenantClasses: (id, input) => call<TenantInput>("POST", `/admin/api/tenants/${encodeURIComponent(id)}/classes`, input),
    addKnownList: (tenant, input) => call<KnownChange>("POST", `${knownOf(tenant)}/lists`, input),
    addAllowList: (tenant, input) => call<KnownChange>("POST", `${knownOf(tenant)}/allowed`, input),
    addPattern: (tenant, input) => call<KnownChange>("POST", `${knownOf(tenant)}/patterns`, input),
    listKnown: (tenant) => call<readonly KnownView[]>("GET", knownOf(tenant)),
    showKnown: (tenant, name, reveal) => call<KnownView>("GET", `${knownOf(tenant)}/${encodeURIComponent(name)}?reveal=${reveal}`),
    removeKnown: (tenant, name, removal) =>
      givesValues(removal)
        ? call<KnownChange>("POST", `${knownOf(tenant)}/${encodeURIComponent(name)}/remove`, removal)
        : call<KnownChange>("DELETE", `${knownOf(tenant)}/${encodeURIComponent(name)}`),
    addModel: (input) => call<ModelView>("POST", "/admin/api/models", input),
    listModels: () => call<readonly ModelView[]>("GET", "/admin/api/models"),
    explain: (input) => call<Decision>("POST", "/admin/api/explain", input),
    scan: (input) => call<ScanView>("POST", "/admin/api/scan", input),
    ledger: async (query) => {
      const search = new URLSearchParams(
        Object.entries(query)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [name, String(value)]),
      );
      const answer = await ask(socketPath, "GET", `/admin/api/ledger?${search}`, undefined);
      return answer.status < 300 ? ok(entriesOf(answer)) : err(faultOf(await wholeText(answer)));
    },
  };
}
