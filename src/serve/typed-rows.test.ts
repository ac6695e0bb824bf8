import { describe, expect, test } from "vitest";
import { parseTimestamp } from "../kit/index.ts";
import { aFileSource, aKafkaSource, aView, aViewVersion, someFeatures } from "../testing/builders.ts";
import { valueAt } from "./coerce-column.ts";
import { type TypeRowsOptions, typeRows } from "./typed-rows.ts";

const NOW = parseTimestamp("2026-04-12T08:00:00Z");
const NOON = "2024-01-01T12:00:00";
const version = aViewVersion(aView({ features: someFeatures({ conv_rate: "float32", trips: "int32" }) }));
const good = { driver_id: [1, 2], datetime: [NOON, NOON], created: [NOON, null], conv_rate: [0.5, null], trips: [3, 4] };

function type(rows: Readonly<Record<string, readonly unknown[]>>, options: Partial<TypeRowsOptions> = {}, of = version) {
  const { batch, rejected } = typeRows(of, rows, { now: NOW, namedBy: "source", ...options });
  const rowsOut = Array.from({ length: batch.rowCount }, (_, row) => ({
    event: batch.event[row],
    created: batch.created[row],
    ...Object.fromEntries([...batch.columns].map(([name, column]) => [name, valueAt(column, row)])),
  }));
  return { rows: rowsOut, rejected };
}

test("rows are typed by column; a row without created time gets the receipt time", () => {
  const event = parseTimestamp(NOON);
  expect(type(good)).toEqual({
    rows: [
      { event, created: event, driver_id: 1n, conv_rate: 0.5, trips: 3 },
      { event, created: NOW, driver_id: 2n, conv_rate: null, trips: 4 },
    ],
    rejected: [],
  });
});

describe("time columns", () => {
  const { datetime, created, ...rest } = good;
  test("may be called event_timestamp and created whatever the source calls them", () => {
    const renamed = aViewVersion(aView({ features: version.features.map((field) => ({ ...field, description: "", tags: {} })) }), {
      dataSource: aFileSource({ timestampField: "ts", createdTimestampColumn: "made" }),
    });
    expect(type({ ...rest, event_timestamp: datetime, created }, {}, renamed)).toEqual(type(good));
    expect(type({ ...rest, ts: datetime, made: created }, {}, renamed)).toEqual(type(good));
  });

  test("of a stream may go by the stream's or the batch source's names", () => {
    const stream = aKafkaSource({ timestampField: "sent", batchSource: aFileSource({ timestampField: "datetime" }) });
    const view = aViewVersion(aView({ features: version.features.map((field) => ({ ...field, description: "", tags: {} })) }), { dataSource: stream });
    expect(type(good, {}, view).rows).toHaveLength(2);
    expect(type({ ...rest, created, sent: datetime }, {}, view).rows).toHaveLength(2);
  });

  test("leave a feature called created alone", () => {
    const view = aViewVersion(aView({ features: someFeatures({ created: "string" }) }), { dataSource: aFileSource({ createdTimestampColumn: null }) });
    expect(type({ driver_id: [1], datetime: [NOON], created: ["by hand"] }, {}, view).rows).toMatchObject([{ created: "by hand" }]);
  });

  test("may be left out when it is the created time", () => {
    expect(type({ ...rest, datetime }).rows).toMatchObject([{ created: NOW }, { created: NOW }]);
  });
});

describe("columns", () => {
  const crossed = someFeatures({ a: "int32", b: "int32" }).map((feature) => ({ ...feature, column: feature.name === "a" ? "b" : "a" }));
  const swapped = aViewVersion(aView({ features: crossed }));
  const rows = { driver_id: [1], datetime: [NOON], a: [10], b: [20] };

  test("go by the source's names where rows come from the source", () => {
    expect(type(rows, { namedBy: "source" }, swapped).rows).toMatchObject([{ a: 20, b: 10 }]);
  });

  test("go by the features' names where rows are of the view", () => {
    expect(type(rows, { namedBy: "feature" }, swapped).rows).toMatchObject([{ a: 10, b: 20 }]);
  });

  test("that the view does not know are ignored", () => {
    expect(type({ ...good, label: ["x", "y"] })).toEqual(type(good));
  });
});

describe("a row is rejected with field, value and reason", () => {
  test.each<[string, Readonly<Record<string, readonly unknown[]>>, string, RegExp]>([
    ["null key", { driver_id: [1, null] }, "driver_id", /null/],
    ["key of a wrong type", { driver_id: [1, "x"] }, "driver_id", /"x" is not an int64/],
    ["null event time", { datetime: [NOON, null] }, "datetime", /null/],
    ["event time that is none", { datetime: [NOON, "noon"] }, "datetime", /"noon" is not a timestamp.*without a zone is UTC/],
    ["event time beyond the skew", { datetime: [NOON, "2026-04-12T08:05:00.000001Z"] }, "datetime", /08:05:00.000001Z is more than 5m ahead/],
    ["created time that is none", { created: [NOON, 12] }, "created", /12 is not a timestamp/],
    ["value that does not fit", { trips: [3, 2 ** 31] }, "trips", /2147483648 is not an int32/],
    ["value of a wrong type", { conv_rate: [0.5, "high"] }, "conv_rate", /"high" is not a float32/],
  ])("%s", (_case, bad, field, reason) => {
    const { rows, rejected } = type({ ...good, ...bad });
    expect(rows).toMatchObject([{ driver_id: 1n }]);
    expect(rejected).toEqual([{ row: 1, field, reason: expect.stringMatching(reason) }]);
  });

  test("once, for its first fault; rows keep their places", () => {
    const { rows, rejected } = type({ driver_id: ["x", 2], datetime: [NOON, "2026-04-12T08:05:00Z"], conv_rate: ["y", 0.25], trips: [1, 1] });
    expect(rejected.map(({ row, field }) => [row, field])).toEqual([[0, "driver_id"]]);
    expect(rows).toMatchObject([{ driver_id: 2n, conv_rate: 0.25 }]);
  });
});

describe("refused as a whole", () => {
  const { trips: _, ...withoutTrips } = good;
  const { datetime: __, ...withoutTime } = good;
  test.each<[string, Readonly<Record<string, readonly unknown[]>>, RegExp]>([
    ["no columns", {}, /df has no rows/],
    ["no rows", { driver_id: [], datetime: [] }, /df has no rows/],
    ["ragged columns", { ...good, trips: [1] }, /df\.trips has 1 values, but df\.driver_id has 2/],
    ["a missing feature", withoutTrips, /df\.trips is missing/],
    ["a missing event time", withoutTime, /"datetime" or "event_timestamp"/],
    ["a missing key", { datetime: [NOON], conv_rate: [1], trips: [1] }, /df\.driver_id is missing/],
  ])("%s", (_case, rows, message) => {
    expect(() => type(rows)).toThrow(expect.objectContaining({ code: "invalid_argument", message: expect.stringMatching(message) }));
  });
});

test("leniently, a missing feature is null and rows rejected before are left out without a word", () => {
  const { trips: _, ...withoutTrips } = good;
  const { rows, rejected } = type({ ...withoutTrips, conv_rate: ["x", 1] }, { lenient: { without: new Set([0]) } });
  expect(rows).toMatchObject([{ driver_id: 2n, trips: null }]);
  expect(rejected).toEqual([]);
});
