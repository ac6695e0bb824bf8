/** A stream of numbers in [0, 1) that a seed repeats. Source: sfc32 by C. Doty-Humphrey (PractRand). */
export function randomNumbers(seed: number): () => number {
  let [a, b, c, counter] = [seed, seed ^ 0x9e3779b9, 0x243f6a88, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 20; warmUp += 1) next();
  return next;
}

/** Standard normal numbers, by G. Marsaglia's polar method. */
export function normalNumbers(random: () => number): () => number {
  let spare = Number.NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * random() - 1, 2 * random() - 1];
      const size = x * x + y * y;
      if (size >= 1 || size === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(size)) / size);
      spare = y * scale;
      return x * scale;
    }
  };
}

/** What makes a feature's value out of a standard normal one; NaN is null. Each kind keeps its order, so that a shift stays a shift. */
export const SHAPES: readonly ((normal: number) => number)[] = [
  (z) => z, // normal
  (z) => 1_000 + 5 * z, // far from zero
  (z) => Math.exp(z), // skewed
  (z) => Math.log1p(Math.exp(3 * z)), // nearly flat on one side
  (z) => z ** 3, // heavy tails
  (z) => Math.round(z * 2), // few whole numbers
  (z) => (z < 0.2 ? 0 : z), // mass at zero
  (z) => (z < -1.3 ? Number.NaN : z), // a tenth are null
  (z) => (z > 0.5 ? 1 : 0), // a flag kept as a number
  (z) => Math.tanh(z), // bounded
];

/** The same feature as text, for half of the whole-number ones. */
export function categoryOf(value: number): string {
  return `c${Math.max(-2, Math.min(2, value))}`;
}
