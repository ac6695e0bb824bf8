import { type Micros, toDate } from "../../kit/index.ts";
import type { DayVerdict, JudgedDay, QualityLook } from "../../monitor/index.ts";

const DAY: Micros = 86_400_000_000n;
const DAYS_SHOWN = 30n;

export interface ShownDay extends Omit<DayVerdict, "day" | "view"> {
  readonly at: Date;
}

/** The last look at a view's rows, and the verdicts on its last days. */
export interface ShownQuality {
  readonly view: string;
  readonly measuredAt: Date;
  readonly error: string | null;
  readonly days: readonly ShownDay[];
}

/** The last days are told from the newest one: the view may be of a while ago. */
export function shownFrom(looks: readonly QualityLook[]): Micros {
  const [first = 0n] = looks.flatMap(({ newest }) => (newest === null ? [] : [newest.day])).sort((a, b) => (a < b ? -1 : 1));
  return first - (DAYS_SHOWN - 1n) * DAY;
}

export function toShownQuality({ view, measuredAt, error }: QualityLook, days: readonly (Omit<JudgedDay, "features"> | JudgedDay)[]): ShownQuality {
  const shown = days
    .slice(-Number(DAYS_SHOWN))
    .map(({ day, rows, duplicates, state, findings, usualRows }) => ({ at: toDate(day), rows, duplicates, state, findings, usualRows }));
  return { view, measuredAt: toDate(measuredAt), error, days: shown };
}
