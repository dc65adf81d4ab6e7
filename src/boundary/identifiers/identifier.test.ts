import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDetector } from "../detector.ts";
import { schemes } from "./countries/index.ts";

const detector = createDetector();
const identifierTypes = new Set(["person_id", "document_id", "business_id", "vehicle"]);

/** Scheme, and texts in which « » mark what is to be found: told by check and date or shape alone, or by a word nearby. */
const found: Readonly<Record<string, readonly string[]>> = {
  "at.svnr": ["«1237 010180»", "SVNR: «1237010180»", "Versicherungsnummer «1237-010180»"],
  "be.nn": ["«85.07.30-033.28»", "rijksregisternummer «85073003328»", "«85073003328» est mon numéro national"],
  "bg.egn": ["«7503169269»", "ЕГН «6141057508»", "egn: «752316 9263»"],
  "ch.ahv": ["«756.9217.0769.85»", "AHV-Nr. «7569217076985»", "«7569217076985»"],
  "ch.uid": ["«CHE-107.787.577»", "UID «CHE107787577»", "«CHE-107.787.577» MWST"],
  "cz.rc": ["«710319/2745»", "rodné číslo: «7103192745»", "r.č. «710319/2745»"],
  "de.idnr": ["Steuer-ID: «36 574 261 809»", "IdNr. «36574261809»", "«36574261809» ist meine Steuer-ID"],
  "de.rvnr": ["«15070649C103»", "Rentenversicherungsnummer «15 070649 C 103»", "RVNR «15070649c103»"],
  "de.kvnr": ["KVNR: «A123456780»", "Krankenkasse: «M123456785»", "Versichertennummer «B123456782»"],
  "dk.cpr": ["«211062-5629»", "CPR: «2110625629»", "personnummer «010170-1234»"],
  "ee.isikukood": ["«36805280109»", "isikukood «36805280109»", "isikukoodiga «36805280109»"],
  "es.dni": ["«12345678Z»", "DNI «12345678-Z»", "«12.345.678-Z»"],
  "es.nie": ["«X-2482300-W»", "NIE «x2482300w»", "«Z8078221M»"],
  "fi.hetu": ["«131052-308T»", "hetu «010594Y9032»", "«010516B903X»"],
  "fr.nir": ["«2 95 10 99 126 111 93»", "n° de sécurité sociale : «295109912611193»", "«186022A21532523»"],
  "gb.nhs": ["NHS number «943 476 5919»", "my nhs no is «9434765919»", "«943-476-5919» (NHS)"],
  "gb.nino": ["National Insurance number «AB 12 34 56 C»", "nino: «AB123456C»", "«AB 12 34 56 C»"],
  "gb.driving-licence": ["«MORGA657054SM9IJ»", "driving licence: «SMITH802290AB1CD»", "DVLA «JONES710153J99EF»"],
  "gr.amka": ["«01013099997»", "ΑΜΚΑ: «01013099997»", "Α.Μ.Κ.Α. «010130 99997»"],
  "gr.afm": ["ΑΦΜ «094259216»", "Α.Φ.Μ.: «094259216»", "afm «094259216»"],
  "hr.oib": ["OIB: «33392005961»", "«33392005961» je moj OIB", "osobni identifikacijski broj «33392005961»"],
  "hu.taj": ["TAJ: «123 456 788»", "TAJ szám: «123456788»", "tajszáma «123-456-788»"],
  "ie.pps": ["«6433435F»", "PPSN: «6433435OA»", "PPS number «6433435 F»"],
  "is.kennitala": ["«120174-3399»", "kennitala «1201743399»", "kt. «120174-3399»"],
  "it.codicefiscale": ["«RCCMNL83S18D969H»", "codice fiscale: «rccmnl83s18d969h»", "C.F. «RCCMNL 83S18 D969H»"],
  "lt.asmens-kodas": ["asmens kodas «33309240064»", "asmens kodo «33309240064»", "a.k. «33309240064»"],
  "lv.personas-kods": ["«161175-19997»", "personas kods: «161175-19997»", "personas koda «16117519997»"],
  "nl.bsn": ["BSN «111222333»", "burgerservicenummer: «1112.22.333»", "«111222333» is my BSN"],
  "no.fodselsnummer": ["«15108695088»", "fødselsnummer «151086 95088»", "personnummer: «15108695088»"],
  "pl.pesel": [
    "«44051401359»",
    "PESEL «44051401359»",
    "PESEL-em «44051401359»",
    "numer PESEL: «440514 01359»",
    "PESEL: «44051\n401359»",
    "PESEL «44O514O1359»",
  ],
  "pl.nip": ["NIP «5260250274»", "nip: «526-025-02-74»", "«526-025-02-74»"],
  "pl.regon": ["REGON: «192598184»", "regonu «192598184»", "numer REGON «123456785»"],
  "pl.dowod": ["dowód osobisty «ABA300000»", "dowodem osobistym nr «ABA300000»", "seria i numer: «ABA 300000»"],
  "pt.nif": ["NIF «123456789»", "contribuinte n.º «123456789»", "nif: «123 456 789»"],
  "ro.cnp": ["«1630615123457»", "CNP: «1630615123457»", "codul numeric personal «1630615123457»"],
  "se.personnummer": ["«811228-9874»", "personnummer «198112289874»", "«19811228-9874»"],
  "si.emso": ["«0101006500006»", "EMŠO: «0101006500006»", "JMBG «0101006500006»"],
  "tr.kimlik": ["TC Kimlik No: «36493665440»", "T.C. «94357219628»", "Türk kimlik numarası «36493665440»"],
  "int.vin": ["VIN: «WVWZZZ1JZ3W386752»", "Fahrgestellnummer «WVWZZZ1JZ3W386752»", "nr VIN «WVWZ ZZ1J Z3W3 8675 2»"],
  "int.lei": ["«5493001KJTIIGC8Y1R12»", "LEI: «5493001KJTIIGC8Y1R12»", "legal entity identifier «5493001KJTIIGC8Y1R12»"],
  "int.imei": ["IMEI «490154203237518»", "imei: «490154203237518»", "the IMEI is «490154203237518»"],
};

