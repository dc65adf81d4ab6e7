import { dirname, join } from "node:path";

export const projectFolder = dirname(import.meta.dirname);
/** What the bench installs and writes while it runs; git ignores it. */
export const cacheFolder = join(projectFolder, ".cache", "bench");
export const resultsFolder = join(import.meta.dirname, "results");
