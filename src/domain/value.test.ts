import { describe, expect, it } from "vitest";
import { parseJsonExact, stringifyJsonExact } from "../kit/index.ts";
import { coerceJson, toJsonValue } from "./value.ts";
import type { ValueType } from "./value-type.ts";

describe("coerceJson takes what a type can hold", () => {
  it.each<[ValueType, unknown, unknown]>([
    ["int32", 7, 7],
    ["int64", 9007199254740993n, 9007199254740993n],
    ["int64", "9007199254740993", 9007199254740993n],
    ["unix_timestamp", 1700000000, 1700000000n],
    ["float32", 0.1, Math.fround(0.1)],
    ["float64", "NaN", Number.NaN],
    ["float64", "-Infinity", Number.NEGATIVE_INFINITY],
    ["float64", 3n, 3],
    ["bool", true, true],
    ["string", "用户 🚕", "用户 🚕"],
    ["bytes", "AAE=", new Uint8Array([0, 1])],
    ["timestamp", "2024-01-01T07:00:00+07:00", 1704067200000000n],
    ["timestamp", "2024-01-01 00:00:00.123456", 1704067200123456n],
    ["int32[]", [1, null, 2], [1, null, 2]],
    ["string", null, null],
  ])("%s from %o", (type, input, value) => {
    expect(coerceJson(type, input)).toEqual({ ok: true, value });
  });
});

describe("coerceJson refuses the rest, and says why", () => {
  it.each<[ValueType, unknown, RegExp]>([
    ["int32", 3_000_000_000, /3000000000 is not an int32/],
    ["int32", 1.5, /1.5 is not an int32/],
    ["int64", 9223372036854775808n, /not an int64/],
    ["int64", 9007199254740994, /not an int64/], // a double that may have lost digits already
    ["float32", 1e300, /not a float32/],
    ["bool", 1, /1 is not a bool/],
    ["string", 5, /5 is not a string/],
    ["bytes", "€", /base64/],
    ["timestamp", "yesterday", /ISO 8601/],
    ["timestamp", "2024-02-30T00:00:00Z", /not a timestamp/],
    ["int32[]", [1, "x"], /"x" is not an int32/],
    ["int32[]", 1, /1 is not an int32\[\]/],
    ["string", "x".repeat(5).split(""), /not a string/],
  ])("%s from %o", (type, input, reason) => {
    expect(coerceJson(type, input)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe("JSON", () => {
  it("keeps 64-bit integers exact there and back", () => {
    const parsed = parseJsonExact('{"id": 9223372036854775807, "small": 5, "text": "9223372036854775807"}');
    expect(parsed).toEqual({ id: 9223372036854775807n, small: 5, text: "9223372036854775807" });
    expect(stringifyJsonExact(parsed)).toBe('{"id":9223372036854775807,"small":5,"text":"9223372036854775807"}');
  });

  it("keeps a whole number exact beside fractions as long", () => {
    const fractions = "[0.1234567890123456, -98.76543210123456789, 1.2345678901234567e3]";
    expect(parseJsonExact(fractions)).toEqual(JSON.parse(fractions));
    expect(parseJsonExact("[0.1234567890123456,-9007199254740993]")).toEqual([0.1234567890123456, -9007199254740993n]);
    expect(parseJsonExact("1234567890123456.5")).toBe(1234567890123456.5);
  });

  it("writes what JSON has no number for as text", () => {
    expect(stringifyJsonExact([Number.NaN, Number.POSITIVE_INFINITY, -0])).toBe('["NaN","Infinity",0]');
    expect(toJsonValue("float64[]", [Number.NaN, 1])).toEqual(["NaN", 1]);
    expect(toJsonValue("timestamp", 1704067200123456n)).toBe("2024-01-01T00:00:00.123456Z");
    expect(toJsonValue("bytes", new Uint8Array([0, 1]))).toBe("AAE=");
  });
});
