import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTimestamp, LarderError, type Micros, parseJsonExact, parseTimestamp } from "../kit/index.ts";
import { memoryOnlineStore } from "../online/adapters/memory.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import { aFileSource, anEntity, aPushSource, aService, aSnapshot, aView, aViewVersion, localOwner, someFeatures } from "../testing/builders.ts";
import { aServingWorld, pushedSnapshot } from "../testing/serving.ts";
import { type GetOnlineFeaturesInput, getOnlineFeatures } from "./get-online-features.ts";
import type { FeatureStatus } from "./read-online-features.ts";
import { writeToOnlineStore } from "./write-to-online-store.ts";

const NOW = parseTimestamp("2026-04-12T08:00:00Z");
const HOUR = 3_600_000_000n;

interface Answer {
  readonly metadata: { readonly feature_names: readonly string[]; readonly feature_view_metadata?: unknown };
  readonly results: readonly {
    readonly values: readonly unknown[];
    readonly statuses: readonly FeatureStatus[];
    readonly event_timestamps: readonly string[];
  }[];
}

function open(snapshot: RegistrySnapshot) {
  const world = aServingWorld(memoryOnlineStore(), snapshot, NOW);
  const input = { actor: localOwner, project: "rides", fullFeatureNames: false, namesVersions: false };
  return {
    ...world,
    write: (view: string, rows: Readonly<Record<string, readonly unknown[]>>) =>
      writeToOnlineStore(world.deps, { actor: localOwner, project: "rides", view, rows, isFresh: false }),
    async ask(request: Partial<GetOnlineFeaturesInput> & Pick<GetOnlineFeaturesInput, "entities">): Promise<Answer> {
      return parseJsonExact((await getOnlineFeatures(world.deps, { ...input, ...request })).toString("utf8")) as Answer;
    },
  };
}

const times = (at: Micros, count = 1) => ({ event_timestamp: new Array<string>(count).fill(formatTimestamp(at)) });

