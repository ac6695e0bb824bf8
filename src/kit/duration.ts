import { LarderError } from "./errors.ts";

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
type Unit = keyof typeof UNIT_SECONDS;

/** A length of time as people write it in a feature repo: `30s`, `5m`, `2h`, `7d`. */
export type Duration = `${number}${Unit}`;

/** `"90m"` → 5400 seconds. Throws invalid_argument for anything else, negative lengths included. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9})(s|m|h|d)$/.exec(text.trim());
  const [, count, unit] = match ?? [];
  if (count === undefined || unit === undefined) {
    throw new LarderError("invalid_argument", `"${text}" is not a duration.`, { hint: "Write a whole number and a unit: 30s, 5m, 2h or 7d." });
  }
  return Number(count) * UNIT_SECONDS[unit as Unit];
}

/** The shortest exact form of whole seconds: 7200 → `2h`, 0 → `0s`. */
export function formatDuration(seconds: number): string {
  for (const unit of ["d", "h", "m"] as const) {
    if (seconds !== 0 && seconds % UNIT_SECONDS[unit] === 0) return `${seconds / UNIT_SECONDS[unit]}${unit}`;
  }
  return `${seconds}s`;
}
