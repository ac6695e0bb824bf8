import { describe, expect, test } from "vitest";
import { formatTimestamp, LarderError, parseTimestamp } from "../kit/index.ts";
import { memoryOnlineStore } from "../online/adapters/memory.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import { aKafkaSource, anEntity, aPushSource, aSnapshot, aView, aViewVersion, localOwner, someFeatures } from "../testing/builders.ts";
import { aServingWorld, pushedSnapshot } from "../testing/serving.ts";
import { type PushRowsInput, pushRows } from "./push-rows.ts";
import { readOnlineFeatures } from "./read-online-features.ts";
import { writeToOnlineStore } from "./write-to-online-store.ts";

const NOW = parseTimestamp("2026-04-12T08:00:00Z");
const NOON = "2024-01-01T12:00:00";

function open(snapshot: RegistrySnapshot) {
  const world = aServingWorld(memoryOnlineStore(), snapshot, NOW);
  const input = { actor: localOwner, project: "rides", pushSource: "driver_push", to: "online", isFresh: false, isTransformed: true } as const;
  return {
    ...world,
    push: (rows: PushRowsInput["rows"], over: Partial<PushRowsInput> = {}) => pushRows(world.deps, { ...input, rows, ...over }),
    async value(feature: string, driver = 1) {
      const read = { actor: localOwner, project: "rides", features: [feature], fullFeatureNames: false, entities: { driver_id: [driver] } };
      const column = (await readOnlineFeatures(world.deps, read)).at(-1);
      return { value: column?.values[0], status: column?.statuses[0], event: column?.eventTimes[0] ?? null };
    },
  };
}

describe("rows", () => {
  const snapshot = pushedSnapshot({ conv_rate: "float32", trips: "int32" });
  const row = (trips: unknown, datetime: string, created: string | null = null) => ({
    driver_id: [1],
    conv_rate: [0.5],
    trips: [trips],
    datetime: [datetime],
    created: [created],
  });

  test("are read back with their own event time", async () => {
    const world = open(snapshot);
    expect(await world.push(row(3, NOON))).toEqual({ accepted: 1, rejected: [] });
    expect(await world.value("driver_stats:trips")).toEqual({ value: 3, status: "PRESENT", event: parseTimestamp(NOON) });
    expect(world.writes).toEqual([{ project: "rides", view: "driver_stats", door: "push", accepted: 1, rejected: 0, skippedBehind: 0 }]);
  });

  test("never take the place of a newer one; at a tie the one created later stays, and without created time that is the one received later", async () => {
    const world = open(snapshot);
    await world.push(row(1, "2024-01-01T12:00:00Z", "2024-01-01T13:00:00Z"));
    await world.push(row(2, "2024-01-01T11:00:00Z"));
    expect((await world.value("driver_stats:trips")).value).toBe(1);
    await world.push(row(3, "2024-01-01T12:00:00Z", "2024-01-01T12:30:00Z"));
    expect((await world.value("driver_stats:trips")).value).toBe(1);
    await world.push(row(4, "2024-01-01T12:00:00Z"));
    expect((await world.value("driver_stats:trips")).value).toBe(4);
  });

  test("good ones are written though others are bad", async () => {
    const world = open(snapshot);
    const result = await world.push({
      driver_id: [1, null, 3],
      conv_rate: [0.5, 0.5, 0.5],
      trips: [1, 2, 3],
      datetime: [NOON, NOON, formatTimestamp(NOW + 300_000_001n)],
    });
    expect(result).toMatchObject({
      accepted: 1,
      rejected: [
        { row: 1, field: "driver_id", view: "driver_stats" },
        { row: 2, field: "datetime", reason: expect.stringContaining("ahead of now") },
      ],
    });
    expect((await world.value("driver_stats:trips")).value).toBe(1);
    expect((await world.value("driver_stats:trips", 3)).status).toBe("NOT_FOUND");
  });

  test("exactly at the allowed skew are accepted", async () => {
    const world = open(snapshot);
    expect(await world.push(row(1, formatTimestamp(NOW + 300_000_000n)))).toMatchObject({ accepted: 1 });
  });
});

