import { Cron } from "croner";
import { type Micros, toDate, toMicros } from "../kit/index.ts";

/*
 * A schedule is cron in five fields, in UTC, or with a time zone before it: `CRON_TZ=Europe/Amsterdam 10 6 * * *`.
 * A *tick* is a moment at which it asks for a run; the *cadence* is the longest wait between two ticks in a row.
 * Where clocks go back, an hour that is named ticks once, "every hour" goes on; where they go forward, a tick of the hour that is left out
 * comes right after it.
 */

const ZONED = /^(?:CRON_TZ|TZ)=(\S+)\s+(.+)$/;

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
  const tick = open(schedule)?.nextRun(toDate(after));
  return tick ? toMicros(tick) : null;
}

/** The last tick at or before this time; null when there was none. */
export function lastTick(schedule: string, at: Micros): Micros | null {
  // It looks strictly before its date, and ticks fall on whole minutes.
  const [tick] = open(schedule)?.previousRuns(1, toDate(at + 1_000n)) ?? [];
  return tick ? toMicros(tick) : null;
}

const [HOUR, DAY] = [3_600, 86_400];
/** Holds leap years; enough days to meet every gap that months and weekdays make. */
const SPAN_SECONDS = 9 * 365 * DAY;
const DAYS_LOOKED_AT = 400;

/** Waits within an hour, between hours and between days follow from the fields alone: looking at every tick of years would take long. */
const longestWait = remembered((cron) => {
  const [minute, hour, ...days] = cron.split(/\s+/);
  const betweenDays = longestDays(days.join(" "));
  if (betweenDays === null) return null;
  const [minutes, hours] = [secondsOf(`${minute} * * * *`, HOUR - 1), secondsOf(`0 ${hour} * * *`, DAY - 1)];
  const [first, last] = [minutes[0] ?? 0, minutes.at(-1) ?? 0];
  const overNight = betweenDays - ((hours.at(-1) ?? 0) + last) + (hours[0] ?? 0) + first;
  return Math.max(overNight, (longestGap(hours) ?? 0) - last + first, longestGap(minutes) ?? 0);
});

const longestDays = remembered((days) => (days === "* * *" ? DAY : longestGap(secondsOf(`0 0 ${days}`, SPAN_SECONDS, DAYS_LOOKED_AT))));

/** Many views share few schedules, and are asked about all the time. */
function remembered(find: (text: string) => number | null, max = 10_000): (text: string) => number | null {
  const known = new Map<string, number | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= max) known.clear();
    const found = find(text);
    known.set(text, found);
    return found;
  };
}

/** The longest wait between two ticks, in seconds, whenever it is asked; null where there are not two ticks. An hour more or less where clocks change. */
export const cadenceSeconds = remembered((schedule) => (open(schedule) === null ? null : longestWait(scheduleParts(schedule).cron)));

const BEGIN = new Date(Date.UTC(2024, 0, 1));

/** Ticks in UTC up to so many seconds from the begin. */
function secondsOf(cron: string, spanSeconds: number, max = 60): readonly number[] {
  const ticks = open(cron)?.nextRuns(max, new Date(BEGIN.getTime() - 1)) ?? [];
  return ticks.map((tick) => (tick.getTime() - BEGIN.getTime()) / 1_000).filter((seconds) => seconds <= spanSeconds);
}

/** Null: there are not two. */
function longestGap(times: readonly number[]): number | null {
  return times.length < 2 ? null : Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
}

/** Null for what cannot be read. Definitions are checked where they are written. */
function open(schedule: string): Cron | null {
  const { cron, zone } = scheduleParts(schedule);
  try {
    const opened = new Cron(cron, { timezone: zone, paused: true, mode: "5-part", sloppyRanges: true });
    opened.nextRun(BEGIN); // a zone is looked up when it is needed first
    return opened;
  } catch {
    return null;
  }
}
