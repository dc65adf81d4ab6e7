import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";

const detector = createDetector();

/** Texts in which « » mark the date of birth. */
const found: readonly string[] = [
  "geboren am «12.03.1980» in Köln",
  "Geburtsdatum: «12. März 1980»",
  "geb. «01.12.75»",
  "born on «March 12, 1980»",
  "Date of birth: «12th of May 1980»",
  "DOB «1980-03-12»",
  "dob=«19800312»",
  "née le «12 mars 1980» à Lyon",
  "né(e) le : «03/12/1980»",
  "date de naissance : «1er janvier 1971»",
  "Fecha de nacimiento: «15/04/1977».",
  "nació el «5 de mayo de 1980»",
  "nascido a «12 de março de 1980»",
  "nata a Roma il «7 luglio 1966»",
  "născută la «22 aprilie 1976»",
  "geboren te Delft op «12 mei 1980»",
  "urodzony dnia «15.07.1990» r.",
  "ur. «3 maja 1955»",
  "narozena «12. března 1980»",
  "dátum narodenia: «12. 3. 1980»",
  "született: «1980. január 5.»",
  "«1980. március 12»-én született Pécsett",
  "syntynyt «3.4.1975» Turussa",
  "syntymäaika: «3. huhtikuuta 1975»",
  "född den «5 maj 1980»",
  "født «5. mai 1980»",
  "fødselsdato «05-05-1980»",
  "fæddur «5. maí 1980»",
  "sündinud «12. märtsil 1980»",
  "dzimis «1980. gada 5. maijā»",
  "gimęs «1980 m. sausio 5» d.",
  "rođen «12. ožujka 1980.»",
  "rojena «12. 3. 1980»",
  "γεννήθηκε στις «12 Μαρτίου 1980»",
  "Дата на раждане: «12.03.1980» г.",
  "роден на «12 март 1980»",
  "народився «12 березня 1980»",
  "doğum tarihi «12.03.1980»",
  "urodzonym dnia «l5.O7.l990»",
  "urodzonym dnia «15.0\n7.1990»",
  "«12.03.1980» geboren",
];

const clean: readonly string[] = [
  "Am 12.03.2024 um 14:30 Uhr",
  "She is 43 years old.",
  "Alter: 43 Jahre, seit 01.02.2010 im Betrieb",
  "NATO was founded on 4 April 1949.",
  "ne le 12 mars 2020 pas",
  "The idea was born in 1999.",
  "Fecha de ingreso: 05/06/2018.",
  "geboren in Köln, angestellt am 1. Juni dort",
  "Rechnung vom 12.03.2024, fällig am 26.03.2024",
  "a newborn release, 2024-01-02",
  "born to be wild, 12.3.4 of the driver",
];

test(`finds a date beside a word for being born, in ${found.length} ways of writing, at its place`, () => {
  assert.ok(found.length >= 40);
  const wrong = found.filter((marked) => {
    const start = marked.indexOf("«");
    const text = marked.replace("«", "").replace("»", "");
    const findings = detector.detect(text).filter(({ type }) => type === "birth_date");
    const end = marked.indexOf("»") - 1;
    return findings.length !== 1 || findings[0]?.start !== start || Math.abs((findings[0]?.end ?? 0) - end) > 1;
  });
  assert.deepEqual(wrong, []);
});

test("finds no date of birth in other dates, in ages, and where the word belongs to another date", () => {
  for (const text of clean)
    assert.deepEqual(
      detector.detect(text).filter(({ type }) => type === "birth_date"),
      [],
      text,
    );
  const [only] = detector.detect("Eintritt 01.02.2010, geboren 12.03.1980").filter(({ type }) => type === "birth_date");
  assert.equal(only?.start, 29);
  assert.match(only?.because ?? "", /before/);
});