describe("a push source", () => {
  const rides = aView({ name: "rides_view", source: "driver_push", features: someFeatures({ trips: "int32" }) });
  const rates = aView({ name: "rates_view", source: "driver_push", features: someFeatures({ conv_rate: "float32" }) });
  const hidden = aView({ name: "hidden", source: "driver_push", online: false });
  const definitions = [anEntity(), aPushSource(), rides, rates, hidden];

  test("feeds every online view over it", async () => {
    const world = open(aSnapshot(definitions));
    const result = await world.push({ driver_id: [1, 2], trips: [1, "x"], conv_rate: [0.5, 0.25], datetime: [NOON, NOON] });
    expect(result).toEqual({ accepted: 2, rejected: [{ row: 1, field: "trips", reason: '"x" is not an int32', view: "rides_view" }] });
    expect((await world.value("rates_view:conv_rate", 2)).value).toBe(0.25);
    expect((await world.value("rides_view:trips", 2)).status).toBe("NOT_FOUND");
  });

  test("writes nothing when one view lacks a column", async () => {
    const world = open(aSnapshot(definitions));
    await expect(world.push({ driver_id: [1], trips: [1], datetime: [NOON] })).rejects.toThrow(/df\.conv_rate is missing/);
    expect((await world.value("rides_view:trips")).status).toBe("NOT_FOUND");
  });

  test.each<[string, Partial<PushRowsInput>, string, RegExp]>([
    ["unknown", { pushSource: "driver_psh" }, "not_found", /driver_psh.*Did you mean driver_push/],
    ["no push source", { pushSource: "driver_stream" }, "invalid_argument", /is a kafka source.*write-to-online-store/],
    ["without an online view", { pushSource: "lonely" }, "failed_precondition", /No feature view.*lonely/],
    ["to the offline store", { to: "offline" }, "not_built", /"offline"/],
    ["to both stores", { to: "online_and_offline" }, "not_built", /"online_and_offline"/],
    ["of an unknown project", { project: "food" }, "not_found", /food.*rides/],
  ])("%s is refused", async (_case, over, code, message) => {
    const lonely = aPushSource({ name: "lonely" });
    const world = open(aSnapshot([...definitions, aKafkaSource(), lonely]));
    const error = await world.push({ driver_id: [1], trips: [1], conv_rate: [1], datetime: [NOON] }, over).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LarderError);
    expect(error).toMatchObject({ code });
    expect(`${(error as LarderError).message} ${(error as LarderError).hint}`).toMatch(message);
  });

  test("is written only with the right to, for all views or none", async () => {
    const world = open(aSnapshot(definitions));
    world.forbidden.set("rates_view", new LarderError("permission_denied", "no"));
    await expect(world.push({ driver_id: [1], trips: [1], conv_rate: [1], datetime: [NOON] })).rejects.toMatchObject({ code: "permission_denied" });
    world.forbidden.clear();
    expect((await world.value("rides_view:trips")).status).toBe("NOT_FOUND");
  });
});

