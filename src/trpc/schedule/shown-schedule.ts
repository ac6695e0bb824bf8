import { type Micros, toDate } from "../../kit/index.ts";
import { nextTick, type ScheduledView, scheduleParts } from "../../materialize/index.ts";

/** A schedule as pages show it. */
export interface ShownSchedule {
  readonly view: string;
  readonly cron: string;
  readonly zone: string;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  /** The next run; null while paused, and where the schedule has no tick. */
  readonly nextAt: Date | null;
  readonly lastTickAt: Date | null;
}

export function toShownSchedule({ view, schedule, pausedAt, pausedBy, lastTickAt }: ScheduledView, now: Micros): ShownSchedule {
  const next = pausedAt === null ? nextTick(schedule, now) : null;
  return { view, ...scheduleParts(schedule), pausedAt, pausedBy, nextAt: toDate(next), lastTickAt: toDate(lastTickAt) };
}
