import type { Finding } from "../port.ts";
import type { Scan } from "../text/scanner.ts";
import { labelled } from "./labelled.ts";
import { BOX, DIVISION, ENGLISH, RESIDENCE, roleOf, STREET, TOWN, WEAK_ENGLISH, WEAK_STREET } from "./roles.ts";
import { streetFrom } from "./street.ts";
import { isBeforePostcode, townAt, townBehind } from "./town.ts";

const address = (start: number, end: number, confidence: number, because: string, subtype?: string): Finding => ({
  type: "address",
  subtype,
  start,
  end,
  confidence,
  rule: "address",
  class: "sensitive",
  because,
});

/** A place that no name of a person is. */
const certainPlace = 0.8;

/** A place by itself leads to nobody. */
const location = (start: number, end: number, because: string, confidence = 0.7): Finding => ({
  type: "location",
  subtype: undefined,
  start,
  end,
  confidence,
  rule: "location",
  class: "public",
  because,
});

/** Adds what stands behind a street: its postcode and town, or its town alone. */
export function addTown(text: string, end: number, found: Finding[]): void {
  const town = townBehind(text, end);
  if (town === undefined) return;
  const because = "it stands behind a street and its number";
  found.push(town.hasPostcode ? address(town.start, town.end, 0.85, because, "town") : location(town.start, town.end, because));
}

