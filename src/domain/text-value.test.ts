import { expect, test } from "vitest";
import { coerceJson, fromText, type ValueType } from "./index.ts";

test.each([
  ["string", "007", "007"],
  ["string", "2024-01-01", "2024-01-01"],
  ["int32", "007", 7],
  ["int32", "12.0", 12],
  ["int64", "9007199254740993", 9_007_199_254_740_993n],
  ["float64", " 1.5e3", 1500],
  ["float64", "NaN", Number.NaN],
  ["bool", "True", true],
  ["bool", "0", false],
  ["timestamp", "2024-01-01 00:00:00", 1_704_067_200_000_000n],
  ["string[]", '["a", null]', ["a", null]],
] as const)("a %s from %s", (type: ValueType, text: string, value: unknown) => {
  const coerced = coerceJson(type, fromText(type, text));
  expect(coerced).toEqual({ ok: true, value: type === "int64" ? BigInt(value as bigint) : value });
});

test.each([
  ["int32", "12.5"],
  ["int32", "3000000000"],
  ["int64", "seven"],
  ["float32", "1,5"],
  ["float64", "0x10"],
  ["bool", "yes!"],
  ["string[]", "a;b"],
] as const)("no %s from %s: it is refused", (type: ValueType, text: string) => {
  expect(coerceJson(type, fromText(type, text))).toMatchObject({ ok: false });
});
