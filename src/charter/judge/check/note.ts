/** Something about charter and estate that whoever runs them should know. */
export interface Note {
  /** `error`: something does not work at all. `warning`: it is risky, or will soon not work. `info`: it is as written, and worth knowing. */
  readonly severity: "error" | "warning" | "info";
  /** A place in the files or in the registry, e.g. `estate.backends[1]`, `charter.accepted-risks[0]`, `registry.parties.nvidia`. */
  readonly where: string;
  readonly message: string;
  readonly hint: string;
}
