import type { z } from "zod";
import type { FilePath, PathSegment } from "./paths.ts";

type Schema = z.core.$ZodTypes;

function unwrapped(schema: Schema): Schema {
  const { def } = schema._zod;
  return def.type === "optional" || def.type === "default" ? unwrapped(def.innerType as Schema) : schema;
}

function stepInto(schema: Schema, segment: PathSegment): Schema | undefined {
  const { def } = unwrapped(schema)._zod;
  if (def.type === "object") return Object.hasOwn(def.shape, segment) ? (def.shape[segment] as Schema) : undefined;
  if (def.type === "record") return def.valueType as Schema;
  if (def.type === "array") return def.element as Schema;
  return undefined;
}

function schemaAt(schema: z.ZodType, path: FilePath): Schema | undefined {
  let current: Schema | undefined = schema as unknown as Schema;
  for (const segment of path) current = current === undefined ? undefined : stepInto(current, segment);
  return current;
}

/** The keys that a map at this path may have. */
export function keysAt(schema: z.ZodType, path: FilePath): readonly string[] {
  const found = schemaAt(schema, path);
  const def = found === undefined ? undefined : unwrapped(found)._zod.def;
  return def?.type === "object" ? Object.keys(def.shape) : [];
}

/** What the schema says of the value at this path. */
export function describeAt(schema: z.ZodType, path: FilePath): string | undefined {
  const found = schemaAt(schema, path);
  return found === undefined ? undefined : ((found as unknown as z.ZodType).description ?? (unwrapped(found) as unknown as z.ZodType).description);
}
