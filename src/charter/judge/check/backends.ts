import type { Rulebook } from "../rulebook.ts";
import type { Target } from "../targets.ts";
import type { Probe } from "./coverage.ts";
import type { Note } from "./note.ts";

/** Backends and served models that no request can reach, whatever its class and origin. */
export function deadNotes(rulebook: Rulebook, probes: readonly Probe[]): readonly Note[] {
  const alive = new Set(probes.filter((probe) => probe.candidate.permitted).map((probe) => probe.target));
  return rulebook.estate.backends.flatMap((backend, index): Note[] => {
    const targets = rulebook.targets.filter((target) => target.backend === backend);
    const dead = targets.filter((target) => !alive.has(target));
    if (dead.length === 0) return [];
    const where = `estate.backends[${index}]`;
    if (dead.length === targets.length) {
      const message = `no class of any jurisdiction can ever reach ${backend.name}: ${firstReason(dead, probes)}`;
      return [{ severity: "error", where, message, hint: `freehold explain --model ${dead[0]?.served.name} shows every rule that refuses it` }];
    }
    return dead.map((target): Note => {
      const { name } = target.served;
      const message = `no class of any jurisdiction can ever reach ${name} at ${backend.name}: ${firstReason([target], probes)}`;
      return { severity: "warning", where: `${where}.models.${name}`, message, hint: `freehold explain --model ${name} shows every rule that refuses it` };
    });
  });
}

/** The lowest class of the first jurisdiction has the fewest rules against it, so its reasons say most. */
function firstReason(targets: readonly Target[], probes: readonly Probe[]): string {
  const reason = probes.find((probe) => targets.includes(probe.target))?.candidate.reasons[0];
  return reason === undefined ? "the charter has no jurisdiction" : `${reason.rule}: ${reason.message}`;
}

/** What no rule can know about a backend, said once per backend. */
export function unknownNotes(rulebook: Rulebook, now: number): readonly Note[] {
  const standing = rulebook.at(now);
  return rulebook.estate.backends.flatMap((backend, index) => {
    const sentences = new Set<string>();
    for (const target of rulebook.targets.filter((candidate) => candidate.backend === backend)) {
      const { dossier, provenance } = standing.assess(target);
      for (const sentence of [...dossier.compellable.unknown, ...dossier.operators.unknown]) sentences.add(sentence);
      for (const reason of provenance) if (reason.code === "unknown_fact") sentences.add(reason.message);
    }
    return [...sentences].map((message): Note => {
      const hint = "unknown is not a pass: state the fact in the estate, with its source and date, or look it up again";
      return { severity: "warning", where: `estate.backends[${index}]`, message, hint };
    });
  });
}

/** Models whose backends lie in different zones, so that the class decides which of them answers. */
export function mixedZoneNotes(rulebook: Rulebook, now: number): readonly Note[] {
  const standing = rulebook.at(now);
  return [...rulebook.modelNames].flatMap((model): Note[] => {
    const places = rulebook.candidatesFor(model).map((target) => {
      const zones = [...standing.assess(target).zones].filter(([, failures]) => failures.length === 0).map(([name]) => name);
      return { target, zones: `[${zones.join(", ")}]` };
    });
    if (new Set(places.map(({ zones }) => zones)).size < 2) return [];
    const message = `${model} is served in different zones: ${places.map(({ target, zones }) => `${target.backend.name} in ${zones}`).join(", ")}`;
    const first = rulebook.estate.backends.findIndex(({ models }) => models.some(({ name }) => name === model));
    const hint = "the class of a request decides which of them may answer, and so may the quality of the answer";
    return [{ severity: "info", where: `estate.backends[${first}].models.${model}`, message, hint }];
  });
}
