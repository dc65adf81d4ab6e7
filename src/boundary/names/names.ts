import type { Finding } from "../port.ts";
import weights from "./data/weights.json" with { type: "json" };
import { believes, fromTagger, opinions, stands, teaches } from "./rules/agreement.ts";
import type { Candidate } from "./rules/candidate.ts";
import { judgeRun } from "./rules/evidence.ts";
import { KnownNames } from "./rules/known-names.ts";
import { labelled } from "./rules/labels.ts";
import { greeted, signed } from "./rules/letters.ts";
import { readMailboxes } from "./rules/mailboxes.ts";
import { covering, type Span, united } from "./rules/merge.ts";
import { type Language, languageOf } from "./rules/profile.ts";
import { runEnd } from "./rules/run.ts";
import type { NameTagger, TaggedSpan } from "./tagger/port.ts";
import { createTagger } from "./tagger/tagger.ts";
import { loadWeights } from "./tagger/weights.ts";
import { CAPITAL, Words } from "./words.ts";

/** Texts are read in stretches of this length, so that the words of one stretch fit into arrays that are used again. */
const stretch = 1_048_576;
const shortestText = 3;
const words = new Words();
/** The tagger is asked for what it doubts too: a rule may agree with it. */
const doubtful = 0.1;
/** Organisations raise nothing, so only those of several words are told, where the tagger is sure. */
const sureOrganisation = 0.5;
const shipped: NameTagger = createTagger({ ...loadWeights(weights), threshold: doubtful });

/**
 * The names of people in a text, and of organisations, which are public; sorted. People do not overlap each other. `known` are the names of the request so far: it learns from this text, and what it
 * knows is found here wherever it stands.
 */
export function findNames(text: string, known: KnownNames = new KnownNames(), tagger: NameTagger = shipped): Finding[] {
  if (text.length < shortestText) return [];
  readMailboxes(text, known);
  const spans = tagger.tag(text);
  const opinionOf = opinions(spans);
  const found: Finding[] = [];
  const waiting: Finding[] = [];
  const organisations: Finding[] = [];
  const seen = new KnownNames();
  let to = 0;
  let next = 0;
  for (let from = 0; from < text.length; from = to) {
    to = stretchEnd(text, from);
    words.read(text, from, to);
    const language = languageOf(words);
    collect(words, language, (one, waits) => {
      const opinion = opinionOf(one.start, one.end);
      if (waits && opinion.person < 0.3) {
        waiting.push(person(one));
        return;
      }
      if (!stands(one.rule, one.confidence, opinion, language)) return;
      found.push(person(one));
      if (one.strong && teaches(one.rule, opinion, language)) known.learn(words, one);
      else seen.learn(words, one);
    });
    for (let span = spans[next]; span !== undefined && span.start < to; span = spans[next]) {
      if (span.label === "organisation" && span.score >= sureOrganisation && /\s/.test(text.slice(span.start, span.end)))
        organisations.push(organisation(span));
      const belief = span.label === "person" ? believes(words, span, language) : "no";
      if (belief === "yes") {
        found.push(fromTagger(words, span));
        seen.learnSpan(words, span.start, span.end);
      } else if (belief === "when seen elsewhere") waiting.push(fromTagger(words, span));
      next += 1;
    }
  }
  for (const one of waiting) if (seen.knows(text, one.start, one.end, 0) || known.knows(text, one.start, one.end, 0)) found.push(one);
  const all = united(found);
  if (known.size > 0) {
    const mentions = readMentions(text, all, known, true);
    if (mentions.length > 0) all.push(...mentions);
  }
  words.release();
  all.sort((one, other) => one.start - other.start);
  const isPerson = covering(all);
  all.push(...organisations.filter(({ start, end }) => !isPerson(start, end)));
  return all.sort((one, other) => one.start - other.start);
}

/** The mentions of known names in a text where nothing in `found`, which is sorted, covers them. */
export function findMentions(text: string, found: readonly Span[], known: KnownNames): Finding[] {
  if (known.size === 0) return [];
  const mentions = readMentions(text, found, known, false);
  words.release();
  return mentions;
}

/** `isRead`: whether the words of the text are those that were read last, where it is one stretch. */
function readMentions(text: string, found: readonly Span[], known: KnownNames, isRead: boolean): Finding[] {
  const isTaken = covering(found);
  const mentions: Finding[] = [];
  let to = 0;
  for (let from = 0; from < text.length; from = to) {
    to = stretchEnd(text, from);
    if (!isRead || from > 0 || to < text.length) words.read(text, from, to);
    for (let index = 0; index < words.count; index += 1) {
      if (!words.has(index, CAPITAL) || words.length(index) < shortestText) continue;
      const start = words.start(index);
      const end = words.end(index);
      if (known.knows(text, start, end, words.mask(index)) && !isTaken(start, end)) mentions.push(mention(start, end));
    }
  }
  return mentions;
}

function collect(words: Words, language: Language, add: (one: Candidate, waits: boolean) => void): void {
  const certain = (one: Candidate): void => add(one, false);
  for (let index = 0; index < words.count; ) {
    const end = words.has(index, CAPITAL) ? runEnd(words, index) : index + 1;
    for (let part = index; part < end; part += 1) {
      labelled(words, part, certain);
      greeted(words, part, certain);
      signed(words, part, certain);
    }
    if (words.has(index, CAPITAL)) {
      const judged = judgeRun(words, index, end, language);
      if (judged !== undefined) add(judged, judged.pending);
    }
    index = end;
  }
}

function stretchEnd(text: string, from: number): number {
  const most = from + stretch;
  if (text.length <= most) return text.length;
  const line = text.lastIndexOf("\n", most);
  if (line > from + stretch / 2) return line;
  const space = text.lastIndexOf(" ", most);
  return space > from + stretch / 2 ? space : most;
}

const person = ({ start, end, rule, confidence, because }: Candidate): Finding => ({
  type: "person",
  subtype: undefined,
  start,
  end,
  confidence,
  rule,
  class: "sensitive",
  because,
});

const organisation = ({ start, end, score }: TaggedSpan): Finding => ({
  type: "organisation",
  subtype: undefined,
  start,
  end,
  confidence: score,
  rule: "organisation.tagger",
  class: "public",
});

const mention = (start: number, end: number): Finding => ({
  type: "person",
  subtype: undefined,
  start,
  end,
  confidence: 0.7,
  rule: "person.propagated",
  class: "sensitive",
  because: "it is part of a name that stands elsewhere",
});
