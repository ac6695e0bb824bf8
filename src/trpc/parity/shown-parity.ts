import type { ParityFound } from "../../monitor/index.ts";
import { SAMPLING_DEFAULT } from "../../serve/index.ts";

type Counts = Readonly<Partial<Record<ParityFound, number>>>;

/** How many served rows were compared, and how many of these differ. */
export function comparedOf(found: Counts): { readonly compared: number; readonly mismatches: number } {
  const mismatches = found.mismatch ?? 0;
  return { compared: mismatches + (found.match ?? 0), mismatches };
}

export interface ShownSampling {
  readonly rate: number;
  readonly rowsPerSecondMax: number;
  /** Nobody set it. */
  readonly isDefault: boolean;
}

export function shownSampling({ rate, rowsPerSecondMax }: { readonly rate: number | null; readonly rowsPerSecondMax: number | null }): ShownSampling {
  if (rate === null || rowsPerSecondMax === null) return { ...SAMPLING_DEFAULT, isDefault: true };
  return { rate, rowsPerSecondMax, isDefault: false };
}

const DAY_MS = 86_400_000;

/** Begin of the day, so many days ago: counts are kept by day. */
export function daysAgo(nowMicros: bigint, days: number): Date {
  return new Date((Math.floor(Number(nowMicros / 1_000n) / DAY_MS) - days) * DAY_MS);
}
