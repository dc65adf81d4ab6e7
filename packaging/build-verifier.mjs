// Writes the ledger's verifier as one file that needs Node alone: `node packaging/build-verifier.mjs FILE`. It is the sources of src/ledger/proof in the
// order of their imports, without types; nothing is rewritten, so that what an auditor reads here is what runs there.
import { readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

const entry = new URL("../src/ledger/proof/process/main.ts", import.meta.url);
const done = new Set();
const parts = [];
const builtins = new Map();

function add(file) {
  if (done.has(file.href)) return;
  done.add(file.href);
  let text = stripTypeScriptTypes(readFileSync(file, "utf8"));
  text = text.replace(/^import \{([^}]*)\} from "([^"]+)";\n/gm, (_, names, from) => {
    if (from.startsWith(".")) add(new URL(from, file));
    else {
      const known = builtins.get(from) ?? new Set();
      for (const one of names.split(",")) if (one.trim() !== "") known.add(one.trim().replace(" as ", ": "));
      builtins.set(from, known);
    }
    return "";
  });
  text = text.replace(/^import\s.*;\n/gm, "");
  parts.push(`// ${file.pathname.split("/src/").at(-1)}\n${text.replace(/^export /gm, "").trim()}\n`);
}

add(entry);
const imports = [...builtins].map(([from, names]) => `import { ${[...names].map((name) => name.replace(": ", " as ")).join(", ")} } from "${from}";\n`);
writeFileSync(
  process.argv[2] ?? "ledger-verifier.mjs",
  `#!/usr/bin/env node\n// Verifies a Freehold ledger: see docs/how-to/verify-the-ledger.md. Apache-2.0.\n${imports.join("")}\n${parts.join("\n")}`,
);
