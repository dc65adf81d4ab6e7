import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";

const detector = createDetector();

/** Country, and a text in which « » mark the plate. */
const found: readonly (readonly [country: string, marked: string])[] = [
  ["de", "Kennzeichen: «M-AB 1234»"],
  ["de", "der Wagen «HH-XY 77E» parkt dort"],
  ["fr", "véhicule immatriculé «AB-123-CD»"],
  ["fr", "la voiture «GK-482-ZW» est garée"],
  ["es", "matrícula: «1234 BCD»"],
  ["it", "targa «AB 123 CD»"],
  ["pt", "matrícula «12-AB-34»"],
  ["nl", "kenteken «12-ABC-3»"],
  ["nl", "kenteken: «gb-001-b»"],
  ["gb", "number plate «BD62 XYZ»"],
  ["gb", "the car «LN14 HGT» was seen"],
  ["ie", "reg: «12-D-12345»"],
  ["pl", "nr rej. «WX 22487»"],
  ["pl", "numer rejestracyjny pojazdu: «WX22489C»"],
  ["cz", "SPZ: «1AB 2345»"],
  ["sk", "EČV: «BA 123 CD»"],
  ["hu", "rendszám: «ABC-123»"],
  ["hu", "forgalmi rendszáma «AA BC-123»"],
  ["ro", "număr de înmatriculare «B 123 ABC»"],
  ["bg", "регистрационен номер «СА 1234 АВ»"],
  ["gr", "πινακίδα «ΥΖΑ-1234»"],
  ["hr", "registarska oznaka «ZG 1234-AB»"],
  ["si", "registrska tablica «LJ AB-123»"],
  ["dk", "registreringsnummer «AB 12 345»"],
  ["fi", "rekisterinumero «ABC-123»"],
  ["lt", "valstybinis numeris «ABC 123»"],
  ["ee", "numbrimärk «123 ABC»"],
  ["ch", "Kontrollschild «ZH 123456»"],
  ["tr", "Plaka numarası «34 ABC 1234» olarak"],
];

const clean: readonly string[] = [
  "BFH, Rz 28 und 36, BFHE 254, 481",
  "IX ZR 2/11, vom 19. Januar 2012",
  "the registration number of the company is 12345678",
  "DIN A4-AB 12",
  "1234 GBP were paid",
  "1234 EUR",
  "ISO-AB 1234",
  "AB-123-CDE",
  "Modell X-AB 12.5",
  "une plaque de cuisson 230 V",
  "placa de ateroma de 3 mm",
];

test("finds plates behind a word for them, and those whose form alone tells, of each country", () => {
  assert.ok(new Set(found.map(([country]) => country)).size >= 22);
  const wrong: unknown[] = [];
  for (const [country, marked] of found) {
    const start = marked.indexOf("«");
    const text = marked.replace("«", "").replace("»", "");
    const findings = detector.detect(text).filter(({ type }) => type === "vehicle");
    const [only] = findings;
    if (
      findings.length !== 1 ||
      only?.subtype !== `${country}.plate` ||
      only.start !== start ||
      only.end !== marked.indexOf("»") - 1 ||
      only.because === undefined
    ) {
      wrong.push([country, marked, findings.map((finding) => [finding.subtype, text.slice(finding.start, finding.end)])]);
    }
  }
  assert.deepEqual(wrong, []);
});

test("a text that is nothing but a plate is one, with little confidence", () => {
  for (const text of ["34 ABC 1234", "AB-123-CD", "1234 BCD", "BD62XYZ", "A123 BCD"]) assert.equal(detector.detect(text)[0]?.type, "vehicle", text);
  assert.ok((detector.detect("34 ABC 1234")[0]?.confidence ?? 1) <= 0.5);
});

test("finds no plate in citations, standards, amounts and companies' numbers", () => {
  for (const text of clean) {
    assert.deepEqual(
      detector.detect(text).filter(({ type }) => type === "vehicle"),
      [],
      text,
    );
  }
});
