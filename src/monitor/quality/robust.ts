/** The middle value, or the mean of the middle two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return (low + high) / 2;
}

/** Makes the median absolute deviation of normal values their standard deviation: 1 / Φ⁻¹(3/4). */
const TO_SD = 1.482602218505602;

/** How far values lie from their centers, as a standard deviation that outliers do not move; NaN of none. */
export function spread(deviations: readonly number[]): number {
  return TO_SD * median(deviations.map(Math.abs));
}
