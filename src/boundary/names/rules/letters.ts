import { COMMON_WORD, FIRST_NAME, NAME, ORGANISATION_HINT, PLACE, ROLE, SALUTATION, TITLE } from "../lexicon/lexicon.ts";
import { BREAK, CAPITAL, COMMA, LINE, LINE_START, SENTENCE_START, SPACE, type Words } from "../words.ts";
import type { Candidate } from "./candidate.ts";
import { hashSet } from "./hash-set.ts";
import { runEnd } from "./run.ts";

/** The last word of what stands above a signature. */
const closings = hashSet(
  `regards wishes sincerely faithfully truly cheers thanks best grüße grüßen gruß gruss gruessen gruesse hochachtungsvoll cordialement salutations sentiments amicalement
  bientôt saludos atentamente cordialmente abrazo saluti cumprimentos abraço atenciosamente groet groeten groetjes hoogachtend poważaniem pozdrawiam pozdrowieniami pozdravem
  pozdrav pozdravom pozdravi spoštovanjem poštovanjem úctou hälsningar hälsning mvh hilsen hilsener hilsner üdvözlettel tisztelettel köszönettel terveisin terveisiä
  kunnioittaen respect stimă salutări εκτίμηση χαιρετισμούς χαιρετισμό уважение поздрави pagarbiai linkėjimais cieņu lugupidamisega tervitades mise meas kveðju saygılarımla podpis`,
);

/** Salutations that open a letter or a message: the name behind them, without title. */
export function greeted(words: Words, index: number, add: (candidate: Candidate) => void): void {
  const first = index + 1;
  if (!words.has(index, SENTENCE_START | LINE_START) || !words.has(first, CAPITAL) || !words.is(index, SALUTATION)) return;
  if (words.gap(first) !== SPACE || words.is(first, TITLE | ROLE | SALUTATION | ORGANISATION_HINT)) return;
  const end = runEnd(words, first);
  // A greeting ends behind the name; a sentence goes on.
  const after = words.gap(end);
  const closed = end >= words.count || after === COMMA || after === LINE || after === BREAK;
  if (!closed || end - first > 4) return;
  if (end - first === 1 && !words.is(first, FIRST_NAME) && (words.is(first, COMMON_WORD | PLACE) || words.length(first) < 3)) return;
  add({
    start: words.start(first),
    end: words.end(end - 1),
    first,
    behind: end,
    rule: "person.salutation",
    confidence: words.is(first, NAME) ? 0.9 : 0.7,
    because: "a salutation stands before it",
    strong: true,
  });
}

/** The name in the line under the closing of a letter. */
export function signed(words: Words, index: number, add: (candidate: Candidate) => void): void {
  const first = index + 1;
  if (!words.has(first, CAPITAL) || !words.has(first, LINE_START) || !closings.has(words.hash(index)) || words.start(first) - words.end(index) > 6) return;
  if (words.is(first, ORGANISATION_HINT) || words.is(first, TITLE | ROLE)) return;
  const end = runEnd(words, first);
  const lineEnds = end >= words.count || words.has(end, LINE_START) || words.gap(end) !== SPACE;
  if (!lineEnds || end - first > 5) return;
  for (let part = first; part < end; part += 1) if (words.is(part, ORGANISATION_HINT)) return;
  if (!words.is(first, NAME) && words.is(first, COMMON_WORD | PLACE)) return;
  if (end - first === 1 && !words.is(first, NAME) && words.length(first) < 3) return;
  add({
    start: words.start(first),
    end: words.end(end - 1),
    first,
    behind: end,
    rule: "person.closing",
    confidence: words.is(first, NAME) ? 0.9 : 0.65,
    because: "the closing of a letter stands above it",
    strong: true,
  });
}
