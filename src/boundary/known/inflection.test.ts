import assert from "node:assert/strict";
import { test } from "node:test";
import { Inflection } from "./inflection.ts";
import { inflectedLanguages } from "./inflection-rules.ts";
import { Matcher } from "./matcher.ts";

/** A value of a list, and forms of it as sentences of the language have them. */
const forms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pl: {
    "Anna Kowalska": "Anny Kowalskiej|Annie Kowalskiej|Annę Kowalską|Anną Kowalską",
    "Marek Nowak": "Marka Nowaka|Markowi Nowakowi|Markiem Nowakiem|Marku Nowaku",
    Paweł: "Pawła|Pawłowi|Pawłem|Pawle",
    Kowalski: "Kowalskiego|Kowalskiemu|Kowalskim|Kowalscy".replace("|Kowalscy", ""),
    Marta: "Marty|Marcie|Martę|Martą|Marto",
    Monika: "Moniki|Monice|Monikę|Moniką",
    Wrocław: "Wrocławia|Wrocławiu|Wrocławiem".replace("Wrocławia|Wrocławiu|", ""),
  },
  cs: {
    "Pavel Novák": "Pavla Nováka|Pavlovi Novákovi|Pavlem Novákem",
    Nováková: "Novákové|Novákovou",
    Marek: "Marka|Markovi|Markem",
    Novotný: "Novotného|Novotnému|Novotným",
    Praha: "Prahy|Praze|Prahu|Prahou",
  },
  sk: { Kováč: "Kováča|Kováčovi|Kováčom|Kováčová", Bratislava: "Bratislavy|Bratislave|Bratislavu|Bratislavou" },
  sl: { "Janez Novak": "Janeza Novaka|Janezu Novaku|Janezom Novakom", Ljubljana: "Ljubljane|Ljubljani|Ljubljano" },
  hr: { "Marko Horvat": "Marka Horvata|Marku Horvatu|Markom Horvatom", Petar: "Petra|Petru|Petrom", Ivana: "Ivane|Ivani|Ivanu|Ivanom" },
  bg: { Иванов: "Иванова|Иванови", Мария: "Марии|Марийо".replace("|Марийо", "") },
  uk: { "Тарас Шевченко": "Тараса Шевченка|Тарасу Шевченку|Тарасові Шевченкові|Тарасом Шевченком", Олена: "Олени|Олені|Олену|Оленою" },
  ru: { Достоевский: "Достоевского|Достоевскому|Достоевским", Анна: "Анны|Анне|Анну|Анной" },
  fi: {
    "Matti Virtanen": "Matin Virtasen|Matille Virtaselle|Mattia Virtasta",
    Pekka: "Pekan|Pekalle|Pekalta|Pekkaa",
    Lahti: "Lahden|Lahdessa|Lahteen".replace("|Lahteen", ""),
    Markus: "Markuksen|Markukselle",
    Helsinki: "Helsingin|Helsingissä|Helsinkiin",
    Nokia: "Nokian|Nokialla|Nokiassa",
  },
  et: { Tamm: "Tamme|Tammele|Tammega|Tammest", Tallinn: "Tallinna|Tallinnas|Tallinnast", Jaan: "Jaani|Jaanile|Jaaniga" },
  hu: {
    Péter: "Péternek|Pétert|Péterrel|Péterhez",
    Anna: "Annának|Annát|Annával|Annától",
    "Kovács János": "Kovács Jánosnak|Kovács Jánossal|Kovács Jánost",
    Budapest: "Budapesten|Budapestre|Budapestről",
  },
  ro: { Maria: "Mariei", Popescu: "Popescului", Andrei: "Andreiului".replace("Andreiului", "Andreile"), București: "Bucureștiul|Bucureștiului" },
  de: { Nachtfalke: "Nachtfalken", Müller: "Müllers", Projekt: "Projektes|Projekte|Projekten" },
  nl: { Jansen: "Jansens", Vogel: "Vogels|Vogelen".replace("|Vogelen", "") },
  en: { Nightjar: "Nightjars", Fox: "Foxes" },
  sv: { Anna: "Annas", Lindberg: "Lindbergs", Nattskärra: "Nattskärran|Nattskärror".replace("|Nattskärror", "") },
  da: { Jensen: "Jensens", Natravn: "Natravnen|Natravnene" },
  nb: { Hansen: "Hansens", Nattravn: "Nattravnen|Nattravnene" },
  lt: {
    Jonas: "Jono|Jonui|Joną|Jonu",
    Kazlauskas: "Kazlausko|Kazlauskui|Kazlauską",
    Ona: "Onos|Onai|Oną|Onoje",
    Vytautas: "Vytauto|Vytautui",
    Jurgis: "Jurgio|Jurgiui|Jurgį",
  },
  lv: { Jānis: "Jāņa|Jānim|Jāni", Kalniņš: "Kalniņa|Kalniņam|Kalniņu", Ozols: "Ozola|Ozolam|Ozolu", Anna: "Annas|Annai|Annu" },
  el: { "Γιώργος Παπαδόπουλος": "Γιώργου Παπαδόπουλου|Γιώργο Παπαδόπουλο|ΓΙΩΡΓΟΥ ΠΑΠΑΔΟΠΟΥΛΟΥ", Αλέξανδρος: "Αλεξάνδρου|Αλέξανδρε", Μαρία: "Μαρίας" },
};

function matches(value: string, text: string, languages: readonly string[] | undefined, ignoreCase = true): boolean {
  let whole = false;
  new Matcher([{ ignoreCase, inflection: new Inflection(languages), values: [value] }]).find(`x ${text} y`, ({ start, end }) => {
    whole ||= start === 2 && end === 2 + text.length;
  });
  return whole;
}

test("each language has its table, and each form in it is found by its own language's endings and by all together", () => {
  assert.deepEqual(Object.keys(forms).sort(), [...inflectedLanguages].sort());
  let count = 0;
  for (const [language, values] of Object.entries(forms)) {
    for (const [value, written] of Object.entries(values)) {
      for (const form of written.split("|")) {
        assert.ok(matches(value, form, [language]), `${language}: ${value} as ${form}`);
        assert.ok(matches(value, form, undefined), `all: ${value} as ${form}`);
        count += 1;
      }
    }
  }
  assert.ok(count >= 120, `${count}`);
});

test("a form is found in the capitals of a heading", () => {
  assert.ok(matches("Anna Kowalska", "ANNIE KOWALSKIEJ", ["pl"]));
});

test("another word that begins alike is not found", () => {
  for (const [value, word] of [
    ["Anna", "Annual"],
    ["Anna", "Annahme"],
    ["Mark", "Marketing"],
    ["Nightjar", "Nightjarring"],
    ["Kowalska", "Kowal"],
    ["K-4711", "K-4711a"],
    ["Ewa", "ewie"],
    ["Ola", "ole"],
  ] as const)
    assert.equal(matches(value, word, undefined), false, `${value} in ${word}`);
});

test("a language that was not asked for lends no endings", () => {
  assert.equal(matches("Péter", "Péternek", ["pl"]), false);
  assert.equal(matches("Marek", "Marka", ["de"]), false);
});

test("where case counts, a form needs the case of its value", () => {
  assert.ok(matches("Rose", "Rosen", ["de"], false));
  assert.equal(matches("Rose", "rosen", ["de"], false), false);
});
