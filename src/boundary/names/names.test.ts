import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findNames } from "./names.ts";
import { KnownNames } from "./rules/known-names.ts";
import { readMarked } from "./testing/marked-text.ts";

const found = (text: string): string[] => findNames(text).map(({ start, end }) => text.slice(start, end));

/** `[[…]]` is the span that must be found, to the letter. */
const exact: Readonly<Record<string, readonly string[]>> = {
  titles: [
    "Wir haben mit Frau [[Hollerbach]] telefoniert.",
    "Das Gutachten von Prof. Dr. [[Eleonore Spitzweg]] liegt vor.",
    "M. [[Chandiot]] est absent.",
    "Mme [[Arnoult]] a signé.",
    "De heer [[Smeenk]] belt terug.",
    "Pan [[Grzegorz Brzęczyszczykiewicz]] złożył wniosek.",
    "Sra. [[Ermelinda Patrón]] pidió una cita.",
    "Il Dott. [[Cassano]] visita il mercoledì.",
    "Doamna [[Tutunescu]] a sunat ieri.",
    "Ma [[Kerekes]] úr hívott, hogy nem jön.",
    "Eilen rouva [[Hämäläinen]] soitti, mutta hän ei vastannut.",
    "Ο κύριος [[Καραγεωργίου]] τηλεφώνησε.",
  ],
  salutations: ["Dear [[Priya]],\nplease call.", "Cher [[Olivier]],\nmerci.", "Hei [[Matti]],\nkiitos viestistä.", "Szia [[Zsófi]],\nküldöm a számlát."],
  closings: [
    "Kind regards,\n[[Alistair Pemberton]]",
    "Mit freundlichen Grüßen\n[[Uwe Gräbner]]",
    "Üdvözlettel,\n[[Kerekes Zsófia]]",
    "Ystävällisin terveisin\n[[Anu Hakkarainen]]",
    "Z poważaniem\n[[Halina Wrzos]]",
  ],
  labels: ["Apellidos: [[Aranda Quintanilla]].", "Nazwisko: [[Wrzos]]", '"lastName": "[[Thistlewood]]"', "Ansprechpartner: [[Katharina Zwerenz]]"],
  "family name first": ["Tegnap [[Nagy Péter]] nem jött el, mert beteg volt.", "A szerződést [[Szabó Katalin]] írta alá, és ő küldte el."],
  particles: [
    "Der Vertrag mit [[Ulrich von Hagenow]] läuft aus.",
    "Het contract met [[Joost van den Akker]] loopt af.",
    "Bien reçu de [[Anne-Sophie de Villeneuve]].",
  ],
  "lost spaces": ["Zasądza na rzecz [[AnnyKowalskiej]] kwotę 100 zł."],
};

test("finds names by title, salutation, closing, label and order, with the name's exact borders", () => {
  const wrong: string[] = [];
  let count = 0;
  for (const [kind, texts] of Object.entries(exact)) {
    for (const marked of texts) {
      const { text, names } = readMarked(marked);
      count += 1;
      const want = names.map(({ start, end }) => text.slice(start, end));
      const got = found(text);
      if (JSON.stringify(got) !== JSON.stringify(want)) wrong.push(`${kind}: ${marked.replaceAll("\n", "⏎")} gave ${got.join(" | ") || "nothing"}`);
    }
  }
  assert.ok(count >= 30);
  assert.deepEqual(wrong, []);
});

test("every finding is sensitive, says its rule and why, and holds none of the text in its reason", () => {
  const text = "Dear Ms Okonjo,\nJames Carter called. Name: Ada Lovelace.";
  const findings = findNames(text);
  assert.ok(findings.length >= 3);
  for (const finding of findings) {
    assert.equal(finding.type, "person");
    assert.equal(finding.class, "sensitive");
    assert.match(finding.rule, /^person\.[a-z]+$/);
    assert.ok(finding.because !== undefined && !finding.because.includes(text.slice(finding.start, finding.end)));
  }
});

