import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float32Text } from "./float32-text.ts";

describe("float32 as text", () => {
  it.each([
    [0.1, "0.1"],
    [-0.25, "-0.25"],
    [0, "0"],
    [1 / 3, "0.33333334"],
    [16_777_216, "16777216"],
    [123_456_789, "123456790"],
    [3.4028234663852886e38, "3.4028235e+38"],
    [1.1754943508222875e-38, "1.1754944e-38"],
    [1.401298464324817e-45, "1e-45"],
    [1e-7, "1e-7"],
    [0.0001, "0.0001"],
    [999_999.94, "999999.94"],
    [8_388_608.5, "8388608"],
  ])("%d is %s", (value, text) => {
    expect(float32Text(Math.fround(value))).toBe(text);
  });

  it("reads back as the same float32, and no shorter decimal does", () => {
    const holds = fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = float32Text(value);
      expect(Math.fround(Number(text))).toBe(value + 0); // −0 prints as 0
      const digits = significantDigits(text);
      for (let fewer = 1; fewer < digits; fewer += 1) expect(Math.fround(Number(value.toPrecision(fewer)))).not.toBe(value);
    });
    fc.assert(holds, { numRuns: 5_000 });
  });

  it("does so for numbers as features have them", () => {
    const holds = fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), fc.integer({ min: 0, max: 4 }), (double, decimals) => {
      const decimal = Number(double.toFixed(decimals));
      const value = Math.fround(decimal);
      expect(Math.fround(Number(float32Text(value)))).toBe(value + 0);
      if (significantDigits(String(decimal)) <= 6) expect(float32Text(value)).toBe(String(decimal + 0));
    });
    fc.assert(holds, { numRuns: 5_000 });
  });
});

function significantDigits(text: string): number {
  const digits = text.replace(/e.*$/, "").replace(/[-.]/g, "").replace(/^0+/, "");
  return text.includes(".") ? digits.length : digits.replace(/0+$/, "").length;
}
