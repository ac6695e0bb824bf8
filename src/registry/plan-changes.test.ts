import { describe, expect, test } from "vitest";
import type { Definition } from "../domain/index.ts";
import { aFileSource, anEntity, aService, aView, exampleDefinitions, located, someFeatures } from "../testing/builders.ts";
import { planChanges } from "./plan-changes.ts";
import type { RegisteredDefinition } from "./port.ts";

const OURS = "repo:rides";

function registered(definitions: readonly Definition[], managedBy = OURS): readonly RegisteredDefinition[] {
  const at = new Date(0);
  return located(definitions).map((one) => ({ ...one, managedBy, createdAt: at, updatedAt: at }));
}

function diff(before: readonly RegisteredDefinition[], after: readonly Definition[]) {
  return planChanges({ managedBy: OURS, registered: before, wanted: located(after) });
}

/** One line per change: `new_version feature_view driver_stats`. */
function actions(before: readonly RegisteredDefinition[], after: readonly Definition[]) {
  return diff(before, after).changes.map(({ kind, name, action }) => `${action} ${kind} ${name}`);
}

function fieldsOf(before: readonly Definition[], after: readonly Definition[], kind: string) {
  const change = diff(registered(before), after).changes.find((one) => one.kind === kind);
  return { action: change?.action, fields: change?.fields.map(({ field, before: was, after: is }) => `${field}: ${was} → ${is}`), affects: change?.affects };
}

const [entity, source, view] = [anEntity(), aFileSource(), aView()];
const service = aService({ driver_stats: ["conv_rate"] });
const whole = aService({ driver_stats: null }, { name: "whole" });

describe("what has to be done", () => {
  test("from nothing: everything is added, what others build on first", () => {
    expect(actions([], [service, view, source, entity])).toEqual([
      "add entity driver",
      "add data_source driver_stats",
      "add feature_view driver_stats",
      "add feature_service driver_activity",
    ]);
  });

  test("the same again: nothing", () => {
    const all = [...exampleDefinitions, service];
    expect(diff(registered(all), [...all].reverse())).toEqual({ changes: [], problems: [] });
  });

  test("to nothing: everything is removed, in the opposite order", () => {
    expect(actions(registered([...exampleDefinitions, service]), [])).toEqual([
      "remove feature_service driver_activity",
      "remove feature_view driver_stats",
      "remove data_source driver_stats",
      "remove entity driver",
    ]);
  });
});

describe("a view", () => {
  const inPlace: readonly [string, Partial<typeof view>, string | readonly string[]][] = [
    ["ttl", { ttlSeconds: 60 }, "ttlSeconds: null → 60"],
    ["schedule", { schedule: "0 * * * *" }, "schedule: null → 0 * * * *"],
    ["objective", { freshnessSeconds: 7_200 }, "freshnessSeconds: null → 7200"],
    ["description", { description: "x" }, "description:  → x"],
    ["tag", { tags: { tier: "gold" } }, "tags.tier: null → gold"],
    ["owner", { owner: "a@example.com" }, "owner: null → a@example.com"],
    ["online", { online: false }, "online: true → false"],
    [
      "an expectation",
      { features: view.features.map((one) => (one.name === "acc_rate" ? { ...one, expect: { min: 0, onFailure: "warn" as const } } : one)) },
      ["features.acc_rate.expect.min: null → 0", "features.acc_rate.expect.onFailure: null → warn"],
    ],
    ["order of features", { features: [...view.features].reverse() }, "features: conv_rate, acc_rate, avg_daily_trips → avg_daily_trips, acc_rate, conv_rate"],
  ];
  test.each(inPlace)("changes in place: %s", (_what, over, field) => {
    expect(fieldsOf(exampleDefinitions, [entity, source, { ...view, ...over }], "feature_view")).toMatchObject({ action: "change", fields: [field].flat() });
  });

  const { features } = view;
  const newVersion: readonly [string, Partial<typeof view>, readonly string[]][] = [
    ["a feature more", { features: [...features, ...someFeatures({ trips: "int64" })] }, ["features.trips: null → int64"]],
    ["a feature less", { features: features.slice(1) }, ["features.conv_rate: float32 → null"]],
    [
      "another type",
      { features: features.map((one) => ({ ...one, type: "float64" as const })) },
      expect.arrayContaining(["features.conv_rate.type: float32 → float64"]),
    ],
    [
      "another column",
      { features: features.map((one) => ({ ...one, column: `${one.name}_2` })) },
      expect.arrayContaining(["features.conv_rate.column: conv_rate → conv_rate_2"]),
    ],
    ["a transform", { transform: "select * from input" }, ["transform: null → select * from input"]],
    ["no entity", { entities: [] }, ["entities: driver → "]],
  ];
  test.each(newVersion)("becomes a new version: %s", (_what, over, fields) => {
    expect(fieldsOf(exampleDefinitions, [entity, source, { ...view, ...over }], "feature_view")).toMatchObject({ action: "new_version", fields });
  });

  test("becomes a new version when its entity or the identity of its source changes, though it says the same", () => {
    const retyped = anEntity({ joinKeys: [{ name: "driver_id", type: "string" }] });
    expect(fieldsOf(exampleDefinitions, [retyped, source, view], "feature_view")).toMatchObject({
      action: "new_version",
      fields: ["joinKeys.driver_id.type: int64 → string"],
    });
    const retimed = aFileSource({ timestampField: "at" });
    expect(fieldsOf(exampleDefinitions, [entity, retimed, view], "feature_view")).toMatchObject({
      action: "new_version",
      fields: ["source.timestampField: datetime → at"],
    });
  });

  test("stays as it is when its source moves", () => {
    const moved = aFileSource({ path: "/elsewhere/*.parquet", pathAsWritten: "../elsewhere/*.parquet" });
    expect(actions(registered(exampleDefinitions), [entity, moved, view])).toEqual(["change data_source driver_stats"]);
    expect(fieldsOf(exampleDefinitions, [entity, moved, view], "data_source").fields).toEqual(["path: /data/driver_stats.parquet → /elsewhere/*.parquet"]);
  });
});

