import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as masks from "../../src/boundary/names/lexicon/masks.ts";
import { fakerNames } from "./faker-names.ts";
import { fold, isFoldedWord } from "./folding.ts";
import { calendarWords, territoryWords } from "./locale-words.ts";

/** Builds `src/boundary/names/data/lexicon.json`: for each mask, its words in alphabetical order. Run with the project's own Node. */

const sections: Readonly<Record<string, number>> = {
  female: masks.FIRST_NAME | masks.FEMALE,
  male: masks.FIRST_NAME | masks.MALE,
  first: masks.FIRST_NAME,
  last: masks.LAST_NAME,
  particle: masks.PARTICLE,
  title: masks.TITLE,
  role: masks.ROLE,
  salutation: masks.SALUTATION,
  common: masks.COMMON_WORD,
  place: masks.PLACE,
  organisation: masks.ORGANISATION_HINT,
  calendar: masks.CALENDAR,
};

const known = new Map<string, number>();
/** Words that their source has among the names by mistake, or that are far too common as words. */
const struck = new Set<string>();

function add(word: string, mask: number): void {
  for (const part of word.split(/[\s\-'’.,()/]+/u)) {
    const folded = fold(part);
    if (isFoldedWord(folded)) known.set(folded, (known.get(folded) ?? 0) | mask);
  }
}

/** `[section]` lines and words between them; `#` begins a remark. */
function readWords(file: URL): void {
  let mask: number | undefined;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const text = line.replace(/#.*/u, "").trim();
    const section = /^\[([a-z-]+)\]$/u.exec(text)?.[1];
    if (section !== undefined) {
      mask = section === "strike" ? 0 : sections[section];
      if (mask === undefined) throw new Error(`${file.pathname}: no section is called ${section}`);
    } else if (text !== "") {
      if (mask === undefined) throw new Error(`${file.pathname}: words before the first section`);
      for (const word of text.split(/\s+/u)) {
        if (mask === 0) struck.add(fold(word));
        else add(word, mask);
      }
    }
  }
}

for (const { word, mask } of fakerNames()) add(word, mask);
for (const word of calendarWords()) add(word, masks.CALENDAR);
const keptTerritories = new Set("georgia jordan chad holland israel france francia franco ireland irland".split(" "));
for (const word of territoryWords()) {
  // Far names that are countries here.
  if (!keptTerritories.has(fold(word))) known.delete(fold(word));
  add(word, masks.PLACE);
}
const folder = new URL("words/", import.meta.url);
for (const file of readdirSync(folder).sort()) if (file.endsWith(".txt")) readWords(new URL(file, folder));
for (const word of struck) if (isFoldedWord(word)) known.set(word, (known.get(word) ?? 0) & ~(masks.NAME | masks.FEMALE | masks.MALE) || masks.COMMON_WORD);

const groups = new Map<number, string[]>();
for (const [word, mask] of known) groups.set(mask, [...(groups.get(mask) ?? []), word]);
const lexicon: Record<string, string> = {};
for (const mask of [...groups.keys()].sort((one, other) => one - other)) lexicon[mask] = (groups.get(mask) ?? []).sort().join(" ");
const file = new URL("../../src/boundary/names/data/lexicon.json", import.meta.url);
const text = `${JSON.stringify(lexicon, null, 1)}\n`;
writeFileSync(file, text);
process.stdout.write(`${known.size} words, ${Buffer.byteLength(text)} bytes\n`);
