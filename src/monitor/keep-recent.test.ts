import { expect, test } from "vitest";
import { fixedClock, silentLogger } from "../kit/index.ts";
import { type KeepRecentDeps, keepRecent } from "./keep-recent.ts";

test("what cannot be folded keeps nothing else from being forgotten", async () => {
  const done: string[] = [];
  const does = (name: string) => async () => {
    done.push(name);
    throw new Error("no");
  };
  const deps: KeepRecentDeps = {
    monitorStore: { foldHours: does("hours") },
    driftStore: { foldWindows: does("windows") },
    qualityStore: { forget: does("quality") },
    incidents: { forget: does("incidents") },
    servedSamples: { sweep: does("served") },
    clock: fixedClock(0n),
    logger: silentLogger,
  };
  await keepRecent(deps);
  expect(done).toEqual(["hours", "windows", "quality", "incidents", "served"]);
});
