import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { StopStrings } from "./stop-strings.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 24 });
const stopList = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n"), minLength: 1, maxLength: 4 }), { maxLength: 3 });

/** Where a reader of the whole text would cut: at the stop that is complete first, and there at the one that begins first. */
function cutAt(text: string, stops: readonly string[]): number | undefined {
  for (let end = 1; end <= text.length; end += 1) {
    const starts = stops.map((stop) => text.slice(0, end).indexOf(stop)).filter((start) => start >= 0);
    if (starts.length > 0) return Math.min(...starts);
  }
  return undefined;
}

test("however the text is cut into pieces, what is shown ends before the first stop string", () => {
  fc.assert(
    fc.property(letters, stopList, (text, stops) => {
      const scanner = new StopStrings(stops);
      let shown = "";
      for (const character of text) if (!scanner.stopped) shown += scanner.push(character);
      if (!scanner.stopped) shown += scanner.flush();
      const cut = cutAt(text, stops);
      assert.equal(scanner.stopped, cut !== undefined);
      assert.equal(shown, text.slice(0, cut));
    }),
  );
});

test("without stop strings nothing is held back", () => {
  const scanner = new StopStrings([]);
  assert.equal(scanner.push("all of it"), "all of it");
  assert.equal(scanner.flush(), "");
});
