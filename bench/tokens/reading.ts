/**
 * What became of a token. `exact`: it stands there as it was. `altered`: every letter and digit is there in order, but its case, its separators or its
 * brackets changed, or an ending follows: a rule can read it back without guessing. `lost`: neither.
 */
export type Fate = "exact" | "altered" | "lost";

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", lowbar: "_", lbrace: "{", rbrace: "}" };

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return point > 0 && point < 0x110000 ? String.fromCodePoint(point) : whole;
  });

const decodePercent = (text: string): string => text.replace(/%([0-7][0-9a-f])/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The text without what programs wrap around and into words. */
function plain(text: string): string {
  return decodePercent(decodeEntities(decodeEntities(text)))
    .replaceAll(/[\\\u00ad\u200b\u2060]/g, "")
    .replaceAll(/[\u0130\u0131]/g, "i")
    .toLowerCase();
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Reads one token back from texts, by the same rule for every shape. */
export function reader(token: string): (text: string) => Fate {
  const runs = token.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  // After a digit or a bracket an ending is told from the token; after a letter it is part of another word.
  const selfEnding = /[^A-Za-z]$/.test(token);
  const exact = new RegExp(`(?<![A-Za-z0-9])${escaped(token)}(?![A-Za-z0-9])`);
  const altered = new RegExp(`(?<![\\p{L}\\p{N}])${runs.join("[^\\p{L}\\p{N}]{0,3}?")}${selfEnding ? "(?!\\p{N})" : "(?![\\p{L}\\p{N}])"}`, "u");
  return (text) => (exact.test(text) ? "exact" : altered.test(plain(text)) ? "altered" : "lost");
}
