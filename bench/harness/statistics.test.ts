import { describe, expect, it } from "vitest";
import { ratios, summarize } from "./statistics.ts";

describe("statistics of a bench", () => {
  it.each([
    { values: [3], median: 3, min: 3, max: 3 },
    { values: [9, 1, 5], median: 5, min: 1, max: 9 },
    { values: [10, 2, 4, 100], median: 7, min: 2, max: 100 },
  ])("takes the middle of $values", ({ values, ...expected }) => {
    expect(summarize(values)).toEqual(expected);
  });

  it("compares round with round", () => {
    expect(ratios([2, 30], [1, 10])).toEqual([2, 3]);
  });
});