describe("an answer", () => {
  const snapshot = pushedSnapshot({ conv_rate: "float32", trips: "int64", city: "string" }, 7200);

  test("has join keys first, then the features in the order asked, with Feast's shape", async () => {
    const world = open(snapshot);
    await world.write("driver_stats", { driver_id: [1001], conv_rate: [0.5], trips: [12], city: ['Zürich "east"'], ...times(NOW - HOUR) });
    const features = ["driver_stats:city", "driver_stats:conv_rate"];
    expect(await world.ask({ features, entities: { driver_id: [1001] } })).toEqual({
      metadata: { feature_names: ["driver_id", "city", "conv_rate"] },
      results: [
        { values: [1001], statuses: ["PRESENT"], event_timestamps: ["1970-01-01T00:00:00Z"] },
        { values: ['Zürich "east"'], statuses: ["PRESENT"], event_timestamps: ["2026-04-12T07:00:00Z"] },
        { values: [0.5], statuses: ["PRESENT"], event_timestamps: ["2026-04-12T07:00:00Z"] },
      ],
    });
  });

  test("keeps order and duplicates of entities, and says what is not there, expired or null", async () => {
    const world = open(snapshot);
    await world.write("driver_stats", { driver_id: [1, 2], conv_rate: [0.5, null], trips: [1, 2], city: ["a", "b"], ...times(NOW - HOUR, 2) });
    await world.write("driver_stats", { driver_id: [3], conv_rate: [0.75], trips: [3], city: ["c"], ...times(NOW - 3n * HOUR) });
    const { results } = await world.ask({ features: ["driver_stats:conv_rate", "driver_stats:trips"], entities: { driver_id: [3, 1, 9, 2, 1] } });
    const [echo, convRate, trips] = results;
    expect(echo?.values).toEqual([3, 1, 9, 2, 1]);
    expect(convRate).toEqual({
      values: [null, 0.5, null, null, 0.5],
      statuses: ["OUTSIDE_MAX_AGE", "PRESENT", "NOT_FOUND", "NULL_VALUE", "PRESENT"],
      event_timestamps: ["2026-04-12T05:00:00Z", "2026-04-12T07:00:00Z", "1970-01-01T00:00:00Z", "2026-04-12T07:00:00Z", "2026-04-12T07:00:00Z"],
    });
    expect(trips?.statuses).toEqual(["OUTSIDE_MAX_AGE", "PRESENT", "NOT_FOUND", "PRESENT", "PRESENT"]);
    expect(world.reads).toEqual([{ project: "rides", view: "driver_stats", present: 3, expired: 1, notFound: 1 }]);
  });

  test("keeps int64 exact, and floats that JSON has no number for as strings", async () => {
    const types = { big: "int64", wild: "float64", seen: "timestamp", raw: "bytes", list: "int64[]" } as const;
    const world = open(pushedSnapshot(types));
    await world.write("driver_stats", {
      driver_id: [9223372036854775807n, -1],
      big: [9007199254740993n, -9223372036854775808n],
      wild: ["NaN", "-Infinity"],
      seen: ["2024-01-01T00:00:00.000001", null],
      raw: ["AAEC", null],
      list: [[1, null, 9007199254740993n], []],
      ...times(NOW, 2),
    });
    const features = Object.keys(types).map((name) => `driver_stats:${name}`);
    const { results } = await world.ask({ features, entities: { driver_id: ["9223372036854775807", -1] } });
    expect(results.map(({ values }) => values)).toEqual([
      [9223372036854775807n, -1],
      [9007199254740993n, -9223372036854775808n],
      ["NaN", "-Infinity"],
      ["2024-01-01T00:00:00.000001Z", null],
      ["AAEC", null],
      [[1, null, 9007199254740993n], []],
    ]);
  });

  test("is right for many entities and texts of any script", async () => {
    const world = open(snapshot);
    const ids = Array.from({ length: 500 }, (_, index) => index);
    const cities = ids.map((id) => `城市 ${id} "\n`);
    await world.write("driver_stats", { driver_id: ids, conv_rate: ids.map((id) => id / 4), trips: ids, city: cities, ...times(NOW, 500) });
    const { results } = await world.ask({ features: ["driver_stats:city", "driver_stats:conv_rate"], entities: { driver_id: ids.toReversed() } });
    expect(results[1]?.values).toEqual(cities.toReversed());
    expect(results[2]?.values).toEqual(ids.map((id) => id / 4).toReversed());
    expect(results.every(({ statuses, event_timestamps }) => statuses.length === 500 && event_timestamps.length === 500)).toBe(true);
  });

  test("answers a feature asked for twice, twice", async () => {
    const { metadata, results } = await open(snapshot).ask({ features: ["driver_stats:trips", "driver_stats:trips"], entities: { driver_id: [1] } });
    expect(metadata.feature_names).toEqual(["driver_id", "trips", "trips"]);
    expect(results).toHaveLength(3);
  });

  test("names the versions on demand", async () => {
    const { metadata } = await open(snapshot).ask({ features: ["driver_stats:trips"], entities: { driver_id: [1] }, namesVersions: true });
    expect(metadata.feature_view_metadata).toEqual([{ name: "driver_stats", version: 1 }]);
  });
});

