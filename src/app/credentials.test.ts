import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { readCredential } from "./credentials.ts";

describe("readCredential", () => {
  const folder = mkdtempSync(join(tmpdir(), "freehold-credentials-"));
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "key"), "from-a-file\n");
  const environment = { KEY: "from-the-environment", EMPTY: " ", SPLIT: "a\r\nx-injected: 1", CREDENTIALS_DIRECTORY: folder };
  const toldOf = (kind: "env" | "file" | "credential", name: string): string => {
    const read = readCredential({ kind, name }, environment);
    return read.ok ? read.value : read.error.message;
  };

  it("reads where the estate says, without the line's end", () => {
    assert.equal(toldOf("env", "KEY"), "from-the-environment");
    assert.equal(toldOf("file", join(folder, "key")), "from-a-file");
    assert.equal(toldOf("credential", "key"), "from-a-file");
  });

  it("names the place and never the value", () => {
    assert.equal(toldOf("env", "ABSENT"), "The credential env:ABSENT cannot be read.");
    assert.equal(toldOf("env", "EMPTY"), "The credential env:EMPTY is empty.");
    assert.equal(toldOf("env", "SPLIT"), "The credential env:SPLIT holds characters that cannot stand in a header.");
    assert.equal(toldOf("file", join(folder, "absent")), `The credential file:${join(folder, "absent")} cannot be read.`);
  });

  it("does not climb out of the folder of systemd's credentials", () => {
    assert.match(toldOf("credential", "../key"), /cannot be read/);
    assert.match(toldOf("credential", "sub/key"), /cannot be read/);
  });
});
