/** Microseconds since 1970-01-01T00:00:00Z. All of Larder's times are this, as a bigint. */
export type Micros = bigint;

/** Time comes in as a value, so that every rule can be tested at its boundary. */
export interface Clock {
  now(): Micros;
}

export const systemClock: Clock = { now: () => BigInt(Date.now()) * 1000n };

export function fixedClock(now: Micros): Clock {
  return { now: () => now };
}

/** The last millisecond that a Date can tell, and minus this the first. */
const DATE_MS_MAX = 8_640_000_000_000_000;

/** The same moment to the millisecond, as the database driver and the console take it; a row's time that no Date can tell is the nearest that it can. */
export function toDate(micros: Micros): Date;
export function toDate(micros: Micros | null): Date | null;
export function toDate(micros: Micros | null): Date | null {
  return micros === null ? null : new Date(Math.min(DATE_MS_MAX, Math.max(-DATE_MS_MAX, Number(micros / 1_000n))));
}

export function toMicros(date: Date): Micros;
export function toMicros(date: Date | null): Micros | null;
export function toMicros(date: Date | null): Micros | null {
  return date === null ? null : BigInt(date.getTime()) * 1_000n;
}
