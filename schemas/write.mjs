// Writes the JSON Schemas beside this file, from the schemas that parse the files. After it: biome check --write schemas
import { writeFileSync } from "node:fs";
import { publishedSchemas } from "../src/charter/index.ts";

for (const [name, text] of Object.entries(publishedSchemas())) writeFileSync(new URL(name, import.meta.url), text);
