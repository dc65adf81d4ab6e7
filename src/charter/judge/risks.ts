import type { AcceptedRisk } from "../charter.ts";
import { isoDay } from "./day.ts";

const dayShape = /^\d{4}-\d{2}-\d{2}$/;

/** A risk holds to the end of its last day, in UTC; one whose last day is no day never holds. */
export const holds = (risk: AcceptedRisk, now: number): boolean => dayShape.test(risk.until) && isoDay(now) <= risk.until;

/** The accepted risks of a charter as they stand on one day, by what they concern. */
export class Risks {
  readonly #byConcern = new Map<string, AcceptedRisk[]>();
  readonly #now: number;

  constructor(risks: readonly AcceptedRisk[], now: number) {
    this.#now = now;
    for (const risk of risks) this.#byConcern.set(risk.concerns, [...(this.#byConcern.get(risk.concerns) ?? []), risk]);
  }

  /** Whether a risk in force concerns it, e.g. `hardware:nvidia`. */
  accepted(concern: string): boolean {
    return this.#concerning(concern).some((risk) => holds(risk, this.#now));
  }

  /** The risk that concerned one of them longest, now over; undefined where there never was one. */
  expired(concerns: readonly string[]): AcceptedRisk | undefined {
    const over = concerns.flatMap((concern) => this.#concerning(concern)).filter((risk) => !holds(risk, this.#now));
    return over.reduce<AcceptedRisk | undefined>((latest, risk) => (latest === undefined || risk.until > latest.until ? risk : latest), undefined);
  }

  #concerning(concern: string): readonly AcceptedRisk[] {
    return this.#byConcern.get(concern) ?? [];
  }
}
