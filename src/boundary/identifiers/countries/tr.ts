import { digitAt, weightedSum } from "../checks/weighted.ts";
import type { Scheme } from "../scheme.ts";

function kimlik(value: string): boolean {
  const odd = weightedSum(value, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weightedSum(value, [0, 1, 0, 1, 0, 1, 0, 1]);
  return (7 * odd + 9 * even) % 10 === digitAt(value, 9) && (odd + even + digitAt(value, 9)) % 10 === digitAt(value, 10);
}

/** Each digit is raised by its place, doubled as often, and reduced modulo 9. */
function vergiKimlik(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 9; index += 1) {
    const place = 9 - index;
    const raised = (digitAt(value, index) + place) % 10;
    if (raised !== 0) sum += (raised * 2 ** place) % 9 || 9;
  }
  return (10 - (sum % 10)) % 10 === digitAt(value, 9);
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
  {
    subtype: "tr.vkn",
    type: "business_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: vergiKimlik,
    words: ["vkn", "vergi kimlik*", "vergi no", "vergi numarasi"],
  },
];
