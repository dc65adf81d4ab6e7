import { letters } from "./table.ts";

/** Endings, folded, that hardly any word has but family names, and how many letters such a name has at least. */
const shapes =
  "wicz wski wska wskiego wskiej wskim wskiemu ewski owski cki cka czyk czak czuk ovic evic ovich evich ovici escu eanu oiu sson sdottir ssen stad opoulos opoulou oglou idis iadis akis akos enko enka chuk yuk shvili adze oglu auskas iauskas avicius evicius aitis iene aite kova lova nova rova sova tova dova cova zova nkov nov sov rov lov dov kov mov tov eev iev lainen kainen nainen tainen rainen vainen lainen linen kinen ninen tinen rinen skas berger huber meier mayer meyer bauer mann stein strom gren qvist kvist lund dahl sberg berg huysen ijk stra inga ema aerts ens aerts mans ов ова ев ева ский ська ський енко чук ковић овић евић опουλοσ οπουλοσ οπουλου ιδησ ιδου ακησ ακη ογλου";

const minimum = 6;
const byLast = new Map<number, number[][]>();
for (const shape of new Set(shapes.split(" "))) {
  const codes = [...shape].map((character) => character.charCodeAt(0));
  const last = codes.at(-1) ?? 0;
  const group = byLast.get(last) ?? [];
  group.push(codes);
  byLast.set(last, group);
}

/** Whether the word that was read last ends as family names do. */
export function hasSurnameShape(length: number): boolean {
  if (length < minimum) return false;
  for (const codes of byLast.get(letters[length - 1] ?? 0) ?? []) {
    const from = length - codes.length;
    if (from >= 2 && codes.every((code, index) => letters[from + index] === code)) return true;
  }
  return false;
}
