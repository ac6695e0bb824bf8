import { chiSquareSf } from "./special-functions.ts";

/** How far two tables of counts lie apart; all zero for equal shares. */
export interface CountScores {
  /** Population stability index. */
  readonly psi: number;
  /** Probability of a PSI as large as this from sampling alone. */
  readonly psiP: number;
  /** What each bin adds to the PSI. */
  readonly psiParts: readonly number[];
  /** Jensen-Shannon distance, base 2, in [0, 1]. */
  readonly jsDistance: number;
  /** Hellinger distance, in [0, 1]. */
  readonly hellinger: number;
  /** The largest difference between two shares. */
  readonly lInfinity: number;
}

/**
 * Scores over smoothed shares (count + ½) / (total + ½·bins). PSI times 1 / (1/n + 1/m) follows χ² with bins − 1 degrees of freedom when
 * both come from one distribution (B. Yurdakul, Statistical Properties of Population Stability Index, 2018), hence its p-value.
 */
export function scoreCounts(baseline: readonly number[], current: readonly number[]): CountScores {
  const [n, m] = [sum(baseline), sum(current)];
  const p = smooth(baseline, n);
  const q = smooth(current, m);
  const pairs = p.map((share, bin): readonly [number, number] => [share, q[bin] ?? 0]);
  const psiParts = pairs.map(([a, b]) => (b - a) * Math.log(b / a));
  const psi = sum(psiParts);
  const divergence = sum(pairs.map(([a, b]) => (a * Math.log2((2 * a) / (a + b)) + b * Math.log2((2 * b) / (a + b))) / 2));
  return {
    psi,
    psiP: n === 0 || m === 0 ? 1 : chiSquareSf(psi / (1 / n + 1 / m), p.length - 1),
    psiParts,
    jsDistance: Math.sqrt(Math.max(0, divergence)),
    hellinger: Math.sqrt(sum(pairs.map(([a, b]) => (Math.sqrt(a) - Math.sqrt(b)) ** 2)) / 2),
    lInfinity: pairs.reduce((max, [a, b]) => Math.max(max, Math.abs(a - b)), 0),
  };
}

/** Pearson's χ² of the 2×B table, without correction. */
export interface TableTest {
  readonly chi2: number;
  readonly chi2P: number;
  readonly chi2Freedom: number;
}

/** Null where a side has no rows. No bin may be empty on both sides. */
export function testTable(baseline: readonly number[], current: readonly number[]): TableTest | null {
  const [n, m] = [sum(baseline), sum(current)];
  if (n === 0 || m === 0) return null;
  const chi2 = sum(
    baseline.map((count, bin) => {
      const other = current[bin] ?? 0;
      return (count * m - other * n) ** 2 / ((count + other) * n * m);
    }),
  );
  const chi2Freedom = baseline.length - 1;
  return { chi2, chi2P: chiSquareSf(chi2, chi2Freedom), chi2Freedom };
}

function smooth(counts: readonly number[], total: number): readonly number[] {
  return counts.map((count) => (count + 0.5) / (total + 0.5 * counts.length));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
