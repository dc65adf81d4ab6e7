import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";

const detector = createDetector();

/** By language, texts in which « » mark addresses and ‹ › places; all of them must be found, and nothing else of the two types. */
const found: Readonly<Record<string, readonly string[]>> = {
  de: [
    "Sie wohnt in der «Hauptstraße 12a», «80331 München».",
    "Bitte an «Karl-Marx-Str. 5», «12043 Berlin» senden",
    "Lieferung: «Am Alten Weg 7», ‹Kassel›.",
    "Der Laden liegt am «Potsdamer Platz 5».",
    "Anschrift: «Unter den Linden 77»",
    "«Postfach 10 20 30», «50670 Köln»",
    "Wohnort: ‹Leipzig›",
  ],
  at: ["Büro: «Mariahilfer Straße 45/3», «1060 Wien»", "«Lerchenfelder Gasse 12», «A-1080 Wien»"],
  ch: ["«Bahnhofstrasse 21», «8001 Zürich»", "«12, rue du Rhône», «1204 Genève»"],
  fr: [
    "J'habite au «12 bis, rue de la République», «69002 Lyon».",
    "Siège : «45 avenue Victor Hugo», «75116 Paris»",
    "Adresse : «3 impasse des Lilas»",
    "Code postal : «33000»",
    "Ville : ‹Bordeaux›",
    "«8 bd Voltaire», «75011 Paris»",
  ],
  es: [
    "Domicilio: «Calle Losada Marín 23, 5 B».",
    "Vive en «C/ Mayor, 14, 3º izq», «28013 Madrid».",
    "«Avda. de la Constitución s/n», «41001 Sevilla»",
    "Localidad/ Provincia: ‹Vigo›.\nCP: «36201».",
    "«Plaza de España nº 4», ‹Cádiz›.",
    "«Carretera de Toledo km 12,500», «28905 Getafe»",
  ],
  pt: ["Morada: «Rua do Salitre, 62, 3.º Esq»", "Moro na «Avenida da Liberdade, 110», «1250-146 Lisboa»", "«Travessa das Flores 8», «4050-263 Porto»"],
  it: [
    "Abita in «via Garibaldi 7», «40124 Bologna».",
    "Sede: «Piazza del Duomo 1», «20121 Milano»",
    "Indirizzo: «Corso Vittorio Emanuele II, 101»",
    "CAP: «00184»",
  ],
  ro: ["Domiciliul: «Str. Mihai Eminescu nr. 12, bl. A3, sc. 2, et. 4, ap. 15»", "«Bulevardul Unirii nr. 5», «030167 București»"],
  nl: [
    "Ik woon aan de «Keizersgracht 123», «1015 CJ Amsterdam».",
    "«Stationsplein 4», «3511 ED Utrecht»",
    "«Postbus 1234», «2500 BJ Den Haag»",
    "Woonplaats: ‹Delft›",
  ],
  pl: [
    "mieszka przy «ul. Długiej 12A m. 5», «31-146 Kraków»",
    "«al. Jana Pawła II 43» w ‹Warszawie›",
    "«os. Piastowskie 12/34, bl. 4, kl. B», «61-148 Poznań»",
    "«ul. 3 Maja 7» w ‹Katowicach›",
    "«Nowa Wieś 17», ‹gmina Michałowice›, ‹powiat pruszkowski›",
    "«skr. poczt. 145», «00-950 Warszawa»",
    "zamieszkały w ‹Częstochowie›",
    "przy ‹rondzie Daszyńskiego›",
  ],
  cs: ["Bydliště: «Karlovo náměstí 13», «120 00 Praha 2»", "«Masarykova třída 8», «779 00 Olomouc»", "«ul. Nádražní 5», ‹Brno›"],
  sk: ["Adresa: «Hlavná ulica 12, 040 01 Košice»", "«Štefánikova trieda 3», «949 01 Nitra»"],
  hu: ["Lakcím: «1052 Budapest, Váci utca 12. 3. em. 4»", "a «Kossuth Lajos utca 5»", "«Bajcsy-Zsilinszky út 20», «1065 Budapest»"],
  sl: ["«Slovenska cesta 15», «1000 Ljubljana»", "Naslov: «Trubarjeva ulica 3»"],
  hr: ["«Vukovarska ulica 22», «10000 Zagreb»", "Adresa: «Trg bana Jelačića 3»"],
  fi: ["Osoite: «Mannerheimintie 12 B 14», «00100 Helsinki»", "Asun «Kuusitiellä 4».", "«Hämeenkatu 8», «33100 Tampere»"],
  sv: ["Jag bor på «Storgatan 5», «114 55 Stockholm».", "«Drottning Kristinas väg 31»", "Ort: ‹Uppsala›"],
  da: ["Han bor «Vesterbrogade 7, 2. th.», «1620 København».", "Adresse: «Nørre Allé 14»"],
  no: ["«Karl Johans gate 22», «0159 Oslo»", "«Storgata 3», «9008 Tromsø»"],
  et: ["«Narva mnt 10», «10117 Tallinn»", "Aadress: «Pärnu maantee 5»"],
  lv: ["«Brīvības iela 55», «LV-1010 Rīga»"],
  lt: ["«Gedimino pr. 9», «LT-01103 Vilnius»", "«Vilniaus g. 5»"],
  el: ["Διεύθυνση: «Πανεπιστημίου 30, 106 79 Αθήνα»", "μένει στην «οδό Ερμού 12»"],
  bg: ["«ул. Граф Игнатиев 15», «1000 София»", "Адрес: «бул. Витоша 89»"],
  en: [
    "She lives at «221B Baker Street», ‹London›.",
    "«10 Downing Street», «London SW1A 2AA»",
    "Address: «Flat 3, 14 High Street»",
    "The Eircode is «D02 X285».",
    "Postcode: «EH1 1YZ»",
    "Send it to «P.O. Box 4711».",
  ],
};