test("a name that was told once is known again in its cases, and in the order of the text", () => {
  assert.deepEqual(found("Pani Halina Wrzosek złożyła skargę. Decyzję wysłano do Wrzosek oraz do pełnomocnika Wrzosek."), [
    "Halina Wrzosek",
    "Wrzosek",
    "Wrzosek",
  ]);
  assert.deepEqual(found("Herra Pekka Ruohomäki soitti eilen ja hän lupasi palata. Kirje lähetettiin Ruohomäelle."), ["Pekka Ruohomäki", "Ruohomäelle"]);
});

test("a mail address tells the names in it", () => {
  const text = "Bitte an jan.wrzosek@example.org senden; das Paket liegt bei Wrzosek im Büro.";
  assert.ok(found(text).includes("Wrzosek"));
  assert.deepEqual(found("Write to info.service@example.org, the Service answers."), []);
});

test("what one text tells is known in the next, with its bound", () => {
  const known = new KnownNames();
  findNames("Frau Hollerbach hat angerufen.", known);
  const next = "Der Rückruf bei Hollerbach steht aus.";
  assert.deepEqual(
    findNames(next, known).map(({ start, end }) => next.slice(start, end)),
    ["Hollerbach"],
  );
  for (let index = 0; index < 9000; index += 1)
    known.learnMailbox(`anna.q${[...String(index)].map((digit) => "abcdefghij"[Number(digit)]).join("")}@x`.slice(0, -2));
  assert.ok(known.size <= 4096);
});

/** Texts without anyone in them. */
const nobody = [
  "Die Rechnung für März liegt bei. Bitte überweisen Sie den Betrag bis Freitag.",
  "The server in Manchester returns an error. May I restart it on Monday?",
  "La Banque de France a relevé ses prévisions. Le ministère publiera le rapport.",
  "Ulica Jana Pawła II jest zamknięta; objazd ul. Adama Mickiewicza.",
  "A Kossuth Lajos utca és a Petőfi Sándor utca között nem jár a villamos.",
  "Bescherming van persoonsgegevens: de wet is op 1 januari gewijzigd.",
  "El servicio de Urgencias del Hospital Universitario no responde.",
  "const user = await fetchUser(id); if (!user) throw new Error('Not Found');",
  "SELECT Name, Price FROM Products WHERE Category = 'Books';",
  "Sehr geehrte Damen und Herren,\nwir danken für Ihre Anfrage.\nMit freundlichen Grüßen\nIhr Kundendienst",
  "Kokous pidetään tiistaina Helsingissä. Lasku on liitteenä, ja se on maksettava heti.",
  "Prezentul contract intră în vigoare la 1 ianuarie.",
];

test("prose, letters and code without names stay quiet", () => {
  const loud = nobody.flatMap((text) => found(text).map((name) => `${name} in ${text}`));
  assert.ok(loud.length <= 1, loud.join("; "));
});

test("any text gives sorted findings within it, free of overlaps", () => {
  const pieces = fc.constantFrom(
    "Anna",
    "Kowalska",
    "Dr.",
    "von",
    " ",
    "\n",
    "-",
    "'",
    ".",
    ",",
    ":",
    "Name",
    "Dear",
    "regards",
    "@",
    "jan.",
    "\ud800",
    "É",
    "ß",
    "1",
    "ΑΝΝΑ",
    "ул.",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const text = parts.join("");
      let last = 0;
      for (const { start, end } of findNames(text)) {
        assert.ok(start >= last && end > start && end <= text.length);
        last = end;
      }
    }),
    { numRuns: 300 },
  );
});

const units: Readonly<Record<string, string>> = {
  names: "Anna Kowalska ",
  "names without spaces": "AnnaKowalska",
  initials: "J. K. M. ",
  particles: "van der van de ",
  titles: "Dr. Dr. ",
  labels: "Name: ",
  letters: "Abcdefghij",
  capitals: "A",
  mailboxes: "a.b@",
  hyphens: "Anna-",
  apostrophes: "O'",
};

function fastest(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage();
    findNames(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

test("no text makes names cost more than linear time: four times the text, less than ten times the time", () => {
  const slow: string[] = [];
  for (const [name, unit] of Object.entries(units)) {
    const once = unit.repeat(Math.ceil(200_000 / unit.length));
    findNames(once);
    const ratio = fastest(once.repeat(4)) / Math.max(fastest(once), 1);
    if (ratio > 10) slow.push(`${name}: ${ratio.toFixed(1)}`);
  }
  assert.deepEqual(slow, []);
});