describe("who is hit", () => {
  const all = [...exampleDefinitions, service, whole];
  const readers = ["feature_service:driver_activity", "feature_service:whole"];
  const withFeatures = (over: Partial<typeof view>) => fieldsOf(all, [entity, source, { ...view, ...over }, service, whole], "feature_view").affects;

  test("a feature hits the services that pick it", () => {
    expect(withFeatures({ features: view.features.filter(({ name }) => name !== "conv_rate") })).toEqual(readers);
    expect(withFeatures({ features: view.features.filter(({ name }) => name !== "acc_rate") })).toEqual(["feature_service:whole"]);
  });

  test("what concerns the whole view hits all its services, a text nobody", () => {
    expect(withFeatures({ ttlSeconds: 60 })).toEqual(readers);
    expect(withFeatures({ description: "new", tags: { a: "b" } })).toEqual([]);
  });

  test("an entity and a source hit their views and the services of these", () => {
    const retyped = anEntity({ joinKeys: [{ name: "driver_id", type: "string" }] });
    expect(fieldsOf(all, [retyped, source, view, service, whole], "entity").affects).toEqual([...readers, "feature_view:driver_stats"]);
  });

  test("a removed view hits the services that go with it", () => {
    expect(fieldsOf(all, [entity, source], "feature_view")).toMatchObject({ action: "remove", affects: readers });
  });
});

describe("managed by someone else", () => {
  test("what only the console knows stays", () => {
    expect(actions([...registered(exampleDefinitions), ...registered([service], "console")], exampleDefinitions)).toEqual([]);
  });

  test("the same object is adopted", () => {
    const { changes, problems } = diff([...registered([entity, source]), ...registered([view], "console")], exampleDefinitions);
    expect(problems).toEqual([]);
    expect(changes).toEqual([
      { kind: "feature_view", name: "driver_stats", action: "adopt", fields: [{ field: "managedBy", before: "console", after: OURS }], affects: [] },
    ]);
  });

  test("another object of the same name is a problem at its line", () => {
    const { changes, problems } = diff([...registered([entity, source]), ...registered([aView({ ttlSeconds: 5 })], "console")], exampleDefinitions);
    expect(changes).toEqual([]);
    expect(problems).toEqual([
      {
        severity: "error",
        file: "features.ts",
        line: 3,
        message: expect.stringContaining('feature view "driver_stats" is managed by the console and differs in ttlSeconds'),
      },
    ]);
  });

  test("a view of the console gets a new version when our source changes under it", () => {
    const before = [...registered([entity, source]), ...registered([view], "console")];
    expect(actions(before, [entity, aFileSource({ timestampField: "at" })])).toEqual([
      "change data_source driver_stats",
      "new_version feature_view driver_stats",
    ]);
  });
});

test("a connection is shown without user and password", () => {
  const before = { ...aFileSource(), type: "postgres" as const, query: null, table: "t", connection: "postgresql://me:secret@db:5432/x" };
  const after = { ...before, connection: "$" + "{WEATHER_URL}" };
  expect(fieldsOf([before], [after], "data_source").fields).toEqual(["connection: postgresql://db:5432/x → $" + "{WEATHER_URL}"]);
});
