const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** A length of time for people, from seconds: `45 ms`, `1.2 s`, `3 min`, `2 h 5 min`, `4 d`. */
export function formatSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return "0 s";
  if (size < 0.9995) return `${Math.max(1, Math.round(size * 1_000))} ms`;
  if (size < 9.95) return `${size.toFixed(1).replace(/\.0$/, "")} s`;
  if (size < 59.5) return `${Math.round(size)} s`;
  if (size < HOUR - 30) return two(size, MINUTE, "min", 1, "s", size < 10 * MINUTE);
  if (size < DAY - 1_800) return two(size, HOUR, "h", MINUTE, "min", size < 10 * HOUR);
  return two(size, DAY, "d", HOUR, "h", size < 10 * DAY);
}

/** `big` units and, when `fine`, the rest in `small` ones. */
function two(seconds: number, big: number, bigUnit: string, small: number, smallUnit: string, fine: boolean): string {
  const step = fine ? small : big;
  const rounded = Math.round(seconds / step) * step;
  const rest = Math.round((rounded % big) / small);
  const head = `${Math.floor(rounded / big)} ${bigUnit}`;
  return rest === 0 || !fine ? head : `${head} ${rest} ${smallUnit}`;
}

/** `2 h ago`, `in 5 min`, `just now`: one unit, rounded down, so that it never claims more than has passed. */
export function formatRelative(atMs: number, nowMs: number): string {
  const seconds = Math.floor(Math.abs(nowMs - atMs) / 1_000);
  if (seconds < 5) return "just now";
  const text = oneUnit(seconds);
  return atMs <= nowMs ? `${text} ago` : `in ${text}`;
}

function oneUnit(seconds: number): string {
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`;
  if (seconds < 60 * DAY) return `${Math.floor(seconds / DAY)} d`;
  if (seconds < 730 * DAY) return `${Math.floor(seconds / (30 * DAY))} months`;
  return `${Math.floor(seconds / (365 * DAY))} years`;
}

/** `2026-11-23 09:04:05 UTC`; with milliseconds where `precise`. */
export function formatUtc(atMs: number, precise = false): string {
  const iso = new Date(atMs).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, precise ? 23 : 19)} UTC`;
}

/** The same moment where the reader is, with the zone: `2026-11-23 10:04:05 GMT+1 (Europe/Berlin)`. */
export function formatLocal(atMs: number): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const parts = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeStyle: "medium", hourCycle: "h23" }).format(atMs).replace(",", "");
  const offset = new Intl.DateTimeFormat("en-US", { timeZoneName: "shortOffset" }).formatToParts(atMs).find((part) => part.type === "timeZoneName");
  return `${parts} ${offset?.value ?? ""} (${timeZone})`;
}

/** Microseconds since 1970 to milliseconds, for display only. */
export function microsToMs(micros: bigint): number {
  return Number(micros / 1_000n);
}
