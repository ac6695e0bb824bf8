import type { Moments } from "../../domain/index.ts";

/** Moments of the finite ones among the values; null where there is none. Welford's update, so that no digits are lost far from zero. */
export function momentsOf(values: Iterable<number>): Moments | null {
  let [count, mean, squares, min, max] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count += 1;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return count === 0 ? null : { count, mean, squares: Math.min(squares, Number.MAX_VALUE), min, max };
}

/** Source: T. F. Chan, G. H. Golub, R. J. LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample Variances (1979). */
export function mergeMoments(a: Moments | null, b: Moments | null): Moments | null {
  if (a === null || b === null) return a ?? b;
  const count = a.count + b.count;
  const step = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (step * b.count) / count,
    squares: Math.min(a.squares + b.squares + (step * step * a.count * b.count) / count, Number.MAX_VALUE),
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

/** Standard deviation of the population. */
export function deviationOf({ count, squares }: Moments): number {
  return Math.sqrt(squares / count);
}
