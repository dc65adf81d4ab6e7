import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";

const detector = createDetector();
const hints = (text: string): readonly (readonly [string | undefined, string])[] =>
  detector
    .detect(text)
    .filter(({ type }) => type === "special_category")
    .map(({ subtype, start, end }) => [subtype, text.slice(start, end)] as const);

/** Category, and a text in which « » mark the word that tells it. */
const found: readonly (readonly [category: string, marked: string])[] = [
  ["health", "My daughter has «diabetes» type 1."],
  ["health", "He was diagnosed with «schizophrenia» last year."],
  ["health", "The patient suffers from «asthma»."],
  ["health", "Meine Kollegin ist «schwanger»."],
  ["health", "Herr M. leidet an «Epilepsie»."],
  ["health", "Mon mari est «séropositif»."],
  ["health", "Ma sœur souffre de «dépression»."],
  ["health", "Tengo «depresión» desde hace años."],
  ["health", "A paciente está «grávida»."],
  ["health", "Mia madre soffre di «diabete»."],
  ["health", "Sunt «însărcinată»."],
  ["health", "Ik ben «zwanger»."],
  ["health", "Choruję na «cukrzycę»."],
  ["health", "Jsem «těhotná»."],
  ["health", "Moja manželka má «rakovinu»."],
  ["health", "«Cukorbeteg» vagyok."],
  ["health", "Minulla on «syöpä»."],
  ["health", "Ma «olen rase» juba viis kuud."],
  ["health", "Jag är «gravid»."],
  ["health", "Hun har «kræft»."],
  ["health", "Es esmu «grūtniece»."],
  ["health", "Esu «nėščia»."],
  ["health", "Sem «noseča»."],
  ["health", "Moja majka ima «dijabetes»."],
  ["health", "Είμαι «έγκυος»."],
  ["health", "Аз съм «бременна»."],
  ["religion", "My boss is «Jewish» and I am not."],
  ["religion", "Konfession: «römisch-katholisch»"],
  ["religion", "Elle est «musulmane»."],
  ["union", "Ich bin Mitglied der «Gewerkschaft»."],
  ["union", "Je suis membre de la «CGT»."],
  ["union", "Ik ben lid van de «vakbond»."],
  ["politics", "Er ist Mitglied der «CDU»."],
  ["politics", "She is a member of the Labour Party, a loyal «party member»."],
  ["ethnicity", "Mein Mann hat einen «Migrationshintergrund»."],
  ["sexuality", "He is «gay» and has told nobody."],
  ["sexuality", "Mój syn jest «homoseksualistą»."],
  ["genetic", "I had a «genetic test» in May."],
  ["biometric", "They took «my fingerprints»."],
  ["conviction", "Er ist «vorbestraft»."],
  ["conviction", "Mi hermano tiene «antecedentes penales»."],
];

/** General talk, technical talk, and words that only look alike. */
const clean: readonly string[] = [
  "What is diabetes?",
  "The church was built in 1850.",
  "Can you explain what HIV is? I am curious.",
  "I have a question about diabetes.",
  "Write an essay about depression, I need it tomorrow.",
  "Was ist Epilepsie? Ich bin Lehrer.",
  "Diabetes is a common disease. My code does not compile.",
  "Trade unions negotiate wages.",
  "Islam is a religion of the world.",
  "The party won the election.",
  "Statistics on cancer in Europe",
  "How do I add a fingerprint login to my app?",
  "I have disabled the plugin and got an invalid token.",
  "I am writing a GraphQL mutation with a stroke width of 3.",
  "The job was aborted, I have no idea why.",
  "La depresión económica de 1929",
  "Las enfermedades tropicales son un problema",
  "Die Gewerkschaften fordern mehr Lohn.",
  "Diagnosis: the switch drops packets",
  "Co to jest cukrzyca?",
  "Qu'est-ce que la dépression ?",
  "Der Krebs ist ein Tier.",
];

test("finds hints at what the law protects most where the sentence speaks of a person, in more than twenty languages", () => {
  assert.ok(found.length >= 40);
  const wrong = found.flatMap(([category, marked]) => {
    const text = marked.replaceAll(/[«»]/g, "");
    const word = /«(.+)»/.exec(marked)?.[1] ?? "";
    return hints(text).some(([kind, value]) => kind === category && (word.includes(value) || value.includes(word))) ? [] : [[marked, hints(text)]];
  });
  assert.deepEqual(wrong, []);
});

test("stays silent about general questions, technical words and words of many meanings", () => {
  assert.ok(clean.length >= 20);
  assert.deepEqual(
    clean.flatMap((text) => hints(text).map((hint) => [text, hint])),
    [],
  );
});

test("someone found in the paragraph speaks for it, someone in another does not", () => {
  assert.deepEqual(hints("jane.roe@example.org, diabetes, insulin"), [
    ["health", "diabetes"],
    ["health", "insulin"],
  ]);
  assert.deepEqual(hints("jane.roe@example.org\n\nDiabetes in general"), []);
});

test("a hint is sensitive and says what spoke for it", () => {
  const [hint] = detector.detect("My daughter has diabetes.");
  assert.deepEqual([hint?.class, hint?.rule], ["sensitive", "special-category"]);
  assert.match(hint?.because ?? "", /person/);
});
