import { digitAt, weightedSum } from "../checks/weighted.ts";
import type { Scheme } from "../scheme.ts";

function kimlik(value: string): boolean {
  const odd = weightedSum(value, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weightedSum(value, [0, 1, 0, 1, 0, 1, 0, 1]);
  return (7 * odd + 9 * even) % 10 === digitAt(value, 9) && (odd + even + digitAt(value, 9)) % 10 === digitAt(value, 10);
}

export const turkiye: readonly Scheme[] = [
  {
    subtype: "tr.kimlik",
    type: "person_id",
    format: /^[1-9]\d{10}$/,
    lengths: [11],
    check: kimlik,
    words: ["kimlik*", "tckn", "t c", "tc", "tc kimlik", "turk kimlik"],
  },
];
