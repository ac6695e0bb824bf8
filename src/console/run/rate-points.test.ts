import { describe, expect, it } from "vitest";
import { ratePoints } from "./rate-points.ts";

const event = (id: number, seconds: number, type: "progress" | "log", body: unknown) => ({
  id,
  run: "r",
  project: "p",
  at: new Date(seconds * 1_000),
  type,
  body,
});
const progress = (stage: string, done: number, perSecond: number | null = null) => ({ stage, done, total: 100, unit: "keys", perSecond, secondsLeft: null });

describe("the pace of a run", () => {
  it("is what was done between two reports, so that a pause shows", () => {
    const points = ratePoints(
      [
        event(1, 10, "progress", progress("writing", 10, 5)),
        event(2, 11, "log", { level: "info", message: "x" }),
        event(3, 12, "progress", progress("writing", 50, 8)),
        event(4, 20, "progress", progress("writing", 50, 5)),
      ],
      10_000,
    );
    expect(points).toEqual([
      { seconds: 0, stage: "writing", unit: "keys", done: 10, perSecond: 5 },
      { seconds: 2, stage: "writing", unit: "keys", done: 50, perSecond: 20 },
      { seconds: 10, stage: "writing", unit: "keys", done: 50, perSecond: 0 },
    ]);
  });

  it("begins anew with each stage and each attempt", () => {
    const points = ratePoints(
      [
        event(1, 1, "progress", progress("reading", 1_000, 900)),
        event(2, 2, "progress", progress("writing", 10, 7)),
        event(3, 3, "progress", progress("writing", 0, null)),
      ],
      0,
    );
    expect(points.map(({ perSecond }) => perSecond)).toEqual([900, 7, 0]);
  });

  it("passes over bodies that are no progress", () => {
    expect(ratePoints([event(1, 1, "progress", null), event(2, 1, "progress", { stage: 3 })], 0)).toEqual([]);
  });
});
