import type { SamplingRate } from "./port.ts";

/** Rows that a view may have at once after a quiet time, in seconds of its rate. */
const BURST_SECONDS = 10;

/** Draws each row of one view with the same chance, at the cost of one subtraction for those that are not drawn. */
export interface RowDraw {
  readonly rate: SamplingRate;
  /** Places of the drawn rows among the next `count`, ascending; the same empty list while there is none. */
  next(count: number): readonly number[];
  /** Of some drawn places those that may be kept; which, is left to chance when the rows of this time do not last for all. */
  grant(drawn: readonly number[], now: number): readonly number[];
}

const NONE: readonly number[] = [];

/** `random` gives numbers in [0, 1); `now` is in milliseconds. */
export function rowDraw(rate: SamplingRate, random: () => number, now: number): RowDraw {
  const burst = Math.max(1, rate.rowsPerSecondMax * BURST_SECONDS);
  let tokens = burst;
  let filledAt = now;
  let skip = distance(rate.rate, random);
  return {
    rate,
    next(count) {
      if (skip >= count) {
        skip -= count;
        return NONE;
      }
      const drawn: number[] = [];
      while (skip < count) {
        drawn.push(skip);
        skip += 1 + distance(rate.rate, random);
      }
      skip -= count;
      return drawn;
    },
    grant(drawn, at) {
      tokens = Math.min(burst, tokens + Math.max(0, at - filledAt) * (rate.rowsPerSecondMax / 1_000));
      filledAt = at;
      const count = Math.min(drawn.length, Math.floor(tokens));
      tokens -= count;
      if (count === drawn.length) return drawn;
      const first = Math.floor(random() * drawn.length);
      return Array.from({ length: count }, (_, index) => drawn[(first + index) % drawn.length] ?? 0);
    },
  };
}

/** Rows to pass by before the next that is drawn: geometric, so that every row has the same chance. */
function distance(rate: number, random: () => number): number {
  if (rate >= 1) return 0;
  if (rate <= 0) return Number.POSITIVE_INFINITY;
  return Math.floor(Math.log1p(-random()) / Math.log1p(-rate));
}
