import { type Bins, CATEGORIES_MAX, type CategoricalBins, type NumericBins, OTHERS_MAX } from "./profile.ts";

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Values ascending, of which a few are asked for by their rank; a Float64Array is one. */
export interface SortedNumbers {
  readonly length: number;
  at(rank: number): number | undefined;
}

/** Ten quantile bins of a baseline's finite values; equal edges fall together. A constant v gives the bins below, equal, above. */
export function freezeNumericBins(sorted: SortedNumbers): NumericBins {
  const first = sorted.at(0);
  if (sorted.length === 0 || first === undefined) return { kind: "numeric", edges: [] };
  if (first === sorted.at(sorted.length - 1)) return { kind: "numeric", edges: [nextBelow(first), first] };
  return { kind: "numeric", edges: [...new Set(TENTHS.map((share) => quantile(sorted, share)))] };
}

/** The ranks that bins of so many values are made of, ascending. */
export function binRanks(length: number): readonly number[] {
  const around = TENTHS.map((share) => Math.floor((length - 1) * share)).flatMap((rank) => [rank, rank + 1]);
  return [...new Set([0, ...around, length - 1])].filter((rank) => rank >= 0 && rank < length).sort((a, b) => a - b);
}

/** Quantile with linear interpolation (type 7, NumPy's default); NaN of none. */
export function quantile(sorted: SortedNumbers, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted.at(below) ?? Number.NaN;
  return interpolate(low, sorted.at(below + 1) ?? low, place - below);
}

/** As NumPy does it: from the nearer end, so that the result is the same whichever way it is read. */
function interpolate(low: number, high: number, share: number): number {
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/** Categories of a baseline with their counts: the most frequent get bins of their own, ties by code point. */
export function freezeCategories(counts: ReadonlyMap<string, number>): CategoricalBins {
  const names = counts.size <= CATEGORIES_MAX ? [...counts.keys()] : [...counts].sort(([a, n], [b, m]) => m - n || byCodePoint(a, b)).map(([name]) => name);
  return {
    kind: "categorical",
    categories: names.slice(0, CATEGORIES_MAX).sort(byCodePoint),
    others: names.slice(CATEGORIES_MAX, CATEGORIES_MAX + OTHERS_MAX),
    knowsAll: names.length <= CATEGORIES_MAX + OTHERS_MAX,
  };
}

/** The order of code points, which is that of UTF-8 bytes; sort() by itself goes by UTF-16 units. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

/** How many counts a profile over these bins has: OTHER and NEW included. */
export function binCount(bins: Bins): number {
  return bins.kind === "numeric" ? bins.edges.length + 1 : bins.categories.length + 2;
}

/** Which bin each value of a kind belongs to. */
export function binFinder(bins: Bins): (value: number | string) => number {
  if (bins.kind === "numeric") return (value) => binOfNumber(bins.edges, Number(value));
  const places = new Map(bins.categories.map((category, index) => [category, index]));
  const others = new Set(bins.others);
  const other = bins.categories.length;
  return (value) => places.get(String(value)) ?? (others.has(String(value)) || !bins.knowsAll ? other : other + 1);
}

/** Bins are right-closed: the first edge that is not below the value. */
function binOfNumber(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The largest double below a finite one. */
export function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] = (bits[0] ?? 0n) + (value > 0 ? -1n : 1n);
  return new Float64Array(bits.buffer)[0] ?? value;
}
