import { describe, expect, it } from "vitest";
import { type Draft, EMPTY_DRAFT, specOf, timeColumnOf } from "./draft.ts";

const upload = { kind: "upload", upload: "U1", fileName: "o.csv", format: "csv", bytes: 1, rows: 1, sha256: "", columns: [] } as const;
const draft = (over: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, upload, features: ["driver_stats:conv_rate"], ...over });

describe("the draft of a training set", () => {
  it("is a spec once rows and features are chosen", () => {
    expect(specOf(EMPTY_DRAFT)).toBeNull();
    expect(specOf(draft({}))).toMatchObject({
      entityRows: { kind: "upload", upload: "U1" },
      features: ["driver_stats:conv_rate"],
      service: null,
      knownAtDelaySeconds: null,
    });
    expect(specOf(draft({ choose: "service", service: "driver_activity", knownAt: true }))).toMatchObject({
      features: null,
      service: "driver_activity",
      knownAtDelaySeconds: 0,
    });
    expect(specOf(draft({ from: "source", source: "driver_stats", start: "2026-01-01T00:00" }))).toMatchObject({
      entityRows: { kind: "source", source: "driver_stats", start: "2026-01-01T00:00", end: null, limit: 10_000 },
    });
  });

  it.each([
    { upload: null },
    { features: [] },
    { choose: "service" },
    { from: "source" },
    { from: "source", source: "a", limit: "x" },
    { eventTimestampColumn: "" },
  ] as const)("is none with %o", (over) => {
    expect(specOf(draft(over))).toBeNull();
  });

  it("finds the column that says when", () => {
    const columns = (...named: readonly (readonly [string, string | null])[]) => ({ columns: named.map(([name, type]) => ({ name, type })) });
    expect(timeColumnOf(columns(["at", "timestamp"], ["event_timestamp", "string"]))).toBe("event_timestamp");
    expect(timeColumnOf(columns(["id", "int64"], ["at", "timestamp"]))).toBe("at");
    expect(timeColumnOf(columns(["id", "int64"], ["order_date", "string"]))).toBe("order_date");
    expect(timeColumnOf(columns(["id", "int64"]))).toBe("event_timestamp");
  });
});
