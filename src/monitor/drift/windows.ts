import type { Micros } from "../../kit/index.ts";

/*
 * A view's time is cut into windows of one length, aligned in UTC: hours, days, weeks from Monday. A window is judged when it is over and
 * its rows are there, or when waiting for them any longer makes no sense.
 */

/** [start, end). */
export interface TimeWindow {
  readonly start: Micros;
  readonly end: Micros;
}

/** Lengths that windows may have, in seconds. */
export const WINDOW_SECONDS = [3_600, 21_600, 86_400, 604_800] as const;

const [DAY, WEEK] = [86_400_000_000n, 604_800_000_000n];
/** 1970 began on a Thursday. */
const MONDAY = 4n * DAY;
/** Rows come a little after their time. */
const GRACE = 900_000_000n;
/** The first to be judged, before older history: as many as an incident looks at. */
const FIRST = 3;
/** How far back windows are judged: a month, though no fewer and no more windows than these. */
const TIME_BACK = 30n * DAY;
const [WINDOWS_BACK_MIN, WINDOWS_BACK_MAX] = [8n, 60n];
const AT_ONCE = 30;

/** The window that holds a moment. */
export function windowAt(moment: Micros, seconds: number): TimeWindow {
  const length = BigInt(seconds) * 1_000_000n;
  const offset = length % WEEK === 0n ? MONDAY : 0n;
  const start = floorTo(moment - offset, length) + offset;
  return { start, end: start + length };
}

/** The first window that is whole from `oldest` on. */
export function firstWholeWindow(oldest: Micros, seconds: number): TimeWindow {
  const window = windowAt(oldest, seconds);
  return window.start === oldest ? window : shift(window, 1);
}

/** So many windows later; earlier when negative. */
export function shift({ start, end }: TimeWindow, windows: number): TimeWindow {
  const by = (end - start) * BigInt(windows);
  return { start: start + by, end: end + by };
}

export interface History {
  readonly windowSeconds: number;
  /** Windows that begin before this are not judged. */
  readonly from: Micros;
  /** The newest event time there is. */
  readonly newest: Micros;
  /** What is judged so far, without a gap; null: nothing. */
  readonly judged: TimeWindow | null;
  readonly now: Micros;
  /** How long rows may be missing after the end of a window before it is judged without them. */
  readonly patienceSeconds: number;
}

/** Windows to judge next: those that are new, oldest first (of a view never judged the last three), and then the older ones, newest first. */
export function windowsToJudge(history: History): { readonly fresh: readonly TimeWindow[]; readonly older: readonly TimeWindow[] } {
  const last = lastWindow(history);
  const { windowSeconds, judged, from } = history;
  const length = last.end - last.start;
  const [, back = TIME_BACK] = [length * WINDOWS_BACK_MIN, TIME_BACK, length * WINDOWS_BACK_MAX].sort((a, b) => Number(a - b));
  const [limit = from] = [from, last.end - back].sort((a, b) => Number(b - a));
  const between = (start: Micros, end: Micros): TimeWindow[] => {
    const windows: TimeWindow[] = [];
    for (let window = firstWholeWindow(start, windowSeconds); window.end <= end; window = shift(window, 1)) windows.push(window);
    return windows;
  };
  if (judged === null) {
    const all = between(limit, last.end);
    return { fresh: all.slice(-FIRST), older: all.slice(0, -FIRST).reverse() };
  }
  return { fresh: between(judged.end, last.end).slice(0, AT_ONCE), older: between(limit, judged.start).reverse() };
}

/** The last window that is over by the clock. */
export function lastWindowOver(now: Micros, windowSeconds: number): TimeWindow {
  return shift(windowAt(now - GRACE, windowSeconds), -1);
}

/** The last one whose rows are there, or are waited for no longer. */
function lastWindow({ now, newest, windowSeconds, patienceSeconds }: History): TimeWindow {
  const patience = BigInt(Math.round(patienceSeconds)) * 1_000_000n;
  let last = lastWindowOver(now, windowSeconds);
  while (newest < last.end && now < last.end + patience) last = shift(last, -1);
  return last;
}

function floorTo(value: bigint, step: bigint): bigint {
  const rest = value % step;
  return value - (rest < 0n ? rest + step : rest);
}
