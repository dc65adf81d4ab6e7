import { sources } from "./corpus.ts";

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** The page that says what the shipped weights were learnt from. */
export function writeSources(digest: string): string {
  return `# What the name tagger learnt from

Written by \`npm run train\`; the weights have the digest (SHA-256) \`${digest}\`.
The weights are sums over hashed features: no text, no word and no name of these sources is in them.

## Learnt from

${[row(["set", "licence", "origin"]), row(["---", "---", "---"]), ...sources.filter(({ train }) => train).map(({ name, licence, origin }) => row([name, licence, origin]))].join("\n")}
| sentences of our own (\`training/synthetic/\`) | Apache-2.0 | this repository |
| names that fill those sentences | MIT | the locales of @faker-js/faker, and lists of our own beside the sentences |
| names of countries that fill them | Unicode-3.0 | CLDR, as the JavaScript runtime has it |

Of each labelled set, the half that is given for training was used; the other half is kept back to judge.
The sets under CC-BY-4.0: *Legal-Entity-Recognition* by Elena Leitner, Georg Rehm and Julian Moreno-Schneider; *MEDDOCAN* by the Plan de
Impulso de las Tecnologías del Lenguaje; *pl-pii-bench* by its authors. They were reduced to statistics; nothing of them is reproduced.

## Measured only, never learnt from

${[row(["set", "licence", "origin"]), row(["---", "---", "---"]), ...sources.filter(({ train }) => !train).map(({ name, licence, origin }) => row([name, licence, origin]))].join("\n")}

Their licence (share-alike) keeps them out of the weights. Thresholds and sentences were chosen with an eye on the figures that they gave.
`;
}
