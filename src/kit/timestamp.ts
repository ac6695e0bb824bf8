import type { Micros } from "./clock.ts";
import { LarderError } from "./errors.ts";
import { readPlainTimestamp, writePlainSeconds } from "./plain-timestamp.ts";

const PATTERN = /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|z|UTC|[+-]\d\d(?::?\d\d)?)?$/;

/** The farthest that a Date can tell, from 1970 on. */
const MICROS_MAX = 8_640_000_000_000_000_000n;

/** ISO 8601 text to microseconds, or null. A timestamp without a zone is UTC; digits past the microsecond are cut. */
export function tryParseTimestamp(text: string): Micros | null {
  const plain = readPlainTimestamp(text);
  if (plain !== null) return BigInt(plain.seconds) * 1_000_000n + BigInt(plain.micros);
  const match = PATTERN.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), 0);
  const valid =
    date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!valid) return null;
  return BigInt(date.getTime()) * 1000n + BigInt(`${fraction}000000`.slice(0, 6)) - zoneMicros(zone);
}

function zoneMicros(zone: string | undefined): Micros {
  const match = zone === undefined ? null : /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!match) return 0n;
  const minutes = BigInt(match[2] ?? 0) * 60n + BigInt(match[3] ?? 0);
  return (match[1] === "-" ? -minutes : minutes) * 60_000_000n;
}

/** As tryParseTimestamp, but throws invalid_argument naming what was being read. */
export function parseTimestamp(text: string, what = "timestamp"): Micros {
  const micros = tryParseTimestamp(text);
  if (micros === null) {
    throw new LarderError("invalid_argument", `${what}: "${text}" is not a timestamp.`, {
      hint: "Write ISO 8601, such as 2026-04-12T08:00:00Z; a time without a zone is UTC.",
    });
  }
  return micros;
}

/** `2024-01-01T12:00:00Z` (of times that no Date can tell the nearest that it can), with as many fraction digits (0, 3 or 6) as the value needs. */
export function formatTimestamp(micros: Micros): string {
  if (micros > MICROS_MAX || micros < -MICROS_MAX) return formatTimestamp(micros > 0n ? MICROS_MAX : -MICROS_MAX);
  let seconds = Number(micros / 1_000_000n);
  let rest = Number(micros % 1_000_000n);
  if (rest < 0) {
    seconds -= 1;
    rest += 1_000_000;
  }
  const text = writePlainSeconds(seconds) ?? new Date(seconds * 1_000).toISOString().replace(".000Z", "");
  if (rest === 0) return `${text}Z`;
  const digits = String(rest).padStart(6, "0");
  return `${text}.${digits.endsWith("000") ? digits.slice(0, 3) : digits}Z`;
}
