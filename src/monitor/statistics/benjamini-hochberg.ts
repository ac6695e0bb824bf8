/** p-values adjusted for the number of tests (false discovery rate), in the order given. Source: Benjamini and Hochberg (1995). */
export function benjaminiHochberg(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  for (const [fromTop, index] of order.entries()) {
    const rank = pValues.length - fromTop;
    least = Math.min(least, ((pValues[index] ?? 1) * pValues.length) / rank);
    adjusted[index] = least;
  }
  return adjusted;
}
