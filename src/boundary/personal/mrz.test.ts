import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";

const detector = createDetector();
const passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const card = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
const older = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";
const visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<";

test("finds the zones that ICAO Doc 9303 prints as its examples, all lines as one document", () => {
  for (const [kind, zone] of [
    ["td3", passport],
    ["td1", card],
    ["td2", older],
    ["td3", visa],
  ] as const) {
    for (const [lead, text, tail] of [
      ["", zone, ""],
      ["Scan:\n", zone, "\nend"],
      ["", zone.replaceAll("\n", "\r\n"), ""],
    ] as const) {
      const [finding, ...rest] = detector.detect(lead + text + tail).filter(({ type }) => type === "document_id");
      assert.deepEqual(
        [finding?.subtype, finding?.start, finding?.end, finding?.confidence, rest.length],
        [`mrz.${kind}`, lead.length, lead.length + text.length, 0.99, 0],
        zone,
      );
    }
  }
});

test("one misread character hides no zone, and a name line alone is found by its form", () => {
  assert.equal(detector.detect(passport.replace("7408122", "7408172"))[0]?.confidence, 0.99);
  assert.equal(detector.detect(passport.split("\n")[0] ?? "")[0]?.subtype, "mrz.line");
  assert.equal(detector.detect("T22000129364081252010315D4")[0]?.subtype, "mrz.de");
});

test("shifts, templates and arrows of source code are no zones", () => {
  for (const text of ["a << b << c", "std::cout << x << std::endl;", `${"<".repeat(44)}`, "<<EOF\nhello\nEOF", "A<<B", `1<<${"2<<".repeat(12)}3`]) {
    assert.deepEqual(
      detector.detect(text).filter(({ type }) => type === "document_id"),
      [],
      text,
    );
  }
});
