import { z } from "zod";
import type { Fault, Result } from "#kernel";
import type { LiveAdministration } from "./administration.ts";

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
export function route<Input extends z.ZodType>(definition: {
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

/** For a route that takes nothing. */
export const nothing = z.strictObject({});
