import type { Score } from "./score.ts";
import type { SpeedResults } from "./speed.ts";
import { percent, type Table } from "./table.ts";

/** One figure that Freehold holds itself to. They inform; nothing fails when one is missed. */
export interface Aim {
  readonly aim: string;
  readonly figure: string;
  readonly met: boolean;
}

interface Wanted {
  readonly set: string;
  readonly group?: string;
  /** Empty = all kinds of the part, as the benchmark of the set counts. */
  readonly kinds: readonly string[];
  /** Percent. */
  readonly recall: number;
  readonly precision?: number;
  /** Percent of the negatives in which something may be found. */
  readonly falseAlarms?: number;
}

const numbers = ["person_id", "document_id", "business_id", "vehicle"];
const union = "EU/EEA/CH/UK";
const names = ["nerkor-hu", "ronec-ro", "turku-fi", "europeana-de", "ler-de", "europeana-fr", "europeana-nl"];

const wanted: readonly Wanted[] = [
  { set: "plpii-pl", group: "core", kinds: [], recall: 99 },
  { set: "plpii-pl", group: "identifiers", kinds: [], recall: 90 },
  { set: "meddocan-es", kinds: ["person"], recall: 95 },
  { set: "meddocan-es", kinds: ["email"], recall: 99 },
  { set: "meddocan-es", kinds: ["phone"], recall: 97 },
  { set: "meddocan-es", kinds: ["person_id"], recall: 95 },
  { set: "meddocan-es", kinds: ["address"], recall: 85 },
  ...names.map((set): Wanted => ({ set, kinds: ["person"], recall: 85, precision: 70 })),
  { set: "presidio-ids", group: union, kinds: numbers, recall: 97, falseAlarms: 2 },
  { set: "stdnum-vectors", group: union, kinds: numbers, recall: 97, falseAlarms: 2 },
  { set: "gitleaks", kinds: ["secret"], recall: 90, falseAlarms: 10 },
];

/** Findings that the Polish benchmark's documents without personal data may have: 30 in its 14 documents, of which some are here. */
const inDocumentsWithNothing = 30 / 14;
const documentsWithNothing = 6;

const sum = (scores: readonly Score[], figure: (score: Score) => number): number => scores.reduce((total, score) => total + figure(score), 0);

function aimOf({ set, group = "", kinds, recall, precision, falseAlarms }: Wanted, scores: readonly Score[]): Aim | undefined {
  const own = scores.filter((score) => score.set === set && score.group === group && (kinds.length === 0 || kinds.includes(score.meaning)));
  const labelled = sum(own, (score) => score.labelled);
  if (labelled === 0) return undefined;
  const found = sum(own, (score) => score.found);
  const parts = [`recall ${percent(found, labelled)}`];
  const aims = [`recall at least ${recall} %`];
  let met = (100 * found) / labelled >= recall;
  if (precision !== undefined) {
    const findings = sum(own, (score) => score.findings);
    const right = sum(own, (score) => score.right);
    parts.push(`precision ${percent(right, findings)}`);
    aims.push(`precision at least ${precision} %`);
    met &&= findings > 0 && (100 * right) / findings >= precision;
  }
  if (falseAlarms !== undefined) {
    const negatives = sum(own, (score) => score.negatives);
    const alarms = sum(own, (score) => score.falseAlarms);
    parts.push(`false alarms ${percent(alarms, negatives)}`);
    aims.push(`at most ${falseAlarms} % of the negatives`);
    met &&= (100 * alarms) / negatives <= falseAlarms;
  }
  const what = kinds.length === 1 ? ` ${kinds[0]}` : kinds.length === 0 ? "" : " numbers of authorities";
  return { aim: `${set}${group === "" ? "" : ` ${group}`}${what}: ${aims.join(", ")}`, figure: parts.join(", "), met };
}

function quietAim(scores: readonly Score[]): Aim[] {
  const own = scores.filter((score) => score.set === "plpii-pl");
  if (own.length === 0) return [];
  const findings = sum(
    own.filter((score) => score.group === "negative"),
    (score) => score.findings,
  );
  const most = Math.floor(inDocumentsWithNothing * documentsWithNothing);
  return [
    { aim: `plpii-pl negative: at most ${most} findings in ${documentsWithNothing} documents (30 in all 14)`, figure: `${findings}`, met: findings <= most },
  ];
}

function speedAims({ speeds, doublings }: SpeedResults): Aim[] {
  const worst = Math.max(...doublings.map(({ times }) => times));
  return [
    ...speeds
      .filter(({ name }) => /prompts|1 MB/.test(name))
      .map(({ name, megabytesPerSecond }) => ({
        aim: `${name}: at least 10 MB/s`,
        figure: `${megabytesPerSecond.toFixed(1)} MB/s`,
        met: megabytesPerSecond >= 10,
      })),
    { aim: "twice the hostile text costs at most 2.2 times", figure: `${worst.toFixed(2)} times`, met: worst <= 2.2 },
  ];
}

export const aimsOf = (scores: readonly Score[], speed: SpeedResults | undefined): readonly Aim[] => [
  ...wanted.flatMap((one) => aimOf(one, scores) ?? []),
  ...quietAim(scores),
  ...(speed === undefined ? [] : speedAims(speed)),
];

export const aimTable = (aims: readonly Aim[]): Table => ({
  title: "Aims",
  heading: ["aim", "figure", "met"],
  words: 2,
  rows: aims.map(({ aim, figure, met }) => [aim, figure, met ? "yes" : "no"]),
});
