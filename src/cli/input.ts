import type { z } from "zod";
import { CommandFailure } from "./outcome.ts";

/** Checks flags against the schema of the admin API, so that both take the same. */
export function parseInput<Type extends z.ZodType>(schema: Type, given: unknown): z.infer<Type> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new CommandFailure(
    2,
    parsed.error.issues.map(({ path, message }) => `error: ${path.length === 0 ? "" : `${path.join(".")}: `}${message}`),
  );
}
