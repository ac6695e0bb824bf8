import { TWO_128, timesPowerOfTwo } from "./scaling.ts";

/**
 * P(D_n ≤ d) by Durbin's matrix: an entry of the n-th power of a (2k − 1)-square matrix, k = ⌈nd⌉. For small nd.
 * Source: G. Marsaglia, W. W. Tsang, J. Wang, Evaluating Kolmogorov's Distribution, J. Stat. Software 8 (2003).
 */
export function durbinCdf(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const size = 2 * k - 1;
  const middle = (k - 1) * size + (k - 1);
  let base: Square = { size, cells: durbinMatrix(k - n * d, size), exponent: 0 };
  let power: Square | null = null;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = power === null ? base : product(power, base);
    if (left > 1) base = product(base, base);
    if ((base.cells[middle] ?? 0) > TWO_128) base = { size, cells: base.cells.map((cell) => cell / TWO_128), exponent: base.exponent + 128 };
  }
  let probability = power?.cells[middle] ?? 0;
  let exponent = power?.exponent ?? 0;
  for (let i = 1; i <= n; i += 1) {
    probability *= i / n;
    if (probability < 1 / TWO_128) {
      probability *= TWO_128;
      exponent -= 128;
    }
  }
  return timesPowerOfTwo(probability, exponent);
}

/** A matrix times 2^exponent. */
interface Square {
  readonly size: number;
  readonly cells: Float64Array; // row by row
  readonly exponent: number;
}

function durbinMatrix(h: number, size: number): Float64Array {
  const cells = new Float64Array(size * size);
  const inverseFactorials = new Float64Array(size + 1).fill(1);
  for (let j = 1; j <= size; j += 1) inverseFactorials[j] = (inverseFactorials[j - 1] ?? 0) / j;
  for (let row = 0; row < size; row += 1)
    for (let column = 1; column <= Math.min(row + 1, size - 1); column += 1) cells[row * size + column] = inverseFactorials[row - column + 1] ?? 0;
  for (let row = 0; row < size; row += 1) {
    const isCorner = row === size - 1;
    const numerator = isCorner ? 1 - 2 * h ** size + Math.max(2 * h - 1, 0) ** size : 1 - h ** (row + 1);
    const cell = numerator * (inverseFactorials[row + 1] ?? 0);
    cells[row * size] = cell;
    cells[(size - 1) * size + (size - 1 - row)] = cell;
  }
  return cells;
}

function product(left: Square, right: Square): Square {
  const { size } = left;
  const cells = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let inner = 0; inner < size; inner += 1) {
      const factor = left.cells[row * size + inner] ?? 0;
      if (factor === 0) continue;
      for (let column = 0; column < size; column += 1) {
        const at = row * size + column;
        cells[at] = (cells[at] ?? 0) + factor * (right.cells[inner * size + column] ?? 0);
      }
    }
  return { size, cells, exponent: left.exponent + right.exponent };
}
