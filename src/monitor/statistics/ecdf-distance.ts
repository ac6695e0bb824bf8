import { kolmogorovSf } from "./kolmogorov.ts";

/** How far two distributions of numbers lie apart, read off their cumulative shares. */
export interface EcdfDistance {
  /** Kolmogorov-Smirnov D over all values, infinities included. */
  readonly ks: number;
  readonly ksP: number;
  /** Wasserstein-1 over the finite values, in the feature's unit; null where a side has none. */
  readonly wasserstein: number | null;
}

/** Values of one side: all that are no null, and the finite ones among them. */
export interface ValueTotals {
  readonly values: number;
  readonly finite: number;
}

export interface EcdfWalk {
  /** Takes how often a value stands on either side; values come ascending, each once. */
  add(value: number, inBaseline: number, inCurrent: number): void;
  /** Null where a side has no values. */
  finish(): EcdfDistance | null;
}

/** Walks up the values of both sides in constant memory. */
export function walkEcdfs(baseline: ValueTotals, current: ValueTotals): EcdfWalk {
  const all = { baseline: 0, current: 0 };
  const finite = { baseline: 0, current: 0 };
  let [ks, wasserstein, previous] = [0, 0, Number.NaN];
  return {
    add(value, inBaseline, inCurrent) {
      all.baseline += inBaseline;
      all.current += inCurrent;
      ks = Math.max(ks, Math.abs(all.baseline / baseline.values - all.current / current.values));
      if (!Number.isFinite(value)) return;
      if (!Number.isNaN(previous)) wasserstein += (value - previous) * Math.abs(finite.baseline / baseline.finite - finite.current / current.finite);
      finite.baseline += inBaseline;
      finite.current += inCurrent;
      previous = value;
    },
    finish() {
      if (baseline.values === 0 || current.values === 0) return null;
      const size = roundHalfEven((baseline.values * current.values) / (baseline.values + current.values));
      return { ks, ksP: kolmogorovSf(ks, size), wasserstein: baseline.finite === 0 || current.finite === 0 ? null : wasserstein };
    },
  };
}

/** The distance between values held in memory, both ascending and without NaN. */
export function ecdfDistance(baseline: Float64Array, current: Float64Array): EcdfDistance | null {
  const walk = walkEcdfs(totalsOf(baseline), totalsOf(current));
  for (let i = 0, j = 0; i < baseline.length || j < current.length; ) {
    const value = Math.min(baseline[i] ?? Number.POSITIVE_INFINITY, current[j] ?? Number.POSITIVE_INFINITY);
    const [fromBaseline, fromCurrent] = [i, j];
    while (baseline[i] === value) i += 1;
    while (current[j] === value) j += 1;
    walk.add(value, i - fromBaseline, j - fromCurrent);
  }
  return walk.finish();
}

function totalsOf(sorted: Float64Array): ValueTotals {
  return { values: sorted.length, finite: sorted.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0) };
}

/** Halves go to the even number, as in Python, for the size that SciPy would use. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
