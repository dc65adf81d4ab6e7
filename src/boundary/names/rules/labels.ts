import type { Finding } from "../../port.ts";
import { COMMON_WORD, hashOf, NAME, ORGANISATION_HINT, PLACE } from "../lexicon/lexicon.ts";
import { BREAK, CAPITAL, Words } from "../words.ts";
import type { Candidate } from "./candidate.ts";
import { hashSet } from "./hash-set.ts";
import type { KnownNames } from "./known-names.ts";
import { runEnd } from "./run.ts";

/** Labels of fields that hold nothing but a name. */
const nameLabels = hashSet(
  `vorname nachname familienname geburtsname rufname prénom prenom surname forename firstname lastname fullname nombre nombres apellido apellidos cognome voornaam
  achternaam familienaam imię imie imiona nazwisko jméno příjmení meno priezvisko ime priimek prezime prenume sukunimi etunimi etunimet förnamn efternamn fornavn
  etternavn efternavn vardas pavardė vārds uzvārds eesnimi perekonnanimi vezetéknév keresztnév családnév utónév όνομα ονοματεπώνυμο επώνυμο име фамилия фамилно собствено
  sloinne ainm kunjom nome sobrenome apelido`,
);
/** Labels that may stand before the name of a thing or of a company too. */
const otherLabels = hashSet(
  `name naam namn navn nimi nazwa név nume nom contact kontakt kontakte kontaktperson ansprechpartner ansprechpartnerin contactpersoon patient patientin paciente paziente
  pacjent pacient patiënt potilas páciens asiakas customer client kunde kundin klient klientka cliente klant kund zákazník ügyfél author autor autorin auteur autore assignee
  reporter owner absender empfänger empfaenger sender recipient remitente destinatario destinataire mittente afzender nadawca odbiorca odesílatel médico medico arzt ärztin
  lekarz lékař orvos lääkäri doctor sachbearbeiter sachbearbeiterin bearbeiter teilnehmer teilnehmerin participants participants présents obecni přítomni jelenlévők
  läsnä deltagare deltagere aanwezig aanwezigen presenti presentes asistentes responsable responsabile responsável referente zuständig unterschrift signature signed podpis
  aláírás allekirjoitus from von od de attendees mieter vermieter käufer verkäufer tenant landlord employee mitarbeiter mitarbeiterin employé empleado pracownik zaměstnanec
  alkalmazott työntekijä ügyintéző kapcsolattartó yhteyshenkilö persona osoba клиент пациент контакт πελάτης ασθενής εκπρόσωπος`,
);

const longestValue = 60;

/** Where the value of a label begins: behind `:`, or `=`, with quotes, tabs and spaces around it; 0 when none follows. */
function valueStart(text: string, end: number): number {
  let seen = false;
  for (let index = end; index < end + 8 && index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 58 || code === 61) seen = true;
    else if (code === 10 || (code !== 32 && code !== 9 && code !== 34 && code !== 39 && code !== 42 && code !== 0xa0)) return seen ? index : 0;
  }
  return 0;
}

/** `Name: Anna Rossi`, `"apellidos": "García"`: the value of a label, as far as it is written like a name. Returns the index behind it. */
export function labelled(words: Words, index: number, add: (candidate: Candidate) => void): void {
  const next = words.text.charCodeAt(words.end(index));
  if (next !== 58 && next !== 61 && next !== 34 && next !== 39 && next !== 32 && next !== 9 && next !== 42) return;
  if (!words.has(index + 1, CAPITAL) || words.gap(index + 1) !== BREAK) return;
  const hash = words.hash(index);
  const certain = nameLabels.has(hash);
  if (!certain && !otherLabels.has(hash)) return;
  const from = valueStart(words.text, words.end(index));
  const first = index + 1;
  if (from === 0 || first >= words.count || words.start(first) !== from || !words.has(first, CAPITAL)) return;
  let end = runEnd(words, first);
  while (end > first && words.end(end - 1) - from > longestValue) end -= 1;
  let named = 0;
  for (let part = first; part < end; part += 1) {
    if (words.is(part, ORGANISATION_HINT)) return;
    if (words.is(part, NAME)) named += 1;
    // The next field may stand in the same line.
    else if (words.is(part, COMMON_WORD) && words.has(part, CAPITAL)) end = part;
  }
  if (end === first || (!certain && named === 0 && (end - first < 2 || words.is(first, PLACE)))) return;
  add({
    start: from,
    end: words.end(end - 1),
    first,
    behind: end,
    rule: "person.label",
    confidence: certain ? 0.95 : named > 0 ? 0.9 : 0.6,
    because: "a label for a name stands before it",
    strong: named > 0 || certain,
  });
}

const words = new Words();
const mostWords = 5;

/** The name in a value whose member's name says that it is one: `{ "lastName": "Kovács" }`. */
export function nameUnderKey(key: string, value: string, known: KnownNames): Finding | undefined {
  if (value.length < 2 || value.length > longestValue || !nameLabels.has(hashOf(key.replace(/[_\s-]/gu, "")))) return undefined;
  words.read(value, 0, value.length);
  const end = words.count;
  const isName =
    end > 0 && end <= mostWords && words.has(0, CAPITAL) && runEnd(words, 0) === end && words.start(0) === 0 && words.end(end - 1) >= value.length - 1;
  if (isName) known.learnSpan(words, 0, value.length);
  words.release();
  return isName
    ? {
        type: "person",
        subtype: undefined,
        start: 0,
        end: value.length,
        confidence: 0.9,
        rule: "person.label",
        class: "sensitive",
        because: "the member's name says that it is a name",
      }
    : undefined;
}
