import { describe, expect, it } from "vitest";
import { compareCell, compareRows } from "./compare.ts";

describe("online beside the source", () => {
  it.each([
    [true, 5n, 5n, "same_time"],
    [true, 4n, 5n, "source_newer"],
    [true, 6n, 5n, "online_newer"],
    [true, null, 5n, "not_online"],
    [true, 5n, null, "online_only"],
    [true, null, null, "nowhere"],
    [false, null, 5n, "not_served"],
  ] as const)("served %s, online at %s, source at %s: %s", (online, onlineTime, sourceTime, verdict) => {
    expect(compareRows({ online, onlineTime, sourceTime })).toBe(verdict);
  });

  const cell = (online: unknown, source: unknown, status: "PRESENT" | "NULL_VALUE" | "NOT_FOUND" | "OUTSIDE_MAX_AGE" = "PRESENT") =>
    compareCell({ status, online, source, hasSource: true });

  it.each([
    [1n, 1n, "equal"],
    [Number.NaN, Number.NaN, "equal"],
    [null, null, "equal"],
    [["a", null], ["a", null], "equal"],
    [Uint8Array.of(1, 2), Uint8Array.of(1, 2), "equal"],
    [Uint8Array.of(1, 2), Uint8Array.of(1, 3), "differs"],
    [["a"], ["a", "b"], "differs"],
    [0.5, null, "differs"],
    [Math.fround(0.1), 0.1, "differs"],
    [1, 1n, "differs"],
  ])("%s and %s: %s", (online, source, verdict) => {
    expect(cell(online, source)).toBe(verdict);
  });

  it("does not compare what is not there or not shown", () => {
    expect(cell(null, 1, "NOT_FOUND")).toBeNull();
    expect(cell(null, 1, "OUTSIDE_MAX_AGE")).toBeNull();
    expect(compareCell({ status: "PRESENT", online: 1, hasSource: false, source: null })).toBeNull();
  });
});