/** Look-alikes: nothing of any kind is to be found. */
const clean: readonly string[] = [
  ...["order 4711002", "order no. 7523169263", "Bestellnummer: 7103192745", "Zamówienie 44051401359", "commande n° 36805280109", "invoice 1630615123457"],
  ...[
    "Rechnung Nr. 0101006500006",
    "tracking 00340434161094021501",
    "EAN 4006381333931",
    "ISBN 978-3-16-148410-0",
    "ISBN 9783161484100",
    "GTIN 04006381333931",
  ],
  ...["1.234.567,89 EUR", "44051401359 EUR", "12 345 678 €", "€ 1.200.300", "$44,051,401", "0.44051401359", "3,44051401359", "44051401359.5"],
  ...[
    "2024-05-14",
    "14.05.2024",
    "05/14/2024",
    "20240514",
    "2024-05-14T10:11:12.123Z",
    "2024-05-14 10:11:12",
    "14.05.2024 10:11",
    "10:11:12",
    "20240514101112",
  ],
  ...[
    "1715680000",
    "1715680000123",
    "timestamp 1630615123457",
    "v2.10.4",
    "version 44051401359",
    "build 7523169263",
    "10.0.19045.4412",
    "§ 14 Abs. 2 Nr. 12345",
  ],
  ...[
    "550e8400-e29b-41d4-a716-446655440000",
    "12345678-1234-1234-1234-123456789012",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "d41d8cd98f00b204e9800998ecf8427e",
  ],
  ...[
    "x44051401359",
    "44051401359x",
    "a44051401359b",
    "1440514013591",
    "44051401358",
    "id_44051401359",
    "44051401359_2",
    "ZAM-44051401359",
    "PROT/44051401359",
  ],
  ...["12345678A", "X9613851Q", "6433435A", "RCCMNL83S18D969A", "111222333", "192598184", "36574261809", "33392005961", "123456782", "5260250274"],
  ...[
    "11111111111",
    "00000000000",
    "0000000000",
    "room B12, floor 3",
    "Az. 5 AZR 123/19",
    "DIN EN ISO 27001:2022",
    "A4 80g/m2",
    "WP 29/2017",
    "lat 52.5200066, lon 13.404954",
  ],
];

function unmark(marked: string): { text: string; start: number; end: number } {
  const start = marked.indexOf("«");
  return { text: marked.replace("«", "").replace("»", ""), start, end: marked.indexOf("»") - 1 };
}

test("finds each scheme by its check, by its word, and in the ways in which it is written", () => {
  assert.ok(Object.keys(found).length >= 40);
  const wrong: unknown[] = [];
  for (const [subtype, texts] of Object.entries(found)) {
    assert.ok(texts.length >= 3);
    for (const marked of texts) {
      const { text, start, end } = unmark(marked);
      const findings = detector.detect(text).filter(({ type }) => identifierTypes.has(type));
      const [finding] = findings;
      if (findings.length === 1 && finding?.subtype === subtype && finding.start === start && finding.end === end) continue;
      wrong.push([subtype, marked, findings.map((one) => [one.subtype, one.rule, text.slice(one.start, one.end)])]);
    }
  }
  assert.deepEqual(wrong, []);
});

