import { expect, test } from "vitest";
import { measuredValue } from "./measured-value.ts";
import { newestValues, type ServedRow } from "./newest-values.ts";

const features = [
  { name: "a", type: "int64" },
  { name: "b", type: "string" },
] as const;

const rows: readonly ServedRow[] = [
  { key: "[1]", status: "PRESENT", features: ["a"], values: [3n] },
  { key: "[2]", status: "NOT_FOUND", features: ["b", "a"], values: null },
  { key: "[1]", status: "PRESENT", features: ["b", "a"], values: ["x", 2n] },
  { key: "[2]", status: "PRESENT", features: ["b"], values: ["older"] },
  { key: "[3]", status: "PRESENT", features: ["a"], values: [null] },
];

test("each feature takes the newest value of each key that was asked for it", () => {
  expect(newestValues(rows, { features, absent: "as_null" })).toEqual([
    { feature: "a", values: [3n, null, null] },
    { feature: "b", values: [null, "x"] },
  ]);
  expect(newestValues(rows, { features, absent: "left_out" })).toEqual([
    { feature: "a", values: [3n, null] },
    { feature: "b", values: ["x"] },
  ]);
});

test.each([
  [7n, { kind: "numeric", measure: "value" }, 7],
  [Number.NaN, { kind: "numeric", measure: "value" }, Number.NaN],
  [true, { kind: "categorical", measure: "value" }, "true"],
  [["a", null], { kind: "numeric", measure: "length" }, 2],
  [new Uint8Array(3), { kind: "numeric", measure: "length" }, 3],
  [5n, { kind: "categorical", measure: "presence" }, "any value"],
  [null, { kind: "categorical", measure: "presence" }, null],
] as const)("%s is measured as the engine measures it", (value, measured, expected) => {
  expect(measuredValue(value, measured)).toEqual(expected);
});
