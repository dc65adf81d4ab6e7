import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMON_WORD, FEMALE, FIRST_NAME, INFLECTED, LAST_NAME, lookUp, MALE, PLACE, SURNAME_SHAPE } from "./lexicon.ts";

const has = (word: string, mask: number): boolean => (lookUp(word) & mask) === mask;

/** Forms of names that are in the lexicon, as their languages inflect them. */
const inflected: Readonly<Record<string, string>> = {
  pl: "Kowalskiego Kowalskiemu Kowalskim Kowalskiej Annie Annę Marka Markiem Wójcikiem Zielińskiemu Magdzie Monice Agaty Pawła Pawłem",
  cs: "Nováková Novákovi Petrem Pavlem Terezy Dvořákem Evě Ondřejem",
  hr: "Horvatom Ivanom Markovićem Ivaniki Ani",
  fi: "Virtasen Virtaselle Pekan Matin Järvisen Jukalle Koskisesta Annalta Tarjan Riitan Korhosta",
  hu: "Kovácsnak Péterrel Szabóné Annának Katalinnal Nagynak Istvánt Tamással Gáborhoz Évával",
  ro: "Popescului Mariei Anei Ionului",
  lt: "Jonui Kazlausko Tomu Petrausku Eglei Onos",
  lv: "Jānim Annai Bērziņam",
  et: "Tammele Kaskile Marile",
  de: "Müllers Schmidts Annas",
  el: "Παπαδόπουλου Γιώργο Μαρίας Δημήτρη",
};

test("a name is known without its case ending, in every language whose names have them", () => {
  const all = Object.entries(inflected).flatMap(([language, words]) => words.split(" ").map((word) => `${language} ${word}`));
  assert.ok(all.length >= 60);
  const unknown = all.filter((entry) => (lookUp(entry.slice(3)) & (FIRST_NAME | LAST_NAME)) === 0);
  assert.ok(unknown.length <= 4, `not known: ${unknown.join(", ")}`);
});

test("case and accents do not matter, and gender is told where first names have one", () => {
  for (const word of ["MÜLLER", "müller", "Muller"]) assert.ok(has(word, LAST_NAME), word);
  assert.ok(has("Katarzyna", FIRST_NAME | FEMALE));
  assert.ok(has("łukasz", FIRST_NAME | MALE));
  assert.equal(lookUp("Lukasz"), lookUp("ŁUKASZ"));
  assert.ok(has("Kowalskiego", LAST_NAME | INFLECTED));
});

test("common words and places are told, and a common word is not taken apart for a name in it", () => {
  for (const word of ["und", "Rechnung", "ministère", "hogy", "kanssa", "umowa", "договор", "σύμβαση"]) assert.ok(has(word, COMMON_WORD), word);
  for (const word of ["Berlin", "Warszawa", "Budapest", "Αθήνα", "Suomi"]) assert.ok(has(word, PLACE), word);
  assert.equal(lookUp("der") & (FIRST_NAME | LAST_NAME), 0);
});

test("an unknown word that ends as family names do is told by its shape", () => {
  for (const word of ["Brzęczyszczykiewicz", "Tutunescu", "Zarkopoulos", "Hrdlovićová", "Obolenenko"])
    assert.ok((lookUp(word) & (SURNAME_SHAPE | LAST_NAME)) !== 0, word);
  assert.equal(lookUp("xyzzy"), 0);
  assert.equal(lookUp("a".repeat(500)), 0);
});
