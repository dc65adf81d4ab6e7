import assert from "node:assert/strict";
import { it } from "node:test";
import { checkCountry, checkCountryOrGroup, countryCodes } from "./countries.ts";

it("every country of ISO 3166-1 is taken, and the standard has 249", () => {
  assert.equal(countryCodes.length, 249);
  for (const code of countryCodes) assert.equal(checkCountry(code), undefined);
});

it("codes and names that people write instead lead to the right one", () => {
  const hints = ["de", "UK", "uk", "EL", "USA", "Norway", "germany", " FR "].map((text) => checkCountry(text)?.hint);
  assert.deepEqual(hints, ["write DE", "write GB", "write GB", "write GR", "write US", "write NO", "write DE", "write FR"]);
  assert.deepEqual(
    ["eea", "ADEQUAT", "any", "XX"].map((text) => checkCountryOrGroup(text)?.hint),
    ["write EEA", "write ADEQUATE", "write ANY", "two capital letters, such as DE, or one of EU, EEA, EFTA, ADEQUATE, ANY"],
  );
});
