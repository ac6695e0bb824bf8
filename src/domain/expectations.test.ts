import { describe, expect, it } from "vitest";
import { ALLOWED_MAX, type Expectations, expectationMistakes, expectationTexts, wholeBound } from "./expectations.ts";
import type { ValueType } from "./value-type.ts";

const mistakes = (type: ValueType, expected: Partial<Expectations>) =>
  expectationMistakes(type, { onFailure: "warn", ...expected }).map(({ field, message }) => `${field ?? "all"}: ${message}`);

describe("expectationMistakes", () => {
  it("takes what makes sense", () => {
    expect(mistakes("float32", { min: 0, max: 1, nullRateMax: 0.5, unique: true })).toEqual([]);
    expect(mistakes("int64", { min: "-9223372036854775808", max: "9223372036854775807", allowed: [1, "9007199254740993"] })).toEqual([]);
    expect(mistakes("string", { allowed: ["low", "high"], nullRateMax: 0 })).toEqual([]);
    expect(mistakes("bool", { allowed: [true] })).toEqual([]);
    expect(mistakes("int32[]", { nullRateMax: 1 })).toEqual([]);
    expect(mistakes("int32", { min: 5, max: 5 })).toEqual([]);
  });

  it("compares whole numbers exactly", () => {
    expect(mistakes("int64", { min: "9007199254740993", max: "9007199254740992" })).toEqual(["min: min 9007199254740993 is above max 9007199254740992"]);
    expect(mistakes("int64", { allowed: ["9007199254740993", "9007199254740992"] })).toEqual([]);
  });

  it.each<[ValueType, Partial<Expectations>, string]>([
    ["string", { min: 1 }, "min: only numbers have a min, this is a string"],
    ["timestamp", { max: 1 }, "max: only numbers have a max, this is a timestamp"],
    ["int32[]", { min: 1 }, "min: only numbers have a min, this is a int32[]"],
    ["int32", { max: 1.5 }, "max: 1.5 is not an int32"],
    ["int64", { max: "9223372036854775808" }, 'max: "9223372036854775808" is not an int64'],
    ["float64", { min: Number.NaN }, "min: null is not a float64"],
    ["float32", { max: 1e39 }, "max: 1e+39 is not a float32"],
    ["float64", { min: 2, max: 1 }, "min: min 2 is above max 1"],
    ["float64", { allowed: [1] }, "allowed: only strings, bools and whole numbers have a set of values, this is a float64"],
    ["string", { allowed: [] }, "allowed: name at least one value"],
    ["string", { allowed: ["a", 1] }, "allowed: 1 is not a string"],
    ["int64", { allowed: [1, "1"] }, "allowed: a value stands in it twice"],
    ["int32", { allowed: Array.from({ length: ALLOWED_MAX + 1 }, (_, index) => index) }, "allowed: 1001 values are too many: name at most 1000"],
    ["string", { nullRateMax: 1.01 }, "nullRateMax: 1.01 is not a share of rows: write a number from 0 to 1"],
    ["string", { nullRateMax: Number.NaN }, "nullRateMax: NaN is not a share of rows: write a number from 0 to 1"],
    ["string[]", { unique: true }, "unique: lists cannot be unique"],
    ["string", {}, "all: nothing is expected: name min, max, allowed, nullRateMax or unique, or leave it out"],
  ])("refuses for %s %o", (type, expected, message) => expect(mistakes(type, expected)).toEqual([message.replace("a int32[]", "an int32[]")]));
});

describe("words and numbers", () => {
  it("says what is expected", () => {
    expect(expectationTexts({ min: 0, max: 1, nullRateMax: 0.055, unique: true, onFailure: "warn" })).toEqual([
      "0 to 1",
      "null in at most 5.5 %",
      "no value twice",
    ]);
    expect(expectationTexts({ max: 7, nullRateMax: 0, onFailure: "block" })).toEqual(["at most 7", "never null"]);
    expect(expectationTexts({ allowed: ["a", "b", "c", "d", "e", "f", "g"], onFailure: "warn" })).toEqual(["one of a, b, c, d, e, f and 1 more"]);
  });

  it("keeps whole numbers exact", () => expect([7n, 2n ** 53n + 1n].map(wholeBound)).toEqual([7, "9007199254740993"]));
});
