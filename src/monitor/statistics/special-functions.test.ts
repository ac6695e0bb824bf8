import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kolmogorovSf } from "./kolmogorov.ts";
import { chiSquareSf } from "./special-functions.ts";

type Point = readonly [size: number, x: number, p: number];
const scipy: { readonly kolmogorov: readonly Point[]; readonly chi_square: readonly Point[] } = JSON.parse(
  readFileSync(new URL("fixtures/scipy.json", import.meta.url), "utf8"),
);

const worst = (points: readonly Point[], compute: (x: number, size: number) => number): number =>
  points.reduce((max, [size, x, p]) => Math.max(max, Math.abs(compute(x, size) - p)), 0);

test("the two-sided Kolmogorov-Smirnov distribution agrees with SciPy in every regime", () => {
  expect(worst(scipy.kolmogorov, kolmogorovSf)).toBeLessThan(1e-9);
});

test("its small tails agree in their digits too", () => {
  for (const [n, d, p] of scipy.kolmogorov.filter(([n, , p]) => p < 1e-3 && p > 1e-200 && n <= 20_000)) expect(kolmogorovSf(d, n) / p).toBeCloseTo(1, 6);
});

test("the upper tail of χ² agrees with SciPy, relatively", () => {
  for (const [freedom, x, p] of scipy.chi_square) {
    const ours = chiSquareSf(x, freedom);
    expect(Math.abs(ours - p)).toBeLessThanOrEqual(1e-9 * Math.max(p, 1e-290));
  }
});

test("χ² without a degree of freedom is no evidence", () => {
  expect(chiSquareSf(12, 0)).toBe(1);
});
