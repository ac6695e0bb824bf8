import { describe, expect, it } from "vitest";
import { type Expectations, expectationMistakes, type ValueType } from "../../domain/index.ts";
import { expectValues, NO_EXPECTATIONS, toExpectations } from "./expect-values.ts";

describe("expectations in a form", () => {
  it.each<[ValueType, Expectations]>([
    ["float32", { min: 0, max: 0.5, nullRateMax: 0.05, onFailure: "block" }],
    ["int64", { min: -3, max: "9223372036854775807", allowed: [1, "9007199254740993"], unique: true, onFailure: "warn" }],
    ["string", { allowed: ["low", "high"], onFailure: "warn" }],
    ["string", { allowed: ["a, b", " c", "", "[x"], onFailure: "warn" }],
    ["bool", { allowed: [true], onFailure: "warn" }],
    ["int32[]", { nullRateMax: 0, onFailure: "warn" }],
  ])("of %s come back as they were: %o", (type, expectations) => expect(toExpectations(type, expectValues(expectations))).toEqual(expectations));

  it("of empty fields are none", () => {
    expect(expectValues(undefined)).toEqual(NO_EXPECTATIONS);
    expect(toExpectations("int32", { ...NO_EXPECTATIONS, onFailure: "block" })).toBeUndefined();
  });

  it("leave out what the type cannot have, since its field is not shown", () => {
    expect(toExpectations("string[]", { ...NO_EXPECTATIONS, min: "1", allowed: "a", unique: true, nullRateMax: "0.1" })).toEqual({
      nullRateMax: 0.1,
      onFailure: "warn",
    });
  });

  it("keep a text that is no value, which is then refused", () => {
    const read = toExpectations("int32", { ...NO_EXPECTATIONS, min: "1.5", allowed: "x" });
    expect(read).toEqual({ min: "1.5", allowed: ["x"], onFailure: "warn" });
    expect(expectationMistakes("int32", read as Expectations).map(({ field }) => field)).toEqual(["min", "allowed"]);
  });
});
