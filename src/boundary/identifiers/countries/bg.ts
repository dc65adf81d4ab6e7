import { isBirth, pair } from "../checks/dates.ts";
import { digitAt, twoRoundsOfEleven, weightedSum } from "../checks/weighted.ts";
import type { Scheme } from "../scheme.ts";

/** The month is 40 higher for those born from 2000 on. */
function isBirthDay(value: string): boolean {
  const month = pair(value, 2);
  return isBirth(pair(value, 0) + (month > 40 ? 2000 : 1900), month > 40 ? month - 40 : month, pair(value, 4));
}

export const bulgaria: readonly Scheme[] = [
  {
    subtype: "bg.egn",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: (value) =>
      (weightedSum(value, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === digitAt(value, 9) && pair(value, 2) % 20 >= 1 && pair(value, 2) % 20 <= 12,
    alone: isBirthDay,
    groups: "6-4",
    words: ["егн", "egn", "единен граждански номер"],
  },
  {
    subtype: "bg.lnch",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: (value) => weightedSum(value, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 === digitAt(value, 9),
    groups: "4-3-3",
    words: ["лнч", "lnch", "личен номер на чужденец"],
  },
  {
    subtype: "bg.eik",
    type: "business_id",
    format: /^(?:BG)?\d{9}$/,
    either: true,
    lengths: [9, 11],
    check: (value) => twoRoundsOfEleven(value.slice(-9), [1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10]) === digitAt(value, value.length - 1),
    alone: (value) => value.length === 11,
    groups: "2-9|2-3-3-3",
    words: ["еик", "eik", "булстат", "bulstat", "ддс", "vat"],
  },
  { subtype: "bg.vat", type: "business_id", format: /^BG\d{10}$/, lengths: [12], groups: "2-10", words: ["ддс", "vat", "инддс"] },
  {
    subtype: "bg.lichna-karta",
    type: "document_id",
    format: /^\d{9}$/,
    lengths: [9],
    words: ["лична карта", "л к", "номер на паспорт", "паспорт"],
  },
];
