import { z } from "zod";
import { charterSchema } from "./charter-schema.ts";
import { estateSchema } from "./estate-schema.ts";

/** The JSON Schemas (draft 2020-12) that editors complete and check the files with, by file name. They come from the schemas that parse. */
export function publishedSchemas(): Readonly<Record<"charter.schema.json" | "estate.schema.json", string>> {
  return { "charter.schema.json": published(charterSchema, "charter"), "estate.schema.json": published(estateSchema, "estate") };
}

function published(schema: z.ZodType, name: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" });
  return `${JSON.stringify({ $schema, $id: `urn:freehold:schema:${name}:1`, ...rest }, null, 2)}\n`;
}
