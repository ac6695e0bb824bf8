import { describe, expect, it } from "vitest";
import { formatLocal, formatRelative, formatSeconds, formatUtc, microsToMs } from "./times.ts";

const NOW = Date.UTC(2026, 10, 23, 9, 4, 5);

describe("times", () => {
  it.each([
    [0, "0 s"],
    [0.0004, "1 ms"],
    [0.045, "45 ms"],
    [1.24, "1.2 s"],
    [2, "2 s"],
    [42.4, "42 s"],
    [59.7, "1 min"],
    [185, "3 min 5 s"],
    [1_805, "30 min"],
    [3_599, "1 h"],
    [7_500, "2 h 5 min"],
    [86_399, "1 d"],
    [345_600, "4 d"],
  ])("writes %s seconds as %s", (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

  it.each([
    [4, "just now"],
    [59, "59 s ago"],
    [119, "1 min ago"],
    [7_199, "1 h ago"],
    [86_400 * 59, "59 d ago"],
    [86_400 * 60, "2 months ago"],
    [86_400 * 800, "2 years ago"],
    [-300, "in 5 min"],
  ])("says how long ago %s s are: %s", (ago, text) => expect(formatRelative(NOW - ago * 1_000, NOW)).toBe(text));

  it("writes exact times with their zone", () => {
    expect(formatUtc(NOW)).toBe("2026-11-23 09:04:05 UTC");
    expect(formatUtc(NOW + 7, true)).toBe("2026-11-23 09:04:05.007 UTC");
    expect(formatLocal(NOW)).toMatch(/^2026-11-23 \d\d:04:05 \S+ \(.+\)$/);
    expect(microsToMs(1_700_000_000_123_456n)).toBe(1_700_000_000_123);
  });
});