const reachOfResidence = 40;
/** `12, `, `12 bis ` before the name of a French street. */
const numberBefore = /(?<![\d.,/:-])\d{1,4}(?:[ \u00a0]?(?:bis|ter|quater|[A-D]))?,?[ \u00a0]$/u;
/** `12 High`, `221B Baker`, `Flat 3, 10 Downing`: what stands before `Street`. */
const englishName = /(?<![\d.,:$€£#-])(?:(?:Flat|Apt|Apartment|Unit|Suite) \w{1,4}, )?\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?,? (?:[\p{Lu}][\p{L}'’.-]{1,20} ){1,4}$/u;
const stop = /^\.?(?:,|\n|;|\)|\.|$| in [\p{Lu}])/u;

/** Endings of the Polish words for a region: `pruszkowski`, `mazowieckie`. */
const regional = /^\.?[ ]((?:[\p{L}]+-)?[\p{L}]{3,}(?:sk|ck|dzk)(?:i|a|ie|iego|im|iej|ą)|[\p{Lu}][\p{L}-]{2,}(?: [\p{Lu}][\p{L}-]{2,})?)/u;
/** A village has no streets: `Nowa Wieś 17, gmina …`. */
const village = /(?<![\p{L}])(?:[\p{Lu}][\p{Ll}]{2,}[ ]){1,3}\d{1,4}[A-Za-z]?, ?$/u;
const boxNumber = /^[a-z]{0,4}[.:°º]{0,2}[ \u00a0]{0,2}(?:n[rº°o]?\.?[ ])?\d(?:[ ]?\d){0,7}(?![\p{L}\d])/u;
/** Words for streets that a Polish text may name without a number, in the forms of their cases. */
const polishStreet = /^(?:ulic[yęąao]|rond(?:o|a|zie|em)|skwer(?:ze|u)?|osiedl[uae]|plac(?:u|em)|bulwar(?:ze)?|alej[aięą])$/i;
/** Before these the number stands in French: `12, rue de la Paix`. */
const numberFirst =
  /^(?:rue|av|ave|avenue|bd|blvd|bld|boulevard|place|all[ée]es?|impasse|quai|cours|chemin|route|square|passage|faubourg|ruelle|sentier|esplanade|rte)$/i;

/** What one phrase of the text announces. */
class Reader {
  readonly #scan: Scan;
  readonly #index: number;
  readonly start: number;
  readonly end: number;

  constructor(scan: Scan, index: number) {
    this.#scan = scan;
    this.#index = index;
    this.start = scan.words.starts[index] ?? 0;
    this.end = scan.words.ends[index] ?? 0;
  }

  /** Whether a word for living somewhere stands up to 40 characters before. */
  #isResidence(): boolean {
    const { words } = this.#scan;
    for (let index = this.#index - 1; index >= 0 && (words.ends[index] ?? 0) > this.start - reachOfResidence; index -= 1) {
      if (roleOf(words.phrases[index] ?? -1) & RESIDENCE) return true;
    }
    return false;
  }

  /** A street behind its word, as `calle`, `ul.` or `rue`. */
  street(isWeak: boolean): void {
    const { text, found } = this.#scan;
    const previous = text.charAt(this.start - 1);
    if (previous === "." || previous === "-" || previous === "/" || previous === "@" || previous === "_") return;
    const word = text.slice(this.start, this.end);
    const dotted = text.charAt(this.end) === ".";
    if (word.toLowerCase() === "al" && text.slice(this.start - 3, this.start) === "et ") return;
    // Two letters and no dot are another word, unless a street of France or Spain begins so: `12 bd Voltaire`, `Av Roma 5`.
    if (word.length === 1 ? text.charAt(this.end) !== "/" : word.length === 2 && !dotted && !/^(?:bd|av|pz|pº)$/i.test(word)) return;
    // `AV OD 0,3` is a finding of an eye doctor, `placa` a plate.
    if ((word === "AV" && !dotted) || /^placa$/i.test(word)) return;
    const before = !numberFirst.test(word) ? undefined : numberBefore.exec(text.slice(Math.max(0, this.start - 14), this.start))?.[0];
    // `C/`, `C/.`, `Avda.`, `P.º`
    const marks = /^[./º]{0,2}/.exec(text.slice(this.end, this.end + 2))?.[0].length ?? 0;
    const street = streetFrom(text, this.end + marks, before !== undefined);
    if (street === undefined) return;
    const hasNumber = street.hasNumber || before !== undefined;
    const start = this.start - (before?.length ?? 0);
    const told = !isWeak || this.#isResidence() || isBeforePostcode(text, street.end);
    if (hasNumber && told) {
      const because = "a word for a street stands before it";
      found.push(address(start, street.end, 0.85, because));
      addTown(text, street.end, found);
    } else if (polishStreet.test(word)) found.push(location(this.start, street.end, "a word for a street stands before it", certainPlace));
    else if (isBeforePostcode(text, street.end) && word.length > 2) {
      found.push(address(this.start, street.end, 0.75, "a word for a street stands before it, and a postcode behind it"));
      addTown(text, street.end, found);
    }
  }

  /** `12 High Street`: number and name before the word. */
  english(isWeak: boolean): void {
    const { text, found } = this.#scan;
    const lead = text.slice(Math.max(0, this.start - 70), this.start);
    const name = /^[\p{Lu}]/u.test(text.charAt(this.start)) ? englishName.exec(lead)?.[0] : undefined;
    if (name === undefined) return;
    const year = /^(?:1[89]|20)\d\d /.test(name);
    if ((isWeak || year) && !stop.test(text.slice(this.end, this.end + 6))) return;
    if (isWeak && year) return;
    const end = text.charAt(this.end) === "." && this.end - this.start <= 3 ? this.end + 1 : this.end;
    found.push(address(this.start - name.length, end, isWeak ? 0.7 : 0.85, "a word for a street stands behind it"));
    addTown(text, end, found);
  }

  box(): void {
    const { text, found } = this.#scan;
    const number = boxNumber.exec(text.slice(this.end, this.end + 24))?.[0];
    // The letters of an abbreviation are capitals: `BP 12`, `Pf. 12`.
    if (number === undefined || (this.end - this.start <= 3 && !/^\p{Lu}/u.test(text.charAt(this.start)))) return;
    const end = this.end + number.length;
    if (this.end - this.start <= 3 && !isBeforePostcode(text, end)) return;
    found.push(address(this.start, end, 0.85, "a word for a post box stands before it", "box"));
    addTown(text, end, found);
  }

  residence(): void {
    const { text, found } = this.#scan;
    // A stem stands for a word in all its forms.
    const rest = /^[\p{L}]*/u.exec(text.slice(this.end, this.end + 12))?.[0].length ?? 0;
    const town = townAt(text, this.end + rest);
    if (town !== undefined) found.push(location(town.start, town.end, "a word for living there stands before it"));
  }

  division(): void {
    const { text, found } = this.#scan;
    const name = regional.exec(text.slice(this.end, this.end + 60));
    if (name === null) return;
    found.push(location(this.start, this.end + name[0].length, "a word for an administrative unit stands before it", certainPlace));
    const home = village.exec(text.slice(Math.max(0, this.start - 60), this.start))?.[0];
    if (home === undefined) return;
    const end = this.start - (/, ?$/.exec(home)?.[0].length ?? 0);
    found.push(address(this.start - home.length, end, 0.8, "a word for its administrative unit stands behind it"));
  }

  town(): void {
    const { text, found } = this.#scan;
    const isName = /^(?:w?[\p{Lu}])/u.test(text.slice(this.start, this.start + 2)) && !/[\p{L}-]/u.test(text.charAt(this.end));
    if (isName) found.push(location(this.start, this.end, "it is a town of Poland", certainPlace));
  }

  label(roles: number): void {
    const { text, found } = this.#scan;
    const value = labelled(text, this.start, this.end, roles);
    if (value === undefined) return;
    const because = "its label stands before it";
    if (value.kind === "town") found.push(location(value.start, value.end, because));
    else found.push(address(value.start, value.end, 0.9, because, value.kind === "postcode" ? "postcode" : undefined));
  }
}

/** Postal addresses that words announce: streets, post boxes, labels, and places behind words for living there. */
export function addresses(scan: Scan): void {
  const { phrases } = scan.words;
  for (let index = 0; index < phrases.length; index += 1) {
    const roles = roleOf(phrases[index] ?? -1);
    if (roles === 0) continue;
    const reader = new Reader(scan, index);
    if (roles & (STREET | WEAK_STREET)) reader.street((roles & STREET) === 0);
    if (roles & (ENGLISH | WEAK_ENGLISH)) reader.english((roles & ENGLISH) === 0);
    if (roles & BOX) reader.box();
    if (roles & RESIDENCE) reader.residence();
    if (roles & DIVISION) reader.division();
    if (roles & TOWN) reader.town();
    reader.label(roles);
  }
}