describe("keys", () => {
  const zone = anEntity({
    name: "zone",
    joinKeys: [
      { name: "city", type: "string" },
      { name: "cell", type: "int32" },
    ],
  });
  const weather = aView({ name: "weather", entities: ["zone"], features: someFeatures({ temperature: "float64" }) });
  const fleet = aView({ name: "fleet", entities: [], features: someFeatures({ drivers: "int32" }) });
  const roles = aService(
    {},
    {
      name: "ride",
      projections: ["pickup", "dropoff"].map((role) => ({ view: "weather", features: null, alias: role, joinKeyMap: { city: `${role}_city` } })),
    },
  );
  const snapshot = aSnapshot([anEntity(), zone, aFileSource(), aView(), weather, fleet, roles]);

  async function opened() {
    const world = open(snapshot);
    await world.write("weather", { city: ["a", "a", "b"], cell: [1, 2, 1], temperature: [10, 20, 30], ...times(NOW, 3) });
    await world.write("fleet", { drivers: [7], ...times(NOW) });
    return world;
  }

  test("of several parts match as a whole, in any order of columns", async () => {
    const world = await opened();
    const { metadata, results } = await world.ask({ features: ["weather:temperature"], entities: { cell: [2, 1, 2], city: ["a", "b", "b"] } });
    expect(metadata.feature_names).toEqual(["cell", "city", "temperature"]);
    expect(results[2]).toMatchObject({ values: [20, 30, null], statuses: ["PRESENT", "PRESENT", "NOT_FOUND"] });
  });

  test("under other names: one view in two roles, in one round trip", async () => {
    const world = await opened();
    const entities = { pickup_city: ["a"], dropoff_city: ["b"], cell: [1] };
    const { metadata, results } = await world.ask({ service: "ride", fullFeatureNames: true, entities });
    expect(metadata.feature_names).toEqual(["pickup_city", "dropoff_city", "cell", "pickup__temperature", "dropoff__temperature"]);
    expect(results.slice(3).map(({ values }) => values)).toEqual([[10], [30]]);
  });

  test("a view without entities has one row, with or without other columns", async () => {
    const world = await opened();
    expect((await world.ask({ features: ["fleet:drivers"], entities: {} })).results).toMatchObject([{ values: [7], statuses: ["PRESENT"] }]);
    expect((await world.ask({ features: ["fleet:drivers"], entities: { __dummy_id: ["", ""] } })).results[1]?.values).toEqual([7, 7]);
    const mixed = await world.ask({ features: ["fleet:drivers", "weather:temperature"], entities: { city: ["a", "x"], cell: [1, 1] } });
    expect(mixed.results.slice(2).map(({ values }) => values)).toEqual([
      [7, 7],
      [10, null],
    ]);
  });

  test("a join key of the project that these features do not need is echoed", async () => {
    const world = await opened();
    const { metadata } = await world.ask({ features: ["weather:temperature"], entities: { driver_id: [1], city: ["a"], cell: [1] } });
    expect(metadata.feature_names).toEqual(["driver_id", "city", "cell", "temperature"]);
  });

  test.each<[string, Readonly<Record<string, readonly unknown[]>>, RegExp]>([
    ["none", {}, /entities is empty.*"cell" and "city"/],
    ["a missing column", { city: ["a"] }, /entities\.cell is missing/],
    ["an unknown column", { city: ["a"], cell: [1], color: ["red"] }, /entities\.color/],
    ["an entity's name", { city: ["a"], cell: [1], zone: ["x"] }, /entities\.zone.*city, cell/],
    ["an empty column", { city: [], cell: [] }, /entities\.city is an empty list/],
    ["ragged columns", { city: ["a", "b"], cell: [1] }, /entities\.cell has 1 values, but entities\.city has 2/],
    ["a null", { city: ["a", null], cell: [1, 2] }, /entities\.city\[1\] is null/],
    ["a wrong type", { city: ["a"], cell: ["1"] }, /entities\.cell\[0\]: "1" is not an int32/],
    ["a number beyond the type", { city: ["a"], cell: [2 ** 31] }, /entities\.cell\[0\]: 2147483648 is not an int32/],
    ["a wrong type in a column not needed", { city: ["a"], cell: [1], driver_id: [1.5] }, /entities\.driver_id\[0\]: 1\.5 is not an int64/],
  ])("refused: %s", async (_case, entities, message) => {
    const world = await opened();
    const error = await world.ask({ features: ["weather:temperature"], entities }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(LarderError);
    expect(error).toMatchObject({ code: "invalid_argument" });
    expect(`${(error as LarderError).message} ${(error as LarderError).hint}`).toMatch(message);
  });
});

describe("versions", () => {
  const old = aView({ source: "driver_push", features: someFeatures({ conv_rate: "float32", trips: "int32" }) });
  const definitions = [anEntity(), aPushSource()];
  const ready = aViewVersion(old, { versionNumber: 1 });
  const next = aView({ source: "driver_push", features: someFeatures({ conv_rate: "float32", rating: "float64" }) });
  const newest = aViewVersion(next, { versionNumber: 2 });
  const changed = aSnapshot([...definitions, next], { driver_stats: { newest, ready } });
  const rows = { driver_id: [1], conv_rate: [0.5], rating: [4.5], trips: [3], ...times(NOW) };

  test("until the new one is ready, the old one answers and its new features are not found", async () => {
    const world = open(changed);
    await world.write("driver_stats", rows);
    const features = ["conv_rate", "rating", "trips"].map((name) => `driver_stats:${name}`);
    const { results } = await world.ask({ features, entities: { driver_id: [1] } });
    expect(results.slice(1).map(({ values, statuses }) => [values[0], statuses[0]])).toEqual([
      [0.5, "PRESENT"],
      [null, "NOT_FOUND"],
      [3, "PRESENT"],
    ]);
  });

  test("rows pushed meanwhile are there when it is", async () => {
    const world = open(changed);
    await world.write("driver_stats", rows);
    world.apply(aSnapshot([...definitions, next], { driver_stats: { newest, ready: newest } }));
    await world.deps.snapshots.refresh("rides");
    const { results } = await world.ask({ features: ["driver_stats:rating"], entities: { driver_id: [1] } });
    expect(results[1]).toMatchObject({ values: [4.5], statuses: ["PRESENT"] });
  });

  test("a view that was never ready answers with what was pushed", async () => {
    const world = open(aSnapshot([...definitions, next], { driver_stats: { newest, ready: null } }));
    await world.write("driver_stats", rows);
    const { results } = await world.ask({ features: ["driver_stats:rating"], entities: { driver_id: [1, 2] } });
    expect(results[1]).toMatchObject({ values: [4.5, null], statuses: ["PRESENT", "NOT_FOUND"] });
  });
});

test("values are read only with the right to; each view is asked about once", async () => {
  const world = open(pushedSnapshot({ conv_rate: "float32", trips: "int32" }));
  const request = { features: ["driver_stats:conv_rate", "driver_stats:trips"], entities: { driver_id: [1] } };
  await world.ask(request);
  expect(world.asked).toEqual(["driver_stats"]);
  world.forbidden.set("driver_stats", new LarderError("permission_denied", "no"));
  await expect(world.ask(request)).rejects.toMatchObject({ code: "permission_denied" });
});

test("an answer that would hold up all others is refused", async () => {
  const world = open(pushedSnapshot({ conv_rate: "float32" }));
  const features = new Array<string>(30).fill("driver_stats:conv_rate");
  const entities = { driver_id: Array.from({ length: 70_000 }, (_, index) => index) };
  await expect(world.ask({ features, entities })).rejects.toMatchObject({ code: "invalid_argument", message: expect.stringContaining("70000 rows of 30") });
});

/** What a read must say of one row, by the rule's own words. */
function reference(row: { age: bigint; value: number | null } | undefined, ttl: bigint): FeatureStatus {
  if (row === undefined) return "NOT_FOUND";
  if (ttl > 0n && row.age > ttl) return "OUTSIDE_MAX_AGE";
  return row.value === null ? "NULL_VALUE" : "PRESENT";
}

test("statuses, values and times agree with the rule at any boundary, in the order asked", async () => {
  const ttlSeconds = 60;
  const ttl = BigInt(ttlSeconds) * 1_000_000n;
  const age = fc.oneof(fc.constantFrom(0n, ttl - 1n, ttl, ttl + 1n), fc.bigInt({ min: 0n, max: 2n * ttl }));
  const row = fc.record({ id: fc.integer({ min: 0, max: 5 }), age, value: fc.option(fc.integer({ min: -1000, max: 1000 })) });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(null, ttlSeconds),
      async (rows, asked, viewTtl) => {
        const world = open(pushedSnapshot({ trips: "int32" }, viewTtl));
        const event = rows.map((one) => formatTimestamp(NOW - one.age));
        if (rows.length > 0)
          await world.write("driver_stats", { driver_id: rows.map(({ id }) => id), trips: rows.map(({ value }) => value), event_timestamp: event });
        const { results } = await world.ask({ features: ["driver_stats:trips"], entities: { driver_id: asked } });
        const found = asked.map((id) => rows.find((one) => one.id === id));
        const statuses = found.map((one) => reference(one, viewTtl === null ? 0n : ttl));
        expect(results[0]?.values).toEqual(asked);
        expect(results[1]).toEqual({
          values: found.map((one, index) => (statuses[index] === "PRESENT" ? (one?.value ?? null) : null)),
          statuses,
          event_timestamps: found.map((one) => (one === undefined ? "1970-01-01T00:00:00Z" : formatTimestamp(NOW - one.age))),
        });
      },
    ),
  );
});
