import { describe, expect, test } from "vitest";
import { formatTimestamp, parseTimestamp } from "../../kit/index.ts";
import { type FreshnessFacts, type FreshnessMoment, judgeFreshness } from "./freshness.ts";

const NOW = parseTimestamp("2026-11-23T12:00:00Z");
const ago = (minutes: number) => NOW - BigInt(Math.round(minutes * 60e6));
const moment = { now: NOW, workerSeenAt: ago(0.2) };

/** A view that runs every hour, and did. */
function hourly(facts: Partial<FreshnessFacts> = {}): FreshnessFacts {
  return {
    view: "driver_stats",
    owner: null,
    team: "fleet",
    services: [],
    definedAt: ago(10_000),
    cadenceSeconds: 3_600,
    pausedAt: null,
    ownObjectiveSeconds: null,
    watermark: ago(60),
    lastGoodRunAt: ago(30),
    failure: null,
    isRunning: false,
    source: { name: "trips", newestEvent: null, usualAgeSeconds: null, error: null, measuredAt: ago(1) },
    newestOnline: null,
    onlineMeasuredAt: null,
    ...facts,
  };
}

const judge = (facts: Partial<FreshnessFacts>, at: FreshnessMoment = moment) => judgeFreshness(hourly(facts), at);
const source = (over: Partial<NonNullable<FreshnessFacts["source"]>>) => ({
  name: "trips",
  newestEvent: null,
  usualAgeSeconds: 3_600,
  error: null,
  measuredAt: NOW,
  ...over,
});

describe("a view with a schedule", () => {
  test.each<[string, Partial<FreshnessFacts>, string, string | null]>([
    ["new enough", {}, "on time", null],
    ["just at four fifths", { watermark: ago(96) }, "on time", null],
    ["beyond four fifths", { watermark: ago(97) }, "at risk", "source_silent"],
    ["exactly at the objective", { watermark: ago(120) }, "at risk", "source_silent"],
    ["beyond the objective", { watermark: ago(120.001) }, "late", "source_silent"],
    ["its own objective is stricter", { watermark: ago(60), ownObjectiveSeconds: 1_800 }, "late", "source_silent"],
    ["its own objective is wider", { watermark: ago(600), ownObjectiveSeconds: 86_400 }, "on time", null],
    ["paused", { watermark: ago(180), lastGoodRunAt: ago(170), pausedAt: ago(175) }, "late", "schedule_paused"],
    ["failed", { watermark: ago(180), lastGoodRunAt: ago(170), failure: { at: ago(5), message: "no such file" } }, "late", "run_failed"],
    ["new rows, but no good run", { watermark: ago(1), lastGoodRunAt: ago(170), isRunning: true }, "late", "run_waiting"],
    ["never ran, and was just defined", { watermark: null, lastGoodRunAt: null, definedAt: ago(3) }, "unknown", "never_ran"],
    ["never ran for too long", { watermark: null, lastGoodRunAt: null, definedAt: ago(180) }, "late", "run_waiting"],
    ["runs, but the source is empty", { watermark: null, definedAt: ago(180) }, "late", "source_silent"],
    ["event times ahead of the clock", { watermark: ago(-6) }, "unknown", "clock_skew"],
    ["event times ahead within the allowed skew", { watermark: ago(-4) }, "on time", null],
  ])("%s", (_name, facts, state, cause) => {
    expect(judge(facts)).toMatchObject({ state, cause });
  });

  test("is late because no worker lives, whatever else", () => {
    const facts = { watermark: ago(180), lastGoodRunAt: ago(170) };
    expect(judge(facts, { now: NOW, workerSeenAt: ago(30) })).toMatchObject({ state: "late", cause: "worker_down" });
    expect(judge(facts, { now: NOW, workerSeenAt: null })).toMatchObject({ state: "late", cause: "worker_down", causeText: "No worker was ever seen." });
  });

  test("says since when, and against what", () => {
    const { lateSince, objectiveSeconds, basis, ageSeconds, intervalSeconds } = judge({ watermark: ago(180) });
    expect([formatTimestamp(lateSince ?? 0n), objectiveSeconds, basis, ageSeconds, intervalSeconds]).toEqual([
      "2026-11-23T11:00:00Z",
      7_200,
      "schedule",
      10_800,
      3_600,
    ]);
    expect(judge({ ownObjectiveSeconds: 60 }).basis).toBe("view");
  });
});

describe("a view without a schedule is judged by its source's rhythm", () => {
  const unscheduled = { cadenceSeconds: null, watermark: null, lastGoodRunAt: null };
  test.each<[string, Partial<FreshnessFacts>, string, string | null]>([
    ["the source goes on", { source: source({ newestEvent: ago(70) }) }, "on time", null],
    ["the source is silent", { source: source({ newestEvent: ago(121) }) }, "late", "source_silent"],
    ["rows were pushed since", { source: source({ newestEvent: ago(121) }), newestOnline: ago(1) }, "on time", null],
    ["its own objective counts", { source: source({ newestEvent: ago(121) }), ownObjectiveSeconds: 86_400 }, "on time", null],
    ["too little history", { source: source({ newestEvent: ago(9), usualAgeSeconds: null }) }, "unknown", "no_rhythm"],
    ["unreadable", { source: source({ usualAgeSeconds: null, error: "no such file" }) }, "unknown", "source_unreadable"],
    ["no batch source", { source: null }, "unknown", "no_rhythm"],
    ["pushed only, with an objective", { source: null, ownObjectiveSeconds: 60, newestOnline: ago(2), onlineMeasuredAt: NOW }, "late", "source_silent"],
    ["a row a minute, looked at 4 min ago", { source: source({ newestEvent: ago(5), usualAgeSeconds: 60, measuredAt: ago(4) }) }, "at risk", "source_silent"],
    [
      "a row a minute, not looked at for 11 min",
      { source: source({ newestEvent: ago(13), usualAgeSeconds: 60, measuredAt: ago(11) }) },
      "late",
      "source_silent",
    ],
    ["pushed since the last look", { source: null, ownObjectiveSeconds: 60, newestOnline: ago(2), onlineMeasuredAt: ago(1.5) }, "at risk", "source_silent"],
    ["a row at the end of all time", { source: source({ newestEvent: 9_223_000_000_000_000_000n }) }, "unknown", "clock_skew"],
    ["nobody looked yet", { source: source({ usualAgeSeconds: null, measuredAt: null }) }, "unknown", "not_measured"],
    ["nobody looked yet, with an objective", { source: source({ measuredAt: null }), ownObjectiveSeconds: 60 }, "unknown", "not_measured"],
    ["never looked at and unreadable", { source: source({ measuredAt: null, usualAgeSeconds: null, error: "no" }) }, "unknown", "source_unreadable"],
  ])("%s", (_name, facts, state, cause) => {
    expect(judge({ ...unscheduled, ...facts })).toMatchObject({ state, cause });
  });
});
