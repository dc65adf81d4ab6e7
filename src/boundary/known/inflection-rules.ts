/**
 * How words of a list change their endings, as rules: a word that ends in `ending` may have `becomes` there instead, and one of the
 * `suffixes` behind it. Not a grammar: a bounded set that reaches the common cases of names and nouns, and rather one form too many.
 */
export interface InflectionRule {
  readonly language: string;
  readonly ending: string;
  readonly becomes: string;
  readonly suffixes: readonly string[];
}

/** `ending>becomes`; either may be empty. */
const rules = (language: string, table: Readonly<Record<string, string>>): readonly InflectionRule[] =>
  Object.entries(table).map(([change, suffixes]) => {
    const [ending = "", becomes = ""] = change.split(">");
    return { language, ending, becomes, suffixes: suffixes.split(" ") };
  });

const polish = rules("pl", {
  ">": "a owi em iem u ie ze zie e y i ów om ami ach owie owa ówna ego emu",
  "ek>k": "a owi iem u i ów om ami ach owie",
  "ec>c": "a owi em u e y ów om ami ach owie",
  "iec>c": "a owi em u e y ów om ami ach owie",
  "eł>ł": "a owi em y",
  "eł>l": "e",
  "ł>l": "e",
  "t>ci": "e",
  "st>ści": "e",
  "ń>ni": "a owi em u e ów om ami ach owie",
  "a>": "y i ę ą o ie e ze zie om ami ach iej ej",
  "ta>ci": "e",
  "sta>ści": "e",
  "ka>c": "e",
  "ga>dz": "e",
  "ła>l": "e",
  "cha>sz": "e",
  "i>": "iego iemu im a iej ą ie ich imi owie",
  "y>": "ego emu ym a ej ą e ych ymi",
  "o>": "y i ę ą ie a u em iem om",
  "e>": "a u em ego emu",
});

const czechAndSlovak = {
  ">": "a ovi em om u e y i ů ům ech ové ovia ův ova ovo ová ové ovou ov och mi ami ách",
  "ek>k": "a ovi em om u ů y ové ovia ov och",
  "ok>k": "a ovi om u y ov och",
  "el>l": "a ovi em e u",
  "ec>c": "a ovi em i e ů ov",
  "a>": "y ě e u o ou ám ách ami in ina ovi ů i ej",
  "ka>c": "e",
  "ra>ř": "e",
  "ha>z": "e",
  "ga>z": "e",
  "cha>š": "e",
  "ý>": "ého ému ým á ou é ej",
  "á>": "é ou ej",
  "í>í": "ho mu m",
  "y>": "ho mu m ym",
};

const southSlavic = {
  ">": "a u om em e i ov ova ovo ev eva ih ima ju jem ja ju",
  "ek>k": "a u om i ov",
  "ak>k": "a u om i ov",
  "ac>c": "a u em i ev",
  "ec>c": "a u em i ev",
  "ar>r": "a u om i ov",
  "a>": "e i u o om ama ah in ina",
  "ka>c": "i",
  "o>": "a u om",
  "e>": "a u em om eta etu etom",
  "i>i": "ja ju jem",
};

const cyrillic = {
  ">": "а у ю ом ем ою е і и ы ові еві ів ов ова ову овой ым ыми ых ами ах ам ът ят та то",
  "а>": "и і ы у ю ою ою е о ой ей ам ами ах ин та",
  "я>": "ї і и ю єю е ей ею ям ями ях та",
  "ка>ц": "і",
  "га>з": "і",
  "ха>с": "і",
  "ий>": "ого ому им ім а ої ій у ою его ему ая ой ую ия ият",
  "ый>": "ого ому ым ая ой ую",
  "ой>": "ого ому ым ая ой ую",
  "й>": "я ю єм ем єві е ї и",
  "ь>": "я ю єм ем еві е і и",
  "о>": "а у ові ом ою",
  "ок>к": "а у ові ом і и",
  "ек>к": "а у ом и",
  "ець>ц": "я ю ем еві і",
  "ец>ц": "а у ом ем ы",
  "ел>л": "а у ом е",
};

const finnishCases = "n ssa ssä sta stä lla llä lta ltä lle ksi tta ttä";
const finnishVowels = ["a", "ä", "e", "i", "o", "ö", "u", "y"];
/** Consonant gradation: the strong form of the list, the weak form before most cases. */
const gradation = ["kk>k", "pp>p", "tt>t", "nt>nn", "lt>ll", "rt>rr", "nk>ng", "mp>mm", "ht>hd", "t>d", "k>", "p>v"];
const weakGrades = Object.fromEntries(
  gradation.flatMap((change) => {
    const [strong = "", weak = ""] = change.split(">");
    return finnishVowels.map((vowel) => [`${strong}${vowel}>${weak}${vowel}`, finnishCases]);
  }),
);

