/** Case endings as they are put on names: approximations that are right for most names, for training text only. */
export type Inflect = (name: string, grammaticalCase: string) => string;

const back = /[aouáóúAOUÁÓÚ]/;

const finnishEndings: Readonly<Record<string, string>> = {
  gen: "n",
  ine: "ssA",
  ela: "stA",
  ade: "llA",
  abl: "ltA",
  all: "lle",
  ess: "nA",
  par: "A",
  ill: "*n",
  kin: "kin",
};

/** Words that end in a doubled stop have one in closed syllables: Pekka, Pekan. */
const weaken = (stem: string): string => stem.replace(/([kpt])\1([aeiouyäö])$/u, "$1$2");

export function finnish(name: string, grammaticalCase: string): string {
  const ending = finnishEndings[grammaticalCase];
  if (ending === undefined) return name;
  const vowel = back.test(name) ? "a" : "ä";
  if (grammaticalCase === "kin") return `${name}${/[aeiouyäö]$/u.test(name) ? "" : "i"}kin`;
  if (/nen$/u.test(name)) {
    const stem = name.slice(0, -3);
    if (grammaticalCase === "par") return `${stem}st${vowel}`;
    return grammaticalCase === "ill" ? `${stem}seen` : `${stem}se${ending.replace("A", vowel)}`;
  }
  let stem = name;
  if (/[^aeiouyäöå]us$/u.test(name)) stem = `${name.slice(0, -1)}kse`;
  else if (/[^aeiouyäöå]$/iu.test(name)) stem = `${name}i`;
  const last = stem.at(-1) ?? "";
  if (grammaticalCase === "ill") return `${stem}${last}n`;
  if (grammaticalCase === "par") return `${stem}${/[aeiouyäö]{2}$/u.test(stem) ? "t" : ""}${vowel}`;
  return `${grammaticalCase === "ess" ? stem : weaken(stem)}${ending.replace("A", vowel)}`;
}

const hungarianEndings: Readonly<Record<string, readonly [string, string]>> = {
  dat: ["nak", "nek"],
  ins: ["val", "vel"],
  all: ["hoz", "hez"],
  abl: ["tól", "től"],
  ela: ["ról", "ről"],
  sub: ["ra", "re"],
  ine: ["ban", "ben"],
  elative: ["ból", "ből"],
  fam: ["ék", "ék"],
  cau: ["ért", "ért"],
  own: ["é", "é"],
};

const assimilating: Readonly<Record<string, string>> = { cs: "ccs", sz: "ssz", zs: "zzs", gy: "ggy", ny: "nny", ly: "lly", ty: "tty" };

export function hungarian(name: string, grammaticalCase: string): string {
  const isBack = back.test(name);
  const long = name.replace(/a$/u, "á").replace(/e$/u, "é");
  const endsInVowel = /[aeiouöüáéíóúőű]$/iu.test(name);
  if (grammaticalCase === "acc") {
    if (endsInVowel) return `${long}t`;
    if (/([nlrsz]|sz|ny|ly|j)$/u.test(name)) return `${name}t`;
    return `${name}${isBack ? "o" : "e"}t`;
  }
  const pair = hungarianEndings[grammaticalCase];
  if (pair === undefined) return name;
  const ending = isBack ? pair[0] : pair[1];
  if (grammaticalCase !== "ins" || endsInVowel) return `${long}${ending}`;
  const tail = ending.slice(1);
  const double = assimilating[name.slice(-2)];
  return double === undefined ? `${name}${name.slice(-1)}${tail}` : `${name.slice(0, -2)}${double}${tail}`;
}

type Endings = Readonly<Record<string, readonly [feminine: string, masculine: string]>>;

const slavic =
  (endings: Endings): Inflect =>
  (name, grammaticalCase) => {
    const pair = endings[grammaticalCase];
    if (pair === undefined || /[eiouéíóúů]$/u.test(name)) return name;
    if (/á$/u.test(name)) return `${name.slice(0, -1)}${grammaticalCase === "ins" || grammaticalCase === "acc" ? "ou" : "é"}`;
    if (/ý$/u.test(name)) return `${name.slice(0, -1)}${grammaticalCase === "dat" ? "ému" : grammaticalCase === "ins" ? "ým" : "ého"}`;
    if (/a$/u.test(name)) return `${name.slice(0, -1)}${pair[0]}`;
    return `${name.replace(/e([kc])$/u, "$1")}${pair[1]}`;
  };

export const czech = slavic({ gen: ["y", "a"], dat: ["ě", "ovi"], acc: ["u", "a"], ins: ["ou", "em"], loc: ["ě", "ovi"] });
export const slovak = slavic({ gen: ["y", "a"], dat: ["e", "ovi"], acc: ["u", "a"], ins: ["ou", "om"], loc: ["e", "ovi"] });
export const croatian = slavic({ gen: ["e", "a"], dat: ["i", "u"], acc: ["u", "a"], ins: ["om", "om"], loc: ["i", "u"] });
export const polish = slavic({ gen: ["y", "a"], dat: ["ie", "owi"], acc: ["ę", "a"], ins: ["ą", "em"], loc: ["ie", "ie"] });

export function latvian(name: string, grammaticalCase: string): string {
  const feminine = /[ae]$/u.test(name);
  if (!feminine && !/s$/u.test(name)) return name;
  const stem = name.slice(0, -1);
  const ending: Readonly<Record<string, readonly [string, string]>> = { gen: ["as", "a"], dat: ["ai", "am"], acc: ["u", "u"], loc: ["ā", "ā"] };
  const pair = ending[grammaticalCase];
  return pair === undefined ? name : `${stem}${feminine ? pair[0] : pair[1]}`;
}

export function greek(name: string, grammaticalCase: string): string {
  if (grammaticalCase === "acc") return name.replace(/ς$/u, "");
  if (grammaticalCase !== "gen") return name;
  return /ος$/u.test(name) ? name.replace(/ος$/u, "ου") : /ς$/u.test(name) ? name.replace(/ς$/u, "") : `${name}ς`;
}

/** German, Dutch, Scandinavian: a genitive alone. */
export const germanic: Inflect = (name, grammaticalCase) => (grammaticalCase === "gen" && !/[sxzß]$/u.test(name) ? `${name}s` : name);

export const english: Inflect = (name, grammaticalCase) => (grammaticalCase === "gen" ? `${name}'s` : name);

export const unchanged: Inflect = (name) => name;
