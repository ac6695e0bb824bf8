import { describe, expect, it } from "vitest";
import type { OnlineState } from "../registry/index.ts";
import type { Checkpoint } from "./documents.ts";
import { nextOnlineState } from "./finish-materialize.ts";

const before: OnlineState = {
  versionId: "1",
  store: "redis",
  eventWatermark: 100n,
  createdWatermark: 90n,
  epoch: "e1",
  sourceFingerprint: null,
  ready: true,
  lastRunId: "old",
};

function done(change: Partial<Checkpoint["resolved"]> = {}, newestEvent: bigint | null = 150n, epoch = "e1"): Checkpoint {
  return {
    versionId: "1",
    store: "redis",
    epoch,
    startedAt: 200n,
    resolved: { window: { kind: "everything", end: 200n }, note: "", isFull: false, movesWatermark: true, ...change },
    fingerprint: {},
    stage: { directory: "", shards: [], rowsRead: 0, keys: 0, bytes: 0, rejected: [], newestEvent, newestCreated: null },
    checks: { expected: 0, findings: [], overridden: false },
    shardsDone: 0,
    counts: { written: 0, created: 0, unchanged: 0, skippedOlder: 0, bytes: 0 },
    checksums: { offline: [], online: [] },
    seconds: { staging: 0, writing: 0, verifying: 0 },
  };
}

describe("nextOnlineState", () => {
  it("moves the watermark to the newest event read, and the created watermark to the start of the run", () => {
    expect(nextOnlineState(before, done(), "run")).toMatchObject({ eventWatermark: 150n, createdWatermark: 200n, lastRunId: "run" });
  });

  it("never moves it back", () => {
    expect(nextOnlineState(before, done({}, 50n), "run").eventWatermark).toBe(100n);
  });

  it("keeps it where a run read nothing", () => {
    expect(nextOnlineState(before, done({}, null), "run").eventWatermark).toBe(100n);
  });

  it("leaves it alone for a window that may leave a gap", () => {
    const range = done({ movesWatermark: false, window: { kind: "range", start: 120n, end: 150n } });
    expect(nextOnlineState(before, range, "run")).toMatchObject({ eventWatermark: 100n, createdWatermark: 90n });
  });

  it("forgets watermarks of a store that was flushed", () => {
    const range = done({ movesWatermark: false }, 150n, "e2");
    expect(nextOnlineState(before, range, "run")).toMatchObject({ eventWatermark: null, createdWatermark: null, epoch: "e2" });
  });

  it("is ready after a full run, and stays so", () => {
    expect(nextOnlineState(null, done(), "run").ready).toBe(false);
    expect(nextOnlineState(null, done({ isFull: true }), "run").ready).toBe(true);
    expect(nextOnlineState(before, done(), "run").ready).toBe(true);
  });
});
