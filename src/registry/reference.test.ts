import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { parseRegistry } from "./parse.ts";
import { registryPage } from "./testing/reference.ts";

const file = (name: string) => ({ name, text: readFileSync(new URL(`../../registry/${name}`, import.meta.url), "utf8") });

it("docs/reference/registry.md tells what the data tells, not what it once told", (test) => {
  const parsed = parseRegistry({
    parties: file("parties.yaml"),
    models: file("models.yaml"),
    services: file("services.yaml"),
    laws: file("laws.yaml"),
    groups: file("groups.yaml"),
  });
  assert.ok(parsed.ok);
  const page = registryPage(parsed.value, Date.parse("2026-11-20T12:00:00Z"));
  test.assert.fileSnapshot(page, fileURLToPath(new URL("../../docs/reference/registry.md", import.meta.url)), { serializers: [String] });
});
