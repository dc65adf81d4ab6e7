import type { Registry } from "./facts.ts";
import type { Path } from "./source-text.ts";

interface Dangling {
  readonly part: "parties" | "models" | "services";
  readonly path: Path;
  readonly message: string;
}

/** References between rows that lead nowhere, and hosts that two services claim. */
export function danglingReferences({ parties, models, services }: Registry): readonly Dangling[] {
  const found: Dangling[] = [];
  const check = (part: Dangling["part"], path: Path, kind: "party" | "model", id: string | undefined): void => {
    if (id === undefined || (kind === "party" ? parties : models).has(id)) return;
    found.push({ part, path, message: `there is no ${kind} "${id}"` });
  };

  for (const { id, parent, holders } of parties.values()) {
    if (parent !== "none") check("parties", [id, "parent"], "party", parent);
    holders.forEach((holder, index) => {
      check("parties", [id, "holders", index], "party", holder.party);
    });
  }
  for (const { id, developer, coDevelopers = [], basedOn } of models.values()) {
    check("models", [id, "developer"], "party", developer);
    coDevelopers.forEach((party, index) => {
      check("models", [id, "co-developers", index], "party", party);
    });
    basedOn.forEach((model, index) => {
      check("models", [id, "based-on", index], "model", model);
    });
  }
  const claimed = new Map<string, string>();
  for (const { id, operator, hosts, exceptions } of services.values()) {
    check("services", [id, "operator"], "party", operator);
    exceptions.forEach((exception, index) => {
      check("services", [id, "exceptions", index], "party", exception.servedBy);
    });
    hosts.forEach((host, index) => {
      const owner = claimed.get(host);
      if (owner !== undefined) found.push({ part: "services", path: [id, "hosts", index], message: `"${host}" already belongs to "${owner}"` });
      claimed.set(host, id);
    });
  }
  return found;
}
