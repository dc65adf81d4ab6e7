import type { Detector } from "#boundary";
import { cost, speed } from "../detector/measure.ts";
import { adversarial, filled, ordinary } from "../detector/texts.ts";
import type { Table } from "./table.ts";

export interface Speed {
  readonly name: string;
  /** Millions of characters in a second of one core. */
  readonly megabytesPerSecond: number;
}

/** What twice the text costs, as a multiple. */
export interface Doubling {
  readonly name: string;
  readonly times: number;
}

export interface SpeedResults {
  readonly speeds: readonly Speed[];
  readonly doublings: readonly Doubling[];
}

const milliseconds = 500;
const once = 500_000;

/** The bench of the detector in short: `bench/detector` has its texts, and measures longer. */
export function measureSpeed(detector: Detector): SpeedResults {
  for (const [, texts] of ordinary) speed(detector, texts, milliseconds / 5);
  return {
    speeds: ordinary.map(([name, texts]) => ({ name, megabytesPerSecond: speed(detector, texts, milliseconds) })),
    doublings: adversarial.map(([name, unit]) => {
      const half = filled(unit, once);
      const whole = filled(unit, 2 * once);
      cost(detector, half, 1);
      const first = cost(detector, half, 3);
      return { name, times: cost(detector, whole, 3) / first };
    }),
  };
}

export const speedTables = ({ speeds, doublings }: SpeedResults): readonly Table[] => [
  {
    title: "Speed (CPU time of one core, everything on)",
    heading: ["text", "MB/s"],
    words: 1,
    rows: speeds.map(({ name, megabytesPerSecond }) => [name, megabytesPerSecond.toFixed(1)]),
  },
  {
    title: `Twice the text, in multiples of the time (${(2 * once).toLocaleString("en")} characters against ${once.toLocaleString("en")})`,
    heading: ["text made to be dear", "times"],
    words: 1,
    rows: doublings.map(({ name, times }) => [name, times.toFixed(2)]),
  },
];
