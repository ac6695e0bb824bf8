import { describe, expect, it } from "vitest";
import { changesSince, newerThanPins } from "./compare-results.ts";
import type { SourceState, TrainedView } from "./port.ts";

const stats: SourceState = { source: "stats", files: 1, bytes: 10, modified: "2026-01-01T00:00:00.000Z", digest: "a" };
const view = (source: SourceState): TrainedView => ({
  view: "driver_stats",
  joinKeyMap: {},
  versionId: "1",
  version: 1,
  ttlSeconds: null,
  source,
  matched: 0,
  expired: 0,
  notFound: 0,
});
const read = { entityRows: { from: "orders.csv", rows: 3, digest: "r" }, definition: "d", views: [view(stats)] };

describe("what changed since a result", () => {
  it("says nothing when all is the same", () => {
    expect(changesSince(read, read)).toEqual([]);
  });

  it.each([
    [{ bytes: 12, digest: "b" }, "10 bytes then, 12 now"],
    [{ files: 2, digest: "b" }, "1 files then, 2 now"],
    [{ modified: "2026-01-02T00:00:00.000Z", digest: "b" }, "written again at 2026-01-02T00:00:00.000Z"],
    [{ digest: "b" }, "other files of the same size"],
  ])("names a source and how it changed (%o)", (change, note) => {
    expect(changesSince(read, { ...read, views: [view({ ...stats, ...change }), view({ ...stats, ...change })] })).toEqual([
      { what: "source", name: "stats", note },
    ]);
  });

  it("names entity rows and the definition", () => {
    const changed = changesSince(read, { ...read, definition: "e", entityRows: { ...read.entityRows, digest: "s" } });
    expect(changed.map(({ what }) => what)).toEqual(["definition", "entity_rows"]);
  });

  it("tells where views have moved on", () => {
    const pinned = { view: "driver_stats", versionId: "1", version: 1, ttlSeconds: 60, joinKeys: [], joinKeyMap: {}, features: [] };
    const newer = (now: { versionNumber: number; ttlSeconds: number | null } | null) => newerThanPins({ views: [pinned, pinned], outputs: [] }, () => now);
    expect(newer({ versionNumber: 1, ttlSeconds: 60 })).toEqual([]);
    expect(newer({ versionNumber: 2, ttlSeconds: 60 })).toEqual([{ what: "version", name: "driver_stats", note: "version 1 here, 2 is the newest" }]);
    expect(newer({ versionNumber: 1, ttlSeconds: null })).toEqual([{ what: "ttl", name: "driver_stats", note: "ttl 60 s here, without limit now" }]);
    expect(newer(null)).toMatchObject([{ what: "version", note: "the view was removed" }]);
  });
});
