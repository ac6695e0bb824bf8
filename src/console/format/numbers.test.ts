import { describe, expect, it } from "vitest";
import { formatBytes, formatCount, formatCountShort, formatFigure, formatP, formatRate, formatScore, formatShare, plural } from "./numbers.ts";

describe("numbers", () => {
  it.each([
    [0, "0.000"],
    [0.00001, "< 0.001"],
    [0.14, "0.140"],
    [12.345, "12.3"],
    [4_912.3, "4,912"],
  ])("writes the score %s as %s", (score, text) => expect(formatScore(score)).toBe(text));

  it.each([
    [1e-60, "< 0.001"],
    [0.0421, "0.042"],
    [0.5, "0.50"],
    [1, "1.00"],
  ])("writes the probability %s as %s", (p, text) => expect(formatP(p)).toBe(text));

  it.each([
    [0, "0"],
    [998, "998"],
    [43_200, "43,200"],
    [1_234_567_890_123n, "1,234,567,890,123"],
  ])("counts %s as %s", (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [0, "0"],
    [0.25, "0.25"],
    [999, "999"],
    [1_000, "1k"],
    [1_250, "1.3k"],
    [43_200, "43k"],
    [999_900, "1M"],
    [2_500_000_000, "2.5B"],
  ])("shortens %s to %s", (count, text) => expect(formatCountShort(count)).toBe(text));

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1 kB"],
    [96_000, "96 kB"],
    [999_600, "1 MB"],
    [1_100_000, "1.1 MB"],
    [12_345_678, "12 MB"],
  ])("writes %s bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0, "0 %"],
    [0.0001, "< 0.1 %"],
    [0.1234, "12.3 %"],
    [0.5, "50 %"],
    [0.99995, "> 99.9 %"],
    [1, "100 %"],
  ])("writes the share %s as %s", (share, text) => expect(formatShare(share)).toBe(text));

  it.each([
    [3, "3"],
    [0.123456, "0.1235"],
    [1_234.5678, "1,235"],
    [9_007_199_254_740_993n, "9,007,199,254,740,993"],
    [0.000001, "1.00e-6"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ])("writes the figure %s as %s", (value, text) => expect(formatFigure(value)).toBe(text));

  it("writes rates and plurals", () => {
    expect([formatRate(0.5), formatRate(25_400.4)]).toEqual(["0.5/s", "25,400/s"]);
    expect([plural(1, "key"), plural(2, "key"), plural(0, "entry", "entries")]).toEqual(["1 key", "2 keys", "0 entries"]);
  });
});
