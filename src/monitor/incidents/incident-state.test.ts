import { describe, expect, test } from "vitest";
import type { Verdict } from "../statistics/judge-features.ts";
import {
  countDriftIncidents,
  type LateIncidentState,
  NO_DRIFT_INCIDENT,
  NO_LATE_INCIDENT,
  stepDriftIncident,
  stepLateIncident,
  type Timeliness,
} from "./incident-state.ts";

const VERDICTS: Readonly<Record<string, Verdict>> = { d: "drift", s: "stable", w: "watch", i: "insufficient data" };

/** Windows as letters; the moves come as "+" for open, "-" for close, "." for none. */
function driftMoves(windows: string): string {
  let state = NO_DRIFT_INCIDENT;
  return [...windows]
    .map((letter) => {
      const step = stepDriftIncident(state, VERDICTS[letter] ?? "stable");
      state = step.state;
      return { open: "+", close: "-", none: "." }[step.move];
    })
    .join("");
}

describe("a drift incident", () => {
  test.each([
    ["one drifting window is not enough", "sdsss", "....."],
    ["opens at 2 of the last 3", "dsd", "..+"],
    ["not at 2 of 4", "dssd", "...."],
    ["opens once", "ddddd", ".+..."],
    ["closes after 3 good windows in a row", "ddsss", ".+..-"],
    ["a drift in between begins the count anew", "ddssdsss", ".+.....-"],
    ["a window to watch is a good one", "ddwww", ".+..-"],
    ["too little data counts neither way, for opening", "didi", "..+."],
    ["too little data counts neither way, for closing", "ddsisis", ".+....-"],
    ["opens again on new drift only", "ddsssdd", ".+..-.+"],
  ])("%s", (_name, windows, moves) => {
    expect(driftMoves(windows)).toBe(moves);
  });

  test("can be counted for a preview", () => {
    expect(countDriftIncidents([..."ddsssdsd"].map((letter) => VERDICTS[letter] ?? "stable"))).toBe(2);
  });
});

describe("an incident of a late view", () => {
  const HOUR = 3_600_000_000n;
  const moves = (...looks: readonly (readonly [hour: number, Timeliness])[]): string => {
    let state: LateIncidentState = NO_LATE_INCIDENT;
    return looks
      .map(([hour, timeliness]) => {
        const step = stepLateIncident(state, timeliness, { now: BigInt(Math.round(hour * 60)) * (HOUR / 60n), intervalSeconds: 3_600 });
        state = step.state;
        return { open: "+", close: "-", none: "." }[step.move];
      })
      .join("");
  };

  test("opens at once, and once", () => {
    expect(moves([0, "on time"], [1, "at risk"], [2, "late"], [3, "late"])).toBe("..+.");
  });

  test("closes after one whole interval on time", () => {
    expect(moves([0, "late"], [1, "on time"], [1.5, "on time"], [2, "on time"], [3, "on time"])).toBe("+..-.");
  });

  test("being late begins the interval anew; not knowing and being at risk do not", () => {
    expect(moves([0, "late"], [1, "on time"], [1.5, "late"], [2, "on time"], [2.5, "unknown"], [3, "on time"])).toBe("+....-");
    expect(moves([0, "late"], [1, "on time"], [1.8, "at risk"], [2.1, "on time"], [2.8, "at risk"])).toBe("+..-.");
    expect(moves([0, "late"], [1, "at risk"], [2, "at risk"], [2.5, "on time"], [3, "on time"], [3.5, "on time"])).toBe("+....-");
  });
});
