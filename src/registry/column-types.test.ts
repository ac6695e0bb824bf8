import { expect, test } from "vitest";
import type { FileFormat, ValueType } from "../domain/index.ts";
import { castTo, columnFits, foundColumnFits, textColumnFits } from "./column-types.ts";

test.each<[ValueType, ValueType, boolean]>([
  ["int32", "int32", true],
  ["int32", "int64", true],
  ["int64", "int32", true], // checked narrowing
  ["int64", "float64", true],
  ["int64", "unix_timestamp", true],
  ["float64", "float32", true],
  ["float32", "float64", true],
  ["float64", "int64", false],
  ["string", "int64", false],
  ["int64", "string", false],
  ["string", "bytes", false],
  ["bool", "int32", false],
  ["int64", "bool", false],
  ["string", "timestamp", false],
  ["int64", "timestamp", false],
  ["timestamp", "unix_timestamp", true],
  ["int32[]", "int64[]", true],
  ["float64[]", "float32[]", true],
  ["string[]", "int64[]", false],
  ["string", "string[]", false],
  ["string[]", "string", false],
])("a column of %s holds %s: %s", (column, declared, fits) => {
  expect(columnFits(column, declared)).toBe(fits);
});

test.each<[FileFormat, ValueType | null, string, ValueType, boolean]>([
  ["csv", "string", "VARCHAR", "bytes", true],
  ["csv", "string", "VARCHAR", "timestamp", true],
  ["csv", "string", "VARCHAR", "int64[]", true],
  ["csv", "string", "VARCHAR", "int64", false],
  ["csv", "int64", "BIGINT", "string", true],
  ["jsonl", "int64", "BIGINT", "string", false],
  ["jsonl", null, "DATE", "string", true],
  ["jsonl", null, "JSON", "float64", true],
])("a column of %s read as %s (%s) holds %s: %s", (format, type, engineType, declared, fits) => {
  expect(textColumnFits(format, { type, engineType }, declared)).toBe(fits);
});

test("a day is a time, and nothing else", () => {
  expect(foundColumnFits({ type: null, engineType: "DATE" }, "timestamp", null)).toBe(true);
  expect(foundColumnFits({ type: null, engineType: "DATE" }, "int64", "csv")).toBe(false);
  expect(foundColumnFits({ type: null, engineType: "TIME" }, "timestamp", null)).toBe(false);
});

test("a cast is ready to be written into a transform", () => {
  expect(castTo("price", "float64")).toBe("cast(price as double)");
  expect(castTo("at", "timestamp", "int64")).toBe("to_timestamp(at)");
  expect(castTo("tags", "string[]")).toBe("cast(tags as varchar[])");
});
