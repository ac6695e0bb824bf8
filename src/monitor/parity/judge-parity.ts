/** Compared samples that a verdict needs, as for drift. */
const PARITY_SAMPLES_MIN = 100;
/** A view is judged on its newest compared samples of the last day, at most so many. */
export const PARITY_SAMPLES_MAX = 1_000;
export const PARITY_SPAN_MICROS = 86_400_000_000n;
/** The mismatch rate must be above this beyond doubt. */
const PARITY_RATE_MAX = 0.005;
/** One-sided 95 %. */
const Z = 1.6448536269514722;

export type ParityVerdict = "same" | "differs" | "insufficient data";

/**
 * Whether online and offline differ: the lower end of the one-sided 95 % interval of the mismatch rate (E. B. Wilson 1927) lies above
 * 0.5 %. Of 100 samples 2 mismatches are enough, of 1,000 it takes 9; one odd row never is.
 */
export function judgeParity({ compared, mismatches }: { readonly compared: number; readonly mismatches: number }): ParityVerdict {
  if (compared < PARITY_SAMPLES_MIN) return "insufficient data";
  return rateLow(mismatches, compared) > PARITY_RATE_MAX ? "differs" : "same";
}

/** Lower end of the interval for `hits` of `n`. */
export function rateLow(hits: number, n: number): number {
  if (hits === 0) return 0;
  const share = hits / n;
  const square = Z * Z;
  const centre = share + square / (2 * n);
  const spread = Z * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return (centre - spread) / (1 + square / n);
}
