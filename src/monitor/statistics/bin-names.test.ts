import fc from "fast-check";
import { expect, it } from "vitest";
import { binNamer } from "./bin-names.ts";

const namesOf = (edges: readonly number[]) => [...edges, null].map((_, bin) => binNamer({ kind: "numeric", edges })(bin).label);

it("names whole numbers in full, and others by so many digits that they stay apart", () => {
  expect(namesOf([1_700_010_001, 1_700_010_250])).toEqual(["≤ 1700010001", "1700010001 to 1700010250", "> 1700010250"]);
  expect(namesOf([0.12345678, 0.1234567891, 0.5])).toEqual(["≤ 0.12345678", "0.12345678 to 0.12345679", "0.12345679 to 0.5", "> 0.5"]);
  expect(namesOf([1 / 3, 5, 5.0000001])).toEqual(["≤ 0.333333", "0.333333 to 5", "5 to 5.0000001", "> 5.0000001"]);
  expect([namesOf([]), binNamer({ kind: "numeric", edges: [1, 2, 3] })(1, 2).label]).toEqual([["all values"], "1 to 3"]);
});

it("never names two bins of numbers alike", () => {
  const edges = fc.uniqueArray(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger()), {
    maxLength: 9,
    comparator: (a, b) => a === b,
  });
  fc.assert(
    fc.property(edges, (some) => {
      const names = namesOf(some.toSorted((a, b) => a - b));
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

it("tells a category that is named like another bin from it", () => {
  const name = binNamer({ kind: "categorical", categories: ["<new>", "<null>"], others: [], knowsAll: true });
  expect([0, 1, 2, 3, null].map((bin) => name(bin))).toEqual([
    { label: "<new>", of: "values" },
    { label: "<null>", of: "values" },
    { label: "<other>", of: "other" },
    { label: "<new>", of: "new" },
    { label: "<null>", of: "null" },
  ]);
});
