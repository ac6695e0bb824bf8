import { describe, expect, it } from "vitest";
import { showValue } from "./values.ts";

describe("showValue", () => {
  it.each([
    [null, "int32", "null", "null"],
    [Math.fround(0.1), "float32", "0.1", "number"],
    [0.1 + 0.2, "float64", "0.30000000000000004", "number"],
    [9_007_199_254_740_993n, "int64", "9007199254740993", "number"],
    [1_700_000_000_250_000n, "timestamp", "2023-11-14 22:13:20.25Z", "text"],
    [1_700_000_000_000_000n, "timestamp", "2023-11-14 22:13:20Z", "text"],
    [new Uint8Array([0, 255]), "bytes", "0x00ff", "text"],
    [["a", null], "string[]", "[a, null]", "list"],
    [true, "bool", "true", "text"],
    [Number.NaN, "float32", "NaN", "number"],
  ])("%s of %s shows as %s", (value, type, text, kind) => expect(showValue(value, type)).toEqual({ text, kind }));

  it("cuts what no cell can hold and says how much there is", () => {
    expect(showValue("x".repeat(200), "string").text).toHaveLength(120);
    expect(
      showValue(
        Array.from({ length: 20 }, (_, index) => BigInt(index)),
        "int64[]",
      ).text,
    ).toBe("[0, 1, 2, 3, 4, 5, 6, 7, … 20 items]");
  });
});
