import { durbinCdf } from "./kolmogorov-durbin.ts";
import { pelzGoodCdf } from "./kolmogorov-pelz-good.ts";
import { pomeranzCdf } from "./kolmogorov-pomeranz.ts";
import { smirnovSf } from "./special-functions.ts";

/**
 * P(D_n > d) of the two-sided Kolmogorov-Smirnov statistic: SciPy's kstwo.sf, with its choice of method.
 * Source: R. Simard, P. L'Ecuyer, Computing the Two-Sided Kolmogorov-Smirnov Distribution, J. Stat. Software 39 (2011).
 */
export function kolmogorovSf(d: number, n: number): number {
  const nd = n * d;
  if (d >= 1) return 0;
  if (nd <= 0.5) return 1;
  if (nd <= 1) return 1 - rubenGambinoCdf(nd, n);
  if (nd >= n - 1) return clip(2 * (1 - d) ** n);
  if (d >= 0.5) return clip(2 * smirnovSf(d, n));
  return n <= EXACT_MAX ? smallSampleSf(d, n) : largeSampleSf(d, n);
}

const EXACT_MAX = 140;
const MATRIX_MAX = 100_000;

function smallSampleSf(d: number, n: number): number {
  const size = n * d * d;
  if (size <= 0.754693) return clip(1 - durbinCdf(d, n));
  return clip(size <= 4 ? 1 - pomeranzCdf(d, n) : 2 * smirnovSf(d, n));
}

function largeSampleSf(d: number, n: number): number {
  const size = n * d * d;
  if (size >= 370) return 0;
  if (size >= 2.2) return clip(2 * smirnovSf(d, n));
  return clip(1 - (n <= MATRIX_MAX && n * d ** 1.5 <= 1.4 ? durbinCdf(d, n) : pelzGoodCdf(d, n)));
}

/** n!·((2nd − 1)/n)ⁿ, for 1/2 < nd ≤ 1. */
function rubenGambinoCdf(nd: number, n: number): number {
  let product = 1;
  for (let i = 1; i <= n && product > 0; i += 1) product *= (i / n) * (2 * nd - 1);
  return product;
}

function clip(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}
