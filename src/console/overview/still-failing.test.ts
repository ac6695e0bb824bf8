import { describe, expect, it } from "vitest";
import type { ShownRun } from "../../trpc/index.ts";
import { stillFailing } from "./still-failing.ts";

// Only what the rule looks at.
const run = (id: string, subject: string, state: ShownRun["state"]): ShownRun =>
  ({ id, subject, state, finishedAt: state === "running" || state === "queued" ? null : new Date(0) }) as ShownRun;
const ids = (runs: readonly ShownRun[]) => stillFailing(runs).map(({ id }) => id);

describe("what is wrong now", () => {
  it("is a subject whose newest finished run failed", () => {
    expect(ids([run("3", "a", "failed"), run("2", "b", "failed"), run("1", "a", "succeeded")])).toEqual(["3", "2"]);
  });

  it("is over when a later run succeeded, not when one was cancelled or is under way", () => {
    expect(ids([run("2", "a", "succeeded"), run("1", "a", "failed")])).toEqual([]);
    expect(ids([run("3", "a", "running"), run("2", "a", "cancelled"), run("1", "a", "failed")])).toEqual(["1"]);
  });
});
