import { describe, expect, test } from "vitest";
import { judgeParity, rateLow } from "./judge-parity.ts";
import { isSameValue } from "./same-value.ts";

describe("parity is judged", () => {
  test.each([
    [99, 99, "insufficient data"],
    [100, 0, "same"],
    [100, 1, "same"],
    [100, 2, "differs"],
    [1_000, 8, "same"],
    [1_000, 9, "differs"],
  ] as const)("%d compared, %d mismatches: %s", (compared, mismatches, verdict) => {
    expect(judgeParity({ compared, mismatches })).toBe(verdict);
  });

  test("by Wilson's interval", () => {
    // What it is defined by: the rate from which the observed share is just z standard deviations away.
    for (const [hits, n] of [
      [1, 100],
      [10, 100],
      [70, 100],
      [9, 1_000],
    ] as const) {
      const rate = rateLow(hits, n);
      expect((hits / n - rate) / Math.sqrt((rate * (1 - rate)) / n)).toBeCloseTo(1.644_853_626_951, 9);
    }
    expect(rateLow(0, 100)).toBe(0);
  });
});

describe("values", () => {
  test.each([
    [1n, 1n, true],
    [1n, 2n, false],
    [Number.NaN, Number.NaN, true],
    [-0, 0, true],
    [Math.fround(0.1), 0.1, false],
    [null, 0, false],
    [new Uint8Array([1, 2]), new Uint8Array([1, 2]), true],
    [new Uint8Array([1, 2]), new Uint8Array([1]), false],
    [["a", null, Number.NaN], ["a", null, Number.NaN], true],
    [["a"], ["a", null], false],
  ] as const)("%s and %s are the same: %s", (a, b, same) => {
    expect([isSameValue(a, b), isSameValue(b, a)]).toEqual([same, same]);
  });
});
