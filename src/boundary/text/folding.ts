/** What a code unit is when words are compared without accents and case. Letters have numbers from `LETTER` on; what is below separates words. */
export const SEPARATOR = 0;
/** Combining marks, soft hyphens and characters without width: they vanish. */
export const MARK = 1;
export const FIGURE = 2;
/** A letter of a script in which no word is looked for. */
const FOREIGN = 3;
export const LETTER = 3;

/** Beyond it stand punctuation and scripts without cases. */
const size = 0x2000;
const classes = new Uint8Array(size);

/** Base letters that decomposition does not give. */
const special: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ß: "s", æ: "a", œ: "o", þ: "t", ð: "d", ı: "i", ς: "σ", ħ: "h" };

const numbers = new Map<string, number>();

function numberOf(base: string): number {
  if (!/[a-zα-ωа-яєіїјљњћџѓќґў]/.test(base)) return FOREIGN;
  const known = numbers.get(base);
  if (known !== undefined) return known;
  const number = FOREIGN + 1 + numbers.size;
  numbers.set(base, number);
  return number;
}

for (let code = 0; code < size; code += 1) {
  const character = String.fromCharCode(code);
  if (code === 0xad || (code >= 0x300 && code < 0x370)) classes[code] = MARK;
  else if (code >= 48 && code <= 57) classes[code] = FIGURE;
  else if (/\p{L}/u.test(character)) {
    const lower = character.toLowerCase().normalize("NFKD").charAt(0);
    classes[code] = numberOf(special[lower] ?? lower);
  }
}

/** How many classes there are. */
export const classCount = FOREIGN + 1 + numbers.size;

const isInvisible = (code: number): boolean => (code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === 0xfeff;

/** The class of a code unit; beyond the text (NaN) a separator. */
export const classOf = (code: number): number => (code < size ? (classes[code] ?? SEPARATOR) : isInvisible(code) ? MARK : SEPARATOR);
