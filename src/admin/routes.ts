import { z } from "zod";
import type { Fault, Result } from "#kernel";
import type { LiveAdministration } from "./administration.ts";
import { createdKey, explainInput, keyInput, keyView, ledgerQuery, modelInput, modelView, reloadView, statusView, tenantInput } from "./contract.ts";

/** One route of the admin API: its contract and what it does. */
export interface AdminRoute {
  readonly method: "GET" | "POST" | "DELETE";
  /** With `{name}` for parameters, as OpenAPI writes it. */
  readonly path: string;
  readonly summary: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** HTTP status of success. */
  readonly status: number;
  readonly mediaType: "application/json" | "application/x-ndjson";
  run(house: LiveAdministration, input: unknown, parameters: Readonly<Record<string, string>>): Promise<Result<unknown, Fault>>;
}

/** Declares a route whose handler sees input of its own schema's type. */
function route<Input extends z.ZodType>(definition: {
  method: AdminRoute["method"];
  path: string;
  summary: string;
  input: Input;
  output: z.ZodType;
  status?: number;
  mediaType?: AdminRoute["mediaType"];
  run: (house: LiveAdministration, input: z.infer<Input>, parameters: Readonly<Record<string, string>>) => Promise<Result<unknown, Fault>>;
}): AdminRoute {
  const { run, status = 200, mediaType = "application/json", ...rest } = definition;
  return { ...rest, status, mediaType, run: (house, input, parameters) => run(house, input as z.infer<Input>, parameters) };
}

const nothing = z.strictObject({});
const entry = z.record(z.string(), z.unknown()).describe("One ledger entry a line");
const decision = z.record(z.string(), z.unknown()).describe("A decision: verdict, class, jurisdiction, backends, and the reasons for every candidate");

export const adminRoutes: readonly AdminRoute[] = [
  route({ method: "GET", path: "/admin/api/status", summary: "State of this instance", input: nothing, output: statusView, run: (house) => house.status() }),
  route({
    method: "POST",
    path: "/admin/api/reload",
    summary: "Read charter and estate again",
    input: nothing,
    output: reloadView,
    run: (house) => house.reload(),
  }),
  route({ method: "GET", path: "/admin/api/keys", summary: "All keys", input: nothing, output: z.array(keyView), run: (house) => house.listKeys() }),
  route({
    method: "POST",
    path: "/admin/api/keys",
    summary: "Create a key; it is shown once",
    input: keyInput,
    output: createdKey,
    status: 201,
    run: (house, input) => house.createKey(input),
  }),
  route({
    method: "DELETE",
    path: "/admin/api/keys/{id}",
    summary: "Revoke a key at once",
    input: nothing,
    output: keyView,
    run: (house, _input, { id = "" }) => house.revokeKey(id),
  }),
  route({
    method: "GET",
    path: "/admin/api/tenants",
    summary: "All tenants",
    input: nothing,
    output: z.array(tenantInput),
    run: (house) => house.listTenants(),
  }),
  route({
    method: "POST",
    path: "/admin/api/tenants",
    summary: "Create a tenant, which can only narrow the charter",
    input: tenantInput,
    output: tenantInput,
    status: 201,
    run: (house, input) => house.createTenant(input),
  }),
  route({
    method: "GET",
    path: "/admin/api/models",
    summary: "Registered model files",
    input: nothing,
    output: z.array(modelView),
    run: (house) => house.listModels(),
  }),
  route({
    method: "POST",
    path: "/admin/api/models",
    summary: "Register a model file with its digest, licence and developer",
    input: modelInput,
    output: modelView,
    status: 201,
    run: (house, input) => house.addModel(input),
  }),
  route({
    method: "POST",
    path: "/admin/api/explain",
    summary: "The decision that a request would meet",
    input: explainInput,
    output: decision,
    run: (house, input) => house.explain(input),
  }),
  route({
    method: "GET",
    path: "/admin/api/ledger",
    summary: "Ledger entries, oldest first",
    input: ledgerQuery,
    output: entry,
    mediaType: "application/x-ndjson",
    run: (house, input) => house.ledger(input),
  }),
];
