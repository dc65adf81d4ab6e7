import type { Budget, Detector, Finding } from "../port.ts";
import { withoutOverlaps } from "../text/overlap.ts";
import { Known, type KnownValues } from "./known-values.ts";
import { listsFirst, sideBySide, withoutAllowed } from "./precedence.ts";

/**
 * A detector with what a tenant registered laid over it: lists beat the detector, patterns stand beside it, and what is allowed is not
 * reported. Stateless like the one that it stands on. Throws on a pattern that `compilePattern` refuses.
 */
export function withKnownValues(detector: Detector, values: KnownValues): Detector {
  const known = new Known(values);
  return {
    readsAll: true,
    detect(text: string, budget?: Budget): readonly Finding[] {
      const { listed, patterned, allowed } = known.find(text);
      const detected = detector.detect(text, budget);
      if (listed.length === 0 && patterned.length === 0 && allowed.length === 0) return detected;
      const sorted = [...detected, ...patterned].sort((one, other) => one.start - other.start || other.end - one.end);
      const told = withoutOverlaps([...withoutAllowed(sorted, allowed, false)]);
      return listsFirst(text, withoutAllowed(sideBySide(listed), allowed, true), told);
    },
  };
}