test("finds nothing in numbers that only look alike: orders, amounts, dates, times, digests, versions, failing checks", () => {
  assert.ok(clean.length >= 60);
  const wrong = clean.flatMap((text) => detector.detect(`see ${text} there`).map((finding) => [text, finding.type, finding.subtype, finding.rule]));
  assert.deepEqual(wrong, []);
});

test("a changed digit is no longer found where the check tells it", () => {
  for (const text of ["44051401358", "CHE-107.787.578", "12345678A", "36805280108", "1630615123458", "0101006500007", "RCCMNL83S18D969A", "BSN: 111222334"]) {
    assert.deepEqual(detector.detect(`see ${text} there`), [], text);
  }
});

test("persons and documents are sensitive; a company's number raises nothing", () => {
  assert.equal(detector.detect("PESEL 44051401359")[0]?.class, "sensitive");
  assert.equal(detector.detect("dowód osobisty ABA300000")[0]?.class, "sensitive");
  assert.equal(detector.detect("REGON 192598184")[0]?.class, "public");
  assert.equal(detector.detect("NIP 526-025-02-74")[0]?.class, "public");
});

test("confidence tells how well it is founded: check and word, word, check alone", () => {
  const confidence = (text: string): number => detector.detect(text)[0]?.confidence ?? 0;
  assert.ok(confidence("PESEL 44051401359") > confidence("BSN 111222333"));
  assert.ok(confidence("BSN 111222333") > confidence("44051401359"));
  assert.ok(confidence("44051401359") > confidence("PESEL 44051401358"));
});

test("a bank account, a card and a telephone number are not read as a person's number", () => {
  assert.deepEqual(
    detector.detect("DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111, +48 601 234 567").map((finding) => finding.type),
    ["iban", "card", "phone"],
  );
});

test("of random digits in a sentence, no scheme takes more than 0.6 % without a word, and none of fewer than ten", () => {
  let state = 20_250_101;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const draws = 10_000;
  const seen: string[] = [];
  for (let length = 6; length <= 20; length += 1) {
    const counts = new Map<string, number>();
    for (let draw = 0; draw < draws; draw += 1) {
      const digits = Array.from({ length }, () => Math.floor(random() * 10)).join("");
      for (const { subtype, type } of detector.detect(`see ${digits} there`)) {
        if (subtype !== undefined && identifierTypes.has(type)) counts.set(subtype, (counts.get(subtype) ?? 0) + 1);
      }
    }
    if (length < 10) assert.deepEqual([...counts], []);
    // Three standard deviations of a count of 60.
    for (const [subtype, count] of counts) {
      seen.push(subtype);
      assert.ok(count <= draws * 0.006 + 24, `${subtype}: ${count} of ${draws} numbers of ${length} digits`);
    }
  }
  assert.ok(new Set(seen).size >= 10);
});

test("every scheme says how it is written, and what it asks can be answered", () => {
  assert.ok(schemes.length > 140);
  for (const scheme of schemes) {
    assert.match(scheme.subtype, /^[a-z]{2,3}\.[a-z-]+$/);
    assert.ok(scheme.words.length > 0, scheme.subtype);
    assert.ok(scheme.check !== undefined || scheme.alone === undefined, `${scheme.subtype}: without a check, only a word tells it`);
    for (const groups of scheme.groups?.split("|") ?? []) {
      const sum = groups.split("-").reduce((total, size) => total + Number(size), 0);
      assert.ok(scheme.lengths.includes(sum), `${scheme.subtype}: ${groups} is none of its lengths`);
    }
  }
});

test("never throws, and findings stay in the text, in order and apart, whatever stands between digits and words", () => {
  const words = schemes.flatMap((scheme) => scheme.words.map((word) => word.replace("*", "")));
  const piece = fc.oneof(
    fc.constantFrom(...words),
    fc.stringMatching(/^[0-9]{1,14}$/),
    fc.stringMatching(/^[A-Z]{1,4}[0-9]{1,9}[A-Za-z]?$/),
    fc.constantFrom(" ", "-", ".", "/", "\n", ": ", "\ud83d", "é", "\\n", "<", "O", "l"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      let last = 0;
      for (const { start, end } of detector.detect(text)) {
        assert.ok(start >= last && end > start && end <= text.length);
        last = end;
      }
    }),
    { numRuns: 400 },
  );
});
