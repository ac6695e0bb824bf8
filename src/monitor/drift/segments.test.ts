import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SegmentProfile } from "../../offline/index.ts";
import { divideShift } from "./segments.ts";

const bins = { kind: "numeric", edges: [0] } as const;
const part = (bin: number | null, counts: readonly number[], nulls = 0): SegmentProfile => {
  const rows = counts.reduce((sum, count) => sum + count, 0) + nulls;
  return { bin, profile: { bins, rows, nulls, counts, moments: null } };
};
const by = { name: "driver_id", bins: { kind: "numeric", edges: [10, 20, 30] } } as const;

describe("the shift of a feature, divided by another column", () => {
  test("comes from the neighbouring segments that shift, and from them alone", () => {
    const baseline = [0, 1, 2, 3].map((bin) => part(bin, [50, 50]));
    const current = [part(0, [50, 50]), part(1, [50, 50]), part(2, [90, 10]), part(3, [90, 10])];
    const { segments, strongest } = divideShift(by, { baseline, current });
    expect(strongest).toMatchObject({ label: "> 20", currentShare: 0.5 });
    expect(strongest?.shareOfPsi).toBeCloseTo(1, 2);
    expect(
      segments
        .slice(0, 2)
        .map(({ label }) => label)
        .sort(),
    ).toEqual(["20 to 30", "> 30"]);
  });

  test("comes from the rows without a value where a join went missing", () => {
    const baseline = [0, 1, 2, 3].map((bin) => part(bin, [50, 50]));
    const current = [...[0, 1, 2, 3].map((bin) => part(bin, [40, 40])), part(null, [80, 0])];
    expect(divideShift(by, { baseline, current }).strongest).toMatchObject({ label: "<null>", of: "null", currentShare: 0.2 });
    const city = { name: "city", bins: { kind: "categorical", categories: ["a", "b", "c", "d"], others: [], knowsAll: true } } as const;
    expect(divideShift(city, { baseline, current }).strongest).toMatchObject({ of: "null", currentShare: 0.2 });
  });

  test("names ids in full", () => {
    const ids = { name: "driver_id", bins: { kind: "numeric", edges: [1_700_010_001, 1_700_010_002] } } as const;
    const { segments, strongest } = divideShift(ids, {
      baseline: [0, 1, 2].map((bin) => part(bin, [50, 50])),
      current: [part(0, [50, 50]), part(1, [90, 10]), part(2, [50, 50])],
    });
    expect(segments.map(({ label }) => label).sort()).toEqual(["1700010001 to 1700010002", "> 1700010002", "≤ 1700010001"]);
    expect(strongest?.label).toBe("1700010001 to 1700010002");
  });

  test("has no strongest part where all segments shift alike", () => {
    const baseline = [0, 1, 2, 3].map((bin) => part(bin, [50, 50]));
    const current = [0, 1, 2, 3].map((bin) => part(bin, [90, 10]));
    expect(divideShift(by, { baseline, current }).strongest?.excess ?? 0).toBeCloseTo(0, 10);
  });

  test("names categories one by one, new ones and missing values too", () => {
    const city = { name: "city", bins: { kind: "categorical", categories: ["a", "b"], others: [], knowsAll: true } } as const;
    const { segments, strongest } = divideShift(city, {
      baseline: [part(0, [50, 50]), part(1, [50, 50])],
      current: [part(0, [50, 50]), part(3, [99, 1]), part(null, [5, 5])],
    });
    expect(new Set(segments.map(({ label }) => label))).toEqual(new Set(["a", "b", "<new>", "<null>"]));
    expect(strongest?.label).toBe("<new>");
  });

  test("adds up to the whole", () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: 200, max: 900 }), fc.integer({ min: 200, max: 900 }), fc.nat(50)), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const sides = {
          baseline: before.map(([a, b, nulls], bin) => part(bin, [a, b], nulls)),
          current: after.map(([a, b, nulls], bin) => part(bin, [b, a * 9], nulls)),
        };
        const total = divideShift(by, sides).segments.reduce((sum, { shareOfPsi }) => sum + shareOfPsi, 0);
        expect(total).toBeCloseTo(1, 8);
      }),
    );
  });

  test("is nothing where no side has rows", () => {
    expect(divideShift(by, { baseline: [], current: [] })).toEqual({ by: "driver_id", segments: [], strongest: null });
  });
});
