import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import file from "../data/weights.json" with { type: "json" };
import { createTagger } from "./tagger.ts";
import { loadWeights } from "./weights.ts";

const tagger = createTagger(loadWeights(file));
const tagNames = (text: string) => tagger.tag(text);

const people = (text: string): string[] =>
  tagNames(text)
    .filter(({ label, score }) => label === "person" && score >= 0.25)
    .map(({ start, end }) => text.slice(start, end));

const sentences: readonly (readonly [language: string, text: string, names: readonly string[]])[] = [
  ["English", "Please write an email to Margaret Holloway about the contract.", ["Margaret Holloway"]],
  ["English, a letter", "Dear Thomas,\nthanks for the quick answer.", ["Thomas"]],
  ["German", "Gestern hat Sabine Schneider aus Köln angerufen und nach der Rechnung gefragt.", ["Sabine Schneider"]],
  ["German, a letter", "Sehr geehrter Herr Brandstetter,\nanbei erhalten Sie die Unterlagen.", ["Brandstetter"]],
  ["French", "Selon Isabelle Fontaine, le projet coûte trop cher.", ["Isabelle Fontaine"]],
  ["Dutch", "Volgens Willem van der Meer kost het project te veel.", ["Willem van der Meer"]],
  ["Spanish", "Ayer Lucía Fernández Ortega me llamó para preguntar la fecha.", ["Lucía Fernández Ortega"]],
  ["Italian", "Secondo Giovanni Ferrari, il progetto costa troppo.", ["Giovanni Ferrari"]],
  ["Portuguese", "Segundo Teresa Carvalho, o projeto custa demasiado.", ["Teresa Carvalho"]],
  ["Romanian", "Potrivit lui Andrei Popescu, proiectul costă prea mult.", ["Andrei Popescu"]],
  ["Polish", "Rozmawialiśmy z Katarzyną Nowakowską o umowie.", ["Katarzyną Nowakowską"]],
  ["Czech", "Mluvili jsme s Pavlem Dvořákem o smlouvě.", ["Pavlem Dvořákem"]],
  ["Hungarian", "Kovács Eszter azt mondta, hogy a döntés jövő héten születik meg.", ["Kovács Eszter"]],
  ["Finnish", "Tapasin Juhani Virtasen eilen kokouksessa.", ["Juhani Virtasen"]],
  ["Swedish", "Enligt Karin Lindqvist kostar projektet för mycket.", ["Karin Lindqvist"]],
  ["Danish", "Ifølge Mette Sørensen koster projektet for meget.", ["Mette Sørensen"]],
  ["Greek", "Σύμφωνα με τον Γιώργο Παπαδόπουλο, το έργο κοστίζει πολύ.", ["Γιώργο Παπαδόπουλο"]],
];

for (const [language, text, names] of sentences) test(`a name is found as a whole: ${language}`, () => assert.deepEqual(people(text), names));

const withoutNames: readonly string[] = [
  "Die Stadtwerke liefern Strom, Gas und Wasser an alle Haushalte der Gemeinde.",
  "Write a Python function that reads a JSON file and prints every key.",
  "Le gouvernement a adopté la loi lundi, et la Commission européenne a répondu.",
  "const value = readFile(path); if (value === undefined) return;",
  "Eilen satoi lunta, ja tänään aurinko paistaa.",
  "Tegnap esett az eső, ma pedig süt a nap.",
];

for (const text of withoutNames) test(`no person is seen in: ${text}`, () => assert.deepEqual(people(text), []));

test("a family name that stands alone is found where the whole name stands elsewhere", () => {
  const text = "Toimitusjohtaja Matti Korhonen jättää tehtävänsä. Korhonen on johtanut yhtiötä pitkään. Myös hallitus kiitti Korhosta.";
  assert.deepEqual(people(text), ["Matti Korhonen", "Korhonen", "Korhosta"]);
});

test("an empty text and one without words have no names", () => {
  assert.deepEqual(tagNames(""), []);
  assert.deepEqual(tagNames(" \n.,;😀"), []);
});

const splitsPair = (text: string, at: number): boolean => {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
};

test("spans lie within the text, sorted, apart, never inside a surrogate pair", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "Anna",
      "Dr.",
      "van der",
      "Meer",
      "O'Brien",
      "-",
      "\n",
      "😀",
      "\ud83d",
      "İ",
      "ǅ",
      "Ünal",
      "GmbH",
      "von",
      "J.",
      "\u0301",
      "\u200b",
      "“",
      "A.A.",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom("", " "), (pieces, between) => {
      const text = pieces.join(between);
      let last = 0;
      for (const { start, end, score } of tagNames(text)) {
        assert.ok(start >= last && end > start && end <= text.length);
        assert.ok(score >= 0 && score <= 1);
        assert.ok(!splitsPair(text, start) && !splitsPair(text, end));
        last = end;
      }
    }),
    { numRuns: 300 },
  );
});

test("what was tagged before does not change the answer", () => {
  const text = "Potrivit lui Andrei Popescu, proiectul costă prea mult.";
  const first = tagNames(text);
  tagNames("Wien, Paris und London sind Städte. ".repeat(500));
  assert.deepEqual(tagNames(text), first);
});

/** Seconds of processor time for tagging, the best of three. */
function cost(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage();
    tagNames(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

test("time is linear on text made to be slow: one run of initials, of names, of particles", () => {
  for (const unit of ["A.A.", "Anna ", "Anna van ", "O'", "ÀÉ-", "Anna-"]) {
    const once = unit.repeat(100_000 / unit.length);
    tagNames(once);
    const small = cost(once);
    const large = cost(once.repeat(8));
    assert.ok(large < 24 * small + 0.05, `${unit}: ${small} s, eight times as much text ${large} s`);
  }
});
