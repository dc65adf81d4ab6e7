import { FEMALE, FIRST_NAME, LAST_NAME, MALE, PLACE } from "./masks.ts";
import { hashes, hashOn, letters, type WordTable } from "./table.ts";

/**
 * Endings that names take, folded, each with what stands in its place in the dictionary form: `ego` (nothing), `ce>ka` (`Monice`, `Monika`).
 * Languages are not told apart: a name of one country stands in the text of another, with that language's endings.
 */
const endings: Readonly<Record<string, string>> = {
  polish:
    "ego ego>y ego>i emu emu>y emu>i iego>i iemu>i im>i ym>y ich>i ych>y a>i iej>a iej>i ej>a ej>y a e>a y>a i>a o>a ie>a ii>ia ie>ia io>ia cie>ta ce>ka ki>ka dzie>da rze>ra le>la dze>ga sze>cha owi em iem u owie ow ami ach ka>ek ku>ek kiem>ek kowi>ek ca>ec cem>ec cu>ec cowi>ec la>el lem>el lowi>el ze>r cie>t dzie>d sie>s nie>n ikiem>ik owa owny ówna",
  czech:
    "ova ove ovou ovi ovy ovych ho mu m>y ho>y mu>y ym>y eho>y emu>y em u e y>a e>a u>a ou>a o>a ka>ek kovi>ek kem>ek ku>ek ce>ka ci>k la>el lovi>el lem>el le>el ce>ec cem>ec covi>ec ra>r rovi>r ske>ska skou>ska sku>sky ske>sky ska>sky sko>sky na>en nem>en kova>ek lova>el cova>ec cka>cky cke>cky ove>a ova>a eje ovej iho>i imu>i",
  southSlavic:
    "om em u a e>a i>a om>a u>a in ina inu inoj inim ov ova ev eva om>o u>o a>o em>e u>e ju ja jem je>ja ji>ja jo>ja jom>ja ka>ak ca>ac ca>ec cu>ec ra>ar",
  lithuanian:
    "o>as ui>as a>as u>as e>as ai>as io>is iui>is i>is iu>is i>ys io>ys iui>ys iu>ys aus>us ui>us os>a ai>a oje>a es>e ei>e iene aite yte ute iene>as iene>is aite>as yte>is iene>ys aiciu",
  latvian: "a>s am>s u>s am>is a>is im>is i>is u>is as>a ai>a u>a es>e ei>e i>e iem>i",
  finnish:
    "n a ta ssa sta lla lta lle na ksi tta in ia issa ista illa ilta ille iksi ina han hin hun hen hon hyn an>a en>e in>i on>o un>u yn>y nsa kin sen>nen sta>nen sessa>nen sesta>nen seen>nen sella>nen selta>nen selle>nen sena>nen seksi>nen set>nen sten>nen sia>nen ksen>s kselle>s ksella>s kselta>s ksessa>s ksesta>s sta>s en>i ea>i essa>i esta>i ella>i elta>i elle>i een>i et>i aan>a oon>o uun>u iin>i yyn>y aita>a ien>i ot>o at>a it>i ut>u",
  estonian: "i e u a le i e lt il ile ilt l ga iga st ist sse ni na ks iks il elt ele ega est ele ule ult uga ust ale alt aga ast",
  hungarian:
    "nak nek val vel rol tol nal nel hoz hez ra re ba be ban ben bol ert ig kent on en ek eknel ekhez ekkel eknek ekrol e ne net nenek nevel nehez nerol t at et ot k kat ket kal kel i jai kent ja je jenek janak jat jet javal jevel nk unk",
  romanian: "ului ul ei>a ei>e iei>ia ii>ia ei>ea lui cai>ca cei>ca cii>ca gai>ga",
  germanic: "s es ens en",
  greek: "ου>οσ ο>οσ ε>οσ η>ησ α>ασ ασ>α ησ>η οι>οσ ων>οσ ουσ>οσ ου>ησ ου α>οσ ιου>ησ",
  cyrillic:
    "а у ом ем ым ого ому ой>а ую>а ы>а и>а е>а у>а о>а ою>а ою>ая ий>ия ии>ия ию>ия ією>ія ії>ія ію>ія ові еві я>й ю>й ем>й ко>к ка>ко ку>ко ова еву ова>ов ово>ов",
};

/** A tree over the letters of the endings, last letter first. */
interface Node {
  readonly next: Map<number, Node>;
  /** How many letters are taken off here. */
  readonly depth: number;
  /** What may stand in their place. */
  readonly replacements: (readonly number[])[];
}

const codesOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const newNode = (depth: number): Node => ({ next: new Map(), depth, replacements: [] });

const root = newNode(0);
for (const rule of new Set(Object.values(endings).join(" ").split(" "))) {
  const [suffix = "", replacement = ""] = rule.split(">");
  let node = root;
  for (const code of codesOf(suffix).reverse()) {
    const next = node.next.get(code) ?? newNode(node.depth + 1);
    node.next.set(code, next);
    node = next;
  }
  node.replacements.push(codesOf(replacement));
}

const shortestStem = 3;
const wanted = FIRST_NAME | LAST_NAME | FEMALE | MALE | PLACE;

/** Hungarian `-val/-vel` takes on the last consonant: `Péterrel`, `Kováccsal` (folded, written `ccs`). */
function assimilated(length: number, table: WordTable): number {
  const vowel = letters[length - 2];
  if (letters[length - 1] !== 108 || (vowel !== 97 && vowel !== 101) || length < 6) return 0;
  const last = letters[length - 3];
  if (last !== letters[length - 4]) {
    // cs, sz, zs, gy, ny, ly, ty double their first letter only.
    if (letters[length - 4] !== letters[length - 5]) return 0;
    return table.at(hashOn(hashOn(hashes[length - 5] ?? 0, letters[length - 4] ?? 0), last ?? 0)) & wanted;
  }
  return table.at(hashes[length - 3] ?? 0) & wanted;
}

/** Finnish consonant gradation, the weak grade with the strong one: `Pekan` is of `Pekka`, `Lahden` of `Lahti`, `Rannan` of `Ranta`. */
const gradation: readonly (readonly [weak: readonly number[], strong: readonly number[]])[] = "nn>nt ll>lt rr>rt mm>mp ng>nk k>kk t>tt p>pp d>t v>p"
  .split(" ")
  .map((pair) => {
    const [weak = "", strong = ""] = pair.split(">");
    return [codesOf(weak), codesOf(strong)] as const;
  });
const isVowel = (code: number): boolean => code === 97 || code === 101 || code === 105 || code === 111 || code === 117 || code === 121;

/** The endings before which the weak grade stands, by their last letters: how long each is. */
function weakCase(length: number): number {
  const last = letters[length - 1];
  if (last === 110 || last === 116) return 1;
  const before = letters[length - 2];
  if (last === 105) return before === 115 && letters[length - 3] === 107 ? 3 : 0;
  if (last === 97) return before === 115 || before === 108 || before === 116 ? 3 : 0;
  return last === 101 && before === 108 ? 3 : 0;
}

function gradated(length: number, table: WordTable): number {
  const ending = weakCase(length);
  const stem = length - ending;
  const vowel = letters[stem - 1] ?? 0;
  if (ending === 0 || stem < 4 || !isVowel(vowel)) return 0;
  for (const [weak, strong] of gradation) {
    const from = stem - 1 - weak.length;
    if (from < 2 || letters[stem - 2] !== weak.at(-1) || letters[from] !== weak[0]) continue;
    let hash = hashes[from] ?? 0;
    for (const code of strong) hash = hashOn(hash, code);
    // `Lahden` is of `Lahti`: a final i became e.
    const mask = (table.at(hashOn(hash, vowel)) | (vowel === 101 ? table.at(hashOn(hash, 105)) : 0)) & wanted;
    if (mask !== 0) return mask;
  }
  return 0;
}

/** The places on the way through the tree where an ending may be taken off, kept between calls so that nothing is allocated. */
const path: Node[] = [];

/** What the lexicon knows of the dictionary form of the word that was read last; 0 when no ending leads to a known name. */
export function withoutEnding(length: number, table: WordTable): number {
  let steps = 0;
  let node = root;
  while (node.depth < length - 1) {
    const next = node.next.get(letters[length - 1 - node.depth] ?? 0);
    if (next === undefined) break;
    node = next;
    path[steps] = node;
    steps += 1;
  }
  // The longest ending first: it leaves the least to chance.
  for (steps -= 1; steps >= 0; steps -= 1) {
    const { depth, replacements } = path[steps] ?? root;
    const stem = length - depth;
    for (const replacement of replacements) {
      if (stem < 2 || stem + replacement.length < shortestStem) continue;
      let hash = hashes[stem] ?? 0;
      for (const code of replacement) hash = hashOn(hash, code);
      const mask = table.at(hash) & wanted;
      if (mask !== 0) return mask;
    }
  }
  return assimilated(length, table) || gradated(length, table);
}
