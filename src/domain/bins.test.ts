import { expect, test } from "vitest";
import { binFinder, freezeCategories, freezeNumericBins, nextBelow, quantile } from "./bins.ts";

test("a constant baseline has the bins below, equal, above", () => {
  for (const value of [1, 0, -2.5, 5e-324]) {
    const bins = freezeNumericBins(Float64Array.of(value, value));
    const find = binFinder(bins);
    expect([nextBelow(value), value, value + 1].map(find)).toEqual([0, 1, 2]);
  }
});

test("a baseline without numbers has one bin", () => {
  expect(binFinder(freezeNumericBins(new Float64Array()))(7)).toBe(0);
});

test("infinities fall into the outer bins", () => {
  const find = binFinder(freezeNumericBins(Float64Array.from({ length: 11 }, (_, index) => index)));
  expect([Number.NEGATIVE_INFINITY, 1, 1.5, Number.POSITIVE_INFINITY].map(find)).toEqual([0, 0, 1, 9]);
});

test("quantiles are NumPy's", () => {
  expect(quantile(Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 0.3)).toBe(2.6999999999999997);
  expect(quantile(Float64Array.of(4), 0.9)).toBe(4);
});

test("the 200 most frequent categories get bins, in code point order; the rest is OTHER, the unseen NEW", () => {
  const counts = new Map(Array.from({ length: 250 }, (_, index) => [`c${String(index).padStart(3, "0")}`, index] as const));
  const bins = freezeCategories(counts);
  expect([bins.categories.length, bins.categories[0], bins.categories.at(-1), bins.others.length]).toEqual([200, "c050", "c249", 50]);
  expect(["c050", "c000", "unseen"].map(binFinder(bins))).toEqual([0, 200, 201]);
  expect(
    freezeCategories(
      new Map([
        ["\u{1d4d0}", 1],
        ["\ufb01", 1],
      ]),
    ).categories,
  ).toEqual(["\ufb01", "\u{1d4d0}"]); // UTF-16 would have it the other way round
});

test("what is unknown counts as OTHER where the baseline had too many categories to remember", () => {
  const bins = freezeCategories(new Map(Array.from({ length: 10_201 }, (_, index) => [`c${index}`, 1] as const)));
  expect([bins.others.length, bins.knowsAll, binFinder(bins)("unseen")]).toEqual([10_000, false, 200]);
});
