import { describe, expect, it } from "vitest";
import type { ValueType } from "../domain/index.ts";
import { proposeTimes } from "./propose-times.ts";

function propose(columns: Readonly<Record<string, ValueType>>, isText = false) {
  const { timestampField, createdTimestampColumn } = proposeTimes(
    Object.entries(columns).map(([name, type]) => ({ name, type, engineType: type })),
    isText,
  );
  return [timestampField, createdTimestampColumn];
}

describe("time columns that are proposed", () => {
  it.each<[string, Readonly<Record<string, ValueType>>, readonly (string | null)[]]>([
    ["by their names", { id: "int64", created: "timestamp", datetime: "timestamp" }, ["datetime", "created"]],
    ["event before any other time", { shift_start: "timestamp", event_timestamp: "timestamp" }, ["event_timestamp", null]],
    ["the first time where no name tells", { a: "timestamp", b: "timestamp" }, ["a", null]],
    ["a lone time is the event's", { created_at: "timestamp" }, ["created_at", null]],
    ["numbers and texts are none", { timestamp: "string", created: "int64" }, [null, null]],
  ])("%s", (_what, columns, expected) => {
    expect(propose(columns)).toEqual(expected);
  });

  it("may be texts in a text file, where their names say so", () => {
    expect(propose({ id: "int64", event_time: "string", created: "string", note: "string" }, true)).toEqual(["event_time", "created"]);
    expect(propose({ id: "int64", note: "string" }, true)).toEqual([null, null]);
  });
});