describe("a transform", () => {
  const view = aView({ source: "driver_push", features: someFeatures({ trips: "int32" }), transform: "select * from input where trips > 0" });
  const snapshot = aSnapshot([anEntity(), aPushSource(), view]);
  const rows = { driver_id: [1, 2], trips: [5, -5], datetime: [NOON, NOON] };

  /** What the transform's SQL does, by hand: the offline engine has its own tests. */
  function opened() {
    const world = open(snapshot);
    const transformRows = async (_view: unknown, input: readonly Readonly<Record<string, unknown>>[]) => input.filter(({ trips }) => Number(trips) > 0);
    Object.assign(world.deps, { transformer: { transformRows } });
    return world;
  }

  test("is applied to pushed rows, and may drop some or all", async () => {
    const world = opened();
    expect(await world.push(rows)).toEqual({ accepted: 1, rejected: [] });
    expect((await world.value("driver_stats:trips", 2)).status).toBe("NOT_FOUND");
    expect(await world.push({ driver_id: [3], trips: [-1], datetime: [NOON] })).toEqual({ accepted: 0, rejected: [] });
  });

  test("is left out where the rows are transformed already", async () => {
    const world = opened();
    expect(await world.push(rows, { isTransformed: false })).toMatchObject({ accepted: 2 });
  });

  test("gets the time columns under the source's names, whatever the rows call them", async () => {
    const world = open(snapshot);
    const seen: unknown[] = [];
    const transformRows = async (_view: unknown, input: readonly object[]) => {
      seen.push(...input);
      return input as readonly Readonly<Record<string, unknown>>[];
    };
    Object.assign(world.deps, { transformer: { transformRows } });
    expect(await world.push({ driver_id: [1], trips: [2], event_timestamp: [NOON] })).toMatchObject({ accepted: 1 });
    expect(seen).toEqual([{ driver_id: 1, trips: 2, datetime: NOON, created: null }]);
    await expect(world.push({ driver_id: [1], trips: [2] })).rejects.toThrow(/"datetime" or "event_timestamp"/);
  });

  test("leaves out rows that it cannot take, and says which", async () => {
    const world = open(snapshot);
    const rejected = [{ row: 1, field: "trips", reason: '"x" is not an int32' }];
    const transformRows = async (_view: unknown, input: readonly Readonly<Record<string, unknown>>[]) => {
      if (input.some(({ trips }) => trips === "x")) throw new LarderError("invalid_argument", "Row 1, trips", { details: { rejected } });
      return input;
    };
    Object.assign(world.deps, { transformer: { transformRows } });
    expect(await world.push({ driver_id: [1, 2], trips: [5, "x"], datetime: [NOON, NOON] })).toEqual({
      accepted: 1,
      rejected: [{ ...rejected[0], view: "driver_stats" }],
    });
    expect((await world.value("driver_stats:trips")).value).toBe(5);
  });

  test("is each version's own while an older one is served", async () => {
    const both = aSnapshot([anEntity(), aPushSource(), view], {
      driver_stats: {
        newest: aViewVersion({ ...view, transform: "times 10" }, { versionNumber: 2 }),
        ready: aViewVersion({ ...view, transform: "times 2" }, { versionNumber: 1 }),
      },
    });
    const world = open(both);
    const transformRows = async ({ transform }: { transform: string | null }, input: readonly Readonly<Record<string, unknown>>[]) =>
      input.map((row) => ({ ...row, trips: Number(row.trips) * Number(transform?.split(" ")[1]) }));
    Object.assign(world.deps, { transformer: { transformRows } });
    await world.push({ driver_id: [1], trips: [3], datetime: [NOON] });
    expect((await world.value("driver_stats:trips")).value).toBe(6);
    const { newest } = both.views.get("driver_stats") ?? {};
    world.apply(aSnapshot([anEntity(), aPushSource(), view], newest === undefined ? {} : { driver_stats: { newest, ready: newest } }));
    await world.deps.snapshots.refresh("rides");
    expect((await world.value("driver_stats:trips")).value).toBe(30);
  });

  test("is not for rows written to the view itself", async () => {
    const world = opened();
    const write = { actor: localOwner, project: "rides", view: "driver_stats", rows, isFresh: false };
    expect(await writeToOnlineStore(world.deps, write)).toMatchObject({ accepted: 2 });
    expect((await world.value("driver_stats:trips", 2)).value).toBe(-5);
  });
});

describe("while an older version is served", () => {
  const newest = aViewVersion(aView({ source: "driver_push", features: someFeatures({ trips: "string" }) }), { versionNumber: 2 });
  const ready = aViewVersion(aView({ source: "driver_push", features: someFeatures({ trips: "int32", gone: "int32" }) }), { versionNumber: 1 });
  const snapshot = aSnapshot([anEntity(), aPushSource(), aView({ source: "driver_push", features: someFeatures({ trips: "string" }) })], {
    driver_stats: { newest, ready },
  });

  test("the newest decides what is accepted; what does not fit the old one is not written there, and is counted", async () => {
    const world = open(snapshot);
    expect(await world.push({ driver_id: [1, 2], trips: ["many", "3"], datetime: [NOON, NOON] })).toEqual({ accepted: 2, rejected: [] });
    expect(world.writes).toMatchObject([{ accepted: 2, rejected: 0, skippedBehind: 2 }]);
    expect((await world.value("driver_stats:trips")).status).toBe("NOT_FOUND");
  });
});

describe("the registry's newest word", () => {
  test("is waited for on demand", async () => {
    const world = open(pushedSnapshot({ trips: "int32" }));
    await world.push({ driver_id: [1], trips: [1], datetime: [NOON] });
    world.apply(pushedSnapshot({ trips: "string" }));
    expect(await world.push({ driver_id: [1], trips: ["one"], datetime: [NOON] })).toMatchObject({ accepted: 0 });
    expect(await world.push({ driver_id: [1], trips: ["one"], datetime: [NOON] }, { isFresh: true })).toMatchObject({ accepted: 1 });
  });
});
