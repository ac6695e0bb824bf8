export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median and spread; of an even number of values the mean of the two in the middle. NaN of none. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
  return { median, min: at(0), max: at(sorted.length - 1) };
}

/** Round by round, so that what slowed both sides of a round cancels out. */
export function ratios(ours: readonly number[], reference: readonly number[]): readonly number[] {
  return ours.map((value, round) => value / (reference[round] ?? Number.NaN));
}