/** Texts that hold no address, and no place that a word tells. */
const clean: readonly string[] = [
  "Platz 3 von 10 in der Tabelle",
  "Parkplatz 12 ist frei, Ausweg 2 auch",
  "auf der Bundesstraße 5 nach Norden",
  "Am 12.03.2024 um 14:30 Uhr, Seite 12345 Mitte",
  "Windows 10, 2015 Microsoft Corporation",
  "via TCP 443 and via Python 3",
  "E-Mail-Adresse: siehe oben",
  "IP address: 10.0.0.1, MAC address: see label",
  "memory address 0x7ffe1234",
  "Smith et al. Nature 2004",
  "serwis-ksiegowy.pl. Kontakt oraz audyt.pl. Informacje",
  "art. 232 ust. 7 oraz § 33 pkt 5",
  "la calle estaba vacía durante 5 días",
  "AV OD era 0,3",
  "une place de 5 étoiles",
  "rue des miracles",
  "The Supreme Court, 2004 term",
  "in 3 way calls",
  "Kreditaktien 211, Obligatie 22, Aktien 55",
  "the road to 5 million users",
  "a 2GB stick and N1 2GB more",
  "ISO 21532 und IEC 51533-5",
  "Nr. 12 Absatz 3 Satz 1",
  "12 Monate Laufzeit, 50000 Kilometer",
  "place the order 5 times",
  "os. 3 i pl. 2",
  "kr. 12345 Gross",
];

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

function unmark(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const marks: Mark[] = [];
  let text = "";
  let start = 0;
  for (const character of marked) {
    if (character === "«" || character === "‹") start = text.length;
    else if (character === "»") marks.push({ start, end: text.length, type: "address" });
    else if (character === "›") marks.push({ start, end: text.length, type: "location" });
    else text += character;
  }
  return { text, marks };
}

test("finds streets, postcodes, post boxes and places as the languages of Europe write them", () => {
  assert.ok(Object.keys(found).length >= 20);
  const wrong: unknown[] = [];
  for (const [language, texts] of Object.entries(found)) {
    for (const marked of texts) {
      const { text, marks } = unmark(marked);
      const findings = detector.detect(text).filter(({ type }) => type === "address" || type === "location");
      const covered = marks.every((mark) => findings.some((finding) => finding.start <= mark.start && finding.end >= mark.end));
      const founded = findings.every((finding) => marks.some((mark) => finding.start < mark.end && finding.end > mark.start));
      if (!covered || !founded) wrong.push([language, marked, findings.map((finding) => text.slice(finding.start, finding.end))]);
    }
  }
  assert.deepEqual(wrong, []);
});

test("a street is sensitive and says why; a town by itself raises nothing", () => {
  const [street, town] = detector.detect("ul. Solidarności 117, Warszawa");
  assert.deepEqual([street?.type, street?.class, town?.type, town?.class], ["address", "sensitive", "location", "public"]);
  assert.match(street?.because ?? "", /street/);
  assert.match(town?.because ?? "", /[a-z]/);
});

test("finds no address in places of tables, versions, codes and prose", () => {
  assert.ok(clean.length >= 25);
  const wrong = clean.flatMap((text) =>
    detector
      .detect(text)
      .filter(({ type }) => type === "address" || type === "location")
      .map((finding) => [text, text.slice(finding.start, finding.end), finding.because]),
  );
  assert.deepEqual(wrong, []);
});
