import { TWO_128, timesPowerOfTwo } from "./scaling.ts";

/**
 * P(D_n ≤ d) by Pomeranz's recursion: 2n + 1 convolutions of a short row with Poisson weights, scaled as they shrink.
 * Source: J. Pomeranz, Comm. ACM 17 (1974), as laid out in Simard and L'Ecuyer (2011) and SciPy.
 */
export function pomeranzCdf(d: number, n: number): number {
  const whole = Math.floor(n * d);
  const fraction = n * d - whole;
  const g = Math.min(fraction, 1 - fraction);
  const length = 2 * (whole + 1);
  const outer = poissonWeights(g / n, length);
  const odd = poissonWeights((2 * g) / n, length);
  const even = poissonWeights((1 - 2 * g) / n, length);
  let { from } = spanOfRow(0, n, whole, fraction);
  let row = Float64Array.of(1);
  let exponent = 0;
  for (let i = 1; i <= 2 * n + 1; i += 1) {
    const span = spanOfRow(i, n, whole, fraction);
    row = convolve(row, i === 1 || i === 2 * n + 1 ? outer : i % 2 === 1 ? odd : even, { skip: span.from - from, length: span.to - span.from + 1 });
    from = span.from;
    const peak = row.reduce((max, value) => Math.max(max, value), 0);
    if (peak > 0 && peak < 1 / TWO_128) {
      row = row.map((value) => value * TWO_128);
      exponent -= 128;
    }
  }
  let probability = row[n - from] ?? 0;
  for (let i = 1; i <= n; i += 1) {
    if (probability > TWO_128) {
      probability /= TWO_128;
      exponent += 128;
    }
    probability *= i;
  }
  return timesPowerOfTwo(probability, exponent);
}

/** mean^j / j!: Poisson probabilities without their common factor. */
function poissonWeights(mean: number, length: number): Float64Array {
  const weights = new Float64Array(length).fill(1);
  for (let j = 1; j < length; j += 1) weights[j] = ((weights[j - 1] ?? 0) * mean) / j;
  return weights;
}

/** The entries of row i that can differ from 0. */
function spanOfRow(i: number, n: number, whole: number, fraction: number): { readonly from: number; readonly to: number } {
  const up = fraction > 0 ? 1 : 0;
  const round = fraction > 0.5 ? 1 : 0;
  const half = Math.floor((i + 1) / 2);
  const [low, high] =
    i === 0
      ? [-whole - up - 1, whole + up - 1]
      : i % 2 === 0
        ? [half - 1 - whole - 1, half - 1 + whole + round]
        : half === n + 1
          ? [n - whole - up - 1, n + whole + up - 1]
          : [half - 1 - whole - round - 1, half - 1 + whole + up - 1];
  return { from: Math.max(low + 2, 0), to: Math.min(high, n) };
}

function convolve(row: Float64Array, weights: Float64Array, { skip, length }: { readonly skip: number; readonly length: number }): Float64Array<ArrayBuffer> {
  const result = new Float64Array(Math.max(0, length));
  for (let at = 0; at < result.length; at += 1) {
    let sum = 0;
    for (let k = 0; k <= Math.min(at + skip, row.length - 1); k += 1) sum += (row[k] ?? 0) * (weights[at + skip - k] ?? 0);
    result[at] = sum;
  }
  return result;
}
