import { CronExpressionParser } from "cron-parser";
import { type Micros, toDate, toMicros } from "../kit/index.ts";

/*
 * A schedule is cron in five fields, in UTC, or with a time zone before it: `CRON_TZ=Europe/Amsterdam 10 6 * * *`.
 * A *tick* is a moment at which it asks for a run; the *cadence* is the longest wait between two ticks in a row.
 */

const ZONED = /^(?:CRON_TZ|TZ)=(\S+)\s+(.+)$/;
const TICKS_LOOKED_AT = 24;

interface Parts {
  readonly cron: string;
  readonly zone: string;
}

export function scheduleParts(schedule: string): Parts {
  const [, zone, cron] = ZONED.exec(schedule.trim()) ?? [];
  return zone !== undefined && cron !== undefined ? { cron, zone } : { cron: schedule.trim(), zone: "UTC" };
}

/** The first tick after this time; null for a schedule that has none, such as 30 February, or that cannot be read. */
export function nextTick(schedule: string, after: Micros): Micros | null {
  return ticks(schedule, after, 1)[0] ?? null;
}

/** The last tick at or before this time; null when there was none. */
export function lastTick(schedule: string, at: Micros): Micros | null {
  // The parser looks strictly before its date, and ticks fall on whole minutes.
  return orNull(() =>
    toMicros(
      parse(schedule, at + 1_000_000n)
        .prev()
        .toDate(),
    ),
  );
}

/** The longest of the next waits between two ticks, in seconds; null where there are not two ticks. */
export function cadenceSeconds(schedule: string, at: Micros): number | null {
  const next = ticks(schedule, at, TICKS_LOOKED_AT);
  let longest = 0n;
  for (const [index, tick] of next.entries()) {
    const before = next[index - 1];
    if (before !== undefined && tick - before > longest) longest = tick - before;
  }
  return longest === 0n ? null : Number(longest / 1_000_000n);
}

function ticks(schedule: string, after: Micros, count: number): readonly Micros[] {
  const cron = orNull(() => parse(schedule, after));
  const found: Micros[] = [];
  while (cron !== null && found.length < count) {
    const tick = orNull(() => toMicros(cron.next().toDate()));
    if (tick === null) break;
    found.push(tick);
  }
  return found;
}

/** The parser throws for what it cannot read, and when there is no tick within its horizon. Definitions are checked where they are written. */
function orNull<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

function parse(schedule: string, at: Micros) {
  const { cron, zone } = scheduleParts(schedule);
  return CronExpressionParser.parse(cron, { currentDate: toDate(at), tz: zone });
}
