import { describe, expect, it } from "vitest";
import { shareOf, stagesOf } from "./stages.ts";

const progress = (stage: string, done: number, total: number | null) => ({ stage, done, total, unit: "rows", perSecond: null, secondsLeft: null });
const states = (run: Parameters<typeof stagesOf>[0]) => stagesOf(run).map(({ state }) => state);
const startedAt = new Date(0);

describe("stages of a materialize run", () => {
  it.each([
    ["waits in the queue", { state: "queued", progress: null, startedAt: null }, ["now", "ahead", "ahead"]],
    ["was resumed and waits again", { state: "queued", progress: progress("writing", 5, 10), startedAt }, ["now", "ahead", "ahead"]],
    ["has just begun", { state: "running", progress: null, startedAt }, ["done", "now", "ahead"]],
    ["writes", { state: "running", progress: progress("writing", 5, 10), startedAt }, ["done", "done", "now"]],
    ["failed while writing", { state: "failed", progress: progress("writing", 5, 10), startedAt }, ["done", "done", "stopped"]],
    ["was cancelled before it began", { state: "cancelled", progress: null, startedAt: null }, ["stopped", "ahead", "ahead"]],
    ["succeeded", { state: "succeeded", progress: progress("writing", 10, 10), startedAt }, ["done", "done", "done"]],
  ] as const)("%s", (_what, run, expected) => expect(states({ kind: "materialize", ...run })).toEqual(expected));

  it("knows the share only where the total is known", () => {
    expect(shareOf({ state: "running", progress: progress("writing", 5, 10) })).toBe(0.5);
    expect(shareOf({ state: "running", progress: progress("reading", 5, null) })).toBeNull();
    expect(shareOf({ state: "queued", progress: progress("writing", 5, 10) })).toBeNull();
    expect(shareOf({ state: "succeeded", progress: null })).toBe(1);
  });
});
