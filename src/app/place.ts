import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's own folder: the parent of `src/` in a checkout, of `dist/` when installed. */
export const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const starterFolder = join(packageFolder, "starters");

/** The version of this program, as package.json says it. */
export const version: string = (JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string }).version;