const finnish = rules("fi", {
  ">": `${finnishCases} a ä ta tä na nä an än en in on un yn ön hen hin seen ia iä issa issä ista istä illa illä ilta iltä ille ina inä iksi iin`,
  "nen>s": "en ta tä essa essä esta estä ella ellä elta eltä elle ena enä eksi een et ia iä ten",
  "i>e": finnishCases,
  "ti>de": finnishCases,
  "s>": "an än",
  "as>aa": finnishCases,
  "is>ii": finnishCases,
  "us>ukse": finnishCases,
  "ys>ykse": finnishCases,
  "es>ekse": finnishCases,
  "is>ikse": finnishCases,
  "os>okse": finnishCases,
  ...weakGrades,
});

const estonian = rules("et", {
  ">": "i e a u t s d le l lt sse st ks ga ni na ta ile il ilt isse is ist iks iga ele el elt esse es est eks ega ale al alt asse as ast aks aga ule ul ult usse us ust uks uga de te",
  "ne>se": "le l lt sse s st ks ga ni na ta d",
  "ne>s": "e t",
  "k>g": "a i u ale il",
  "p>b": "a i u",
  "t>d": "a i u",
});

const hungarianCases = "t nak nek ban ben ba be ból ből ról ről tól től hoz hez höz nál nél n ra re ig ért ék é k val vel";
/** `val` and `vel` take on the consonant before them. */
const assimilated = [..."bcdfghjklmnprstvz"].flatMap((consonant) => [`${consonant}al`, `${consonant}el`]).join(" ");
const hungarian = rules("hu", {
  ">": `${hungarianCases} at et ot öt on en ön né ${assimilated}`,
  "a>á": hungarianCases,
  "e>é": hungarianCases,
});

const romanian = rules("ro", {
  ">": "ul ului lui ei i e a le lor uri ilor",
  "a>": "ei e ele elor o ii",
  "ă>": "ei a e ele elor ii",
  "e>": "ei ea ii ele",
  "u>": "ul ului ului lui",
});

const latvian = rules("lv", {
  "s>": "a am u ā i",
  "š>": "a am u ā i",
  "is>": "a im ī i u",
  "nis>ņ": "a u",
  "ņš>ņ": "a am u",
  "lis>ļ": "a u",
  "tis>š": "a u",
  "dis>ž": "a u",
  "sis>š": "a u",
  "cis>č": "a u",
  "us>": "u um ū",
  "a>": "as ai u ā ām ās",
  "e>": "es ei i ē ēm ēs",
  ">": "a am u ā s is",
});

const lithuanian = rules("lt", {
  "as>": "o ui ą u e ai ų ams us ais uose",
  "is>": "io iui į iu y i",
  "tis>č": "io iui iu",
  "dis>dž": "io iui iu",
  "ys>": "io iui į iu y",
  "us>": "aus ui ų umi uje au",
  "a>": "os ai ą oje",
  "ė>": "ės ei ę e ėje",
  ">": "as o ui ą u e is io iui į iu",
});

const greek = rules("el", {
  "οσ>": "ου ο ον ε οι ων ουσ",
  "ησ>": "η ου εσ ων",
  "ασ>": "α εσ ων ου",
  "α>": "ασ εσ ων",
  "η>": "ησ εσ",
  "ο>": "ου α ων",
  "ι>ι": "ου α ων",
});

const scandinavian = { ">": "s en n et ens ets ar er erna arna ene a" };

/** Every rule, by language (ISO 639-1). */
export const inflectionRules: readonly InflectionRule[] = [
  ...polish,
  ...rules("cs", czechAndSlovak),
  ...rules("sk", czechAndSlovak),
  ...rules("sl", southSlavic),
  ...rules("hr", southSlavic),
  ...rules("bg", cyrillic),
  ...rules("uk", cyrillic),
  ...rules("ru", cyrillic),
  ...finnish,
  ...estonian,
  ...hungarian,
  ...romanian,
  ...latvian,
  ...lithuanian,
  ...greek,
  ...rules("de", { ">": "s es en n er e ern ens sche schen scher" }),
  ...rules("nl", { ">": "s en e je" }),
  ...rules("en", { ">": "s es" }),
  ...rules("sv", scandinavian),
  ...rules("da", scandinavian),
  ...rules("nb", scandinavian),
];

/** The languages whose endings are known, by their ISO 639-1 codes. */
export const inflectedLanguages: readonly string[] = [...new Set(inflectionRules.map(({ language }) => language))];
