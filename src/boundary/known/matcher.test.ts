import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Inflection } from "./inflection.ts";
import { type Comparison, Matcher } from "./matcher.ts";

interface List extends Partial<Comparison> {
  readonly values: readonly string[];
}

const whole = ({ ignoreCase = true, inflection, values }: List) => ({ ignoreCase, inflection, values });

function found(lists: readonly List[], text: string): readonly string[] {
  const matches: string[] = [];
  new Matcher(lists.map(whole)).find(text, ({ start, end }) => matches.push(text.slice(start, end)));
  return matches;
}

const inOneList = (values: readonly string[], text: string, rest: Partial<Comparison> = {}): readonly string[] => found([{ values, ...rest }], text);

test("whole words are found wherever they stand, and no parts of words", () => {
  const values = ["Nightjar"];
  for (const text of [
    "Nightjar",
    "nightjar.",
    "(NIGHTJAR)",
    "the_nightjar_repo",
    "nightjar's",
    "x\nNightjar",
    "Nightjar🚀",
    "“Nightjar”",
    "\\nNightjar",
    "nightjar-2",
  ])
    assert.equal(inOneList(values, text).length, 1, text);
  for (const text of ["Nightjars", "xNightjar", "Nightjar2", "night jar", "Nightja", "äNightjar"]) assert.deepEqual(inOneList(values, text), [], text);
});

test("several words match over any blanks, and over nothing else", () => {
  const values = ["Anna Maria Meier", "Meier-Schulz", "O'Neil", "Acme & Söhne"];
  for (const text of ["Anna Maria Meier", "anna  maria\n  meier", "Anna\u00a0Maria\tMeier", "MEIER\u2010SCHULZ", "O\u2019Neil", "acme & söhne"])
    assert.deepEqual(inOneList(values, `x ${text} y`), [text]);
  for (const text of ["Anna, Maria Meier", "Anna Maria", "Meier Schulz", "Acme and Söhne"]) assert.deepEqual(inOneList(values, text), [], text);
});

test("what is written differently and reads the same is found: decomposed, zero-width, soft hyphen, full width, final sigma", () => {
  assert.equal(inOneList(["Ünal"], "u\u0308nal").length, 1);
  assert.equal(inOneList(["U\u0308nal"], "ünal").length, 1);
  assert.equal(inOneList(["Nightjar"], "Night\u200bjar and Night\u00adjar and Ｎｉｇｈｔｊａｒ").length, 3);
  assert.equal(inOneList(["Παπαδόπουλος"], "ΠΑΠΑΔΟΠΟΥΛΟΣ").length, 1);
  assert.deepEqual(inOneList(["Müller"], "Muller"), [], "another letter is another name");
});

test("scripts without spaces match inside a sentence", () => {
  assert.deepEqual(inOneList(["山田太郎"], "私は山田太郎です"), ["山田太郎"]);
  assert.deepEqual(inOneList(["🚀 launch"], "the 🚀 launch today"), ["🚀 launch"]);
});

test("signs at the edge of a value count, and full stops and brackets there do not", () => {
  assert.deepEqual(inOneList(["+49 30 123456", "C++", "#nightjar", "Acme Inc."], "+49 30 123456, C++ and #nightjar of Acme Inc"), [
    "+49 30 123456",
    "C++",
    "#nightjar",
    "Acme Inc",
  ]);
  assert.deepEqual(inOneList(["+49 30 123456", "C++"], "49 30 123456, C"), []);
});

test("case is kept apart where a list says so", () => {
  assert.deepEqual(inOneList(["Rose"], "Rose rose ROSE", { ignoreCase: false }), ["Rose"]);
  assert.deepEqual(inOneList(["Rose"], "Rose rose ROSE"), ["Rose", "rose", "ROSE"]);
});

test("at one place the longest value of each list is told", () => {
  assert.deepEqual(inOneList(["Anna", "Anna Meier", "Anna Meier Schulz"], "Anna Meier wrote"), ["Anna Meier"]);
  assert.deepEqual(found([{ values: ["Anna"] }, { values: ["Anna Meier"] }], "Anna Meier"), ["Anna", "Anna Meier"]);
});

test("a value without a word or with too many is passed over", () => {
  assert.deepEqual(inOneList(["", " ", "...", "a ".repeat(20)], "... a a a a a a a a a a a a a a a a a a a a"), []);
});

/** The same rules, as slowly as they can be written, for values of ASCII letters and blanks. */
function naive(values: readonly string[], text: string): readonly string[] {
  const places: string[] = [];
  for (let start = 0; start < text.length; start += 1) {
    if (/[A-Za-z0-9]/.test(text.charAt(start - 1))) continue;
    let best = 0;
    for (const value of values) {
      const pattern = value.trim().split(/ +/).join("[ \\n]{1,8}");
      const match = new RegExp(`^(?:${pattern})(?![A-Za-z0-9])`, "i").exec(text.slice(start));
      if (match !== null) best = Math.max(best, match[0].length);
    }
    if (best > 0) places.push(`${start}:${start + best}`);
  }
  return places;
}

test("over any lists and texts it finds what the naive search finds", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "A"), minLength: 1, maxLength: 3 });
  const values = fc.array(
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
    { minLength: 1, maxLength: 8 },
  );
  const text = fc.string({ unit: fc.constantFrom("a", "b", "A", " ", " ", "\n", ".", "1"), maxLength: 40 });
  let hits = 0;
  fc.assert(
    fc.property(values, text, (listed, written) => {
      const places: string[] = [];
      new Matcher([whole({ values: listed })]).find(written, ({ start, end }) => places.push(`${start}:${end}`));
      assert.deepEqual(places, naive(listed, written));
      hits += places.length;
    }),
    { numRuns: 1000 },
  );
  assert.ok(hits > 100, "a property that never meets a match says nothing");
});

test("inflection finds all that matching without it finds", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "n", "k", "e", "A"), minLength: 1, maxLength: 5 });
  const values = fc.array(
    fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(" ")),
    { minLength: 1, maxLength: 6 },
  );
  const text = fc.string({ unit: fc.constantFrom("a", "n", "k", "e", "A", " ", "."), maxLength: 40 });
  const inflection = new Inflection();
  fc.assert(
    fc.property(values, text, (listed, written) => {
      const starts = (comparison: Partial<Comparison>): readonly number[] => {
        const places: number[] = [];
        new Matcher([whole({ values: listed, ...comparison })]).find(written, ({ start }) => places.push(start));
        return places;
      };
      const inflected = new Set(starts({ inflection }));
      assert.ok(starts({}).every((start) => inflected.has(start)));
    }),
    { numRuns: 500 },
  );
});

test("lists whose words inflect into each other cost a bounded search at each place", () => {
  const values = ["ana", "anna", "ann", "an", "anan"].flatMap((one) => ["ana", "anna", "ann", "anan"].map((other) => `${one} ${other} ${one} ${other}`));
  const text = "Anna Anan Anna Anan ".repeat(2000);
  assert.ok(inOneList(values, text, { inflection: new Inflection() }).length > 0);
});

test("a hundred thousand values are all found, and nothing but them", () => {
  const values = Array.from({ length: 100_000 }, (_, index) => `Customer${index.toString(36)} Number${index}`);
  const matcher = new Matcher([whole({ values }), whole({ values: ["unrelated"] })]);
  const text = [0, 1, 777, 54_321, 99_999].map((index) => values[index]).join(" and ");
  const matches: string[] = [];
  matcher.find(`${text} and Customer1 Number2`, ({ start, end }) => matches.push(text.slice(start, end)));
  assert.deepEqual(matches.join(" and "), text);
});
