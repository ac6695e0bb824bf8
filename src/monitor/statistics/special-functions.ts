import { chdtrc, compiled, smirnov } from "cephes";

await compiled;

/** P(χ² > x) with `freedom` degrees of freedom; 1 where there is no degree of freedom. */
export function chiSquareSf(x: number, freedom: number): number {
  if (freedom < 1 || x <= 0) return 1;
  return withoutUnderflow(() => chdtrc(freedom, x), x < freedom ? 1 : 0);
}

/** P(D⁺ > d) of the one-sided Kolmogorov-Smirnov statistic of n values, exact. */
export function smirnovSf(d: number, n: number): number {
  return withoutUnderflow(() => smirnov(n, d), 0);
}

/** The library throws where a result cannot be told from its limit. */
function withoutUnderflow(compute: () => number, limit: number): number {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Error && error.message.includes("underflow")) return limit;
    throw error;
  }
}
