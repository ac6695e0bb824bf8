import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccessQuestion, type Authorizer, permissionDenied } from "../domain/index.ts";
import { duckdbOfflineStore } from "../offline/adapters/duckdb.ts";
import type { OfflineStore } from "../offline/index.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import { aFileSource, anEntity, aService, aSnapshot, aView, localOwner, someFeatures } from "../testing/builders.ts";
import { readSql, writeParquet } from "../testing/offline-files.ts";
import { withFolder } from "../testing/world.ts";
import { type GetHistoricalFeaturesInput, getHistoricalFeatures } from "./get-historical-features.ts";

const fixture = (file: string): string => fileURLToPath(new URL(`fixtures/${file}`, import.meta.url));
const YEARS_100 = 36_500 * 86_400;

/** The lesson's training set: the newest row of each driver by then, of 2021-04-12; read off the file by hand. */
const EXPECTED = {
  1001: [0.1752185821533203, 0.7614335417747498, 385],
  1002: [0.3123469054698944, 0.4817860722541809, 810],
  1003: [0.7367271780967712, 0.9366665482521057, 939],
  1004: [0.09460888803005219, 0.1511625349521637, 166],
} as const;
const ORDERS = [1001, 1002, 1003, 1001, 1002, 1003, 1001, 1002, 1003, 1004] as const;
const COMPLETED = [1, 0, 0, 1, 0, 0, 1, 0, 0, 1];

describe("getHistoricalFeatures", () => {
  let offline: OfflineStore;
  let folder: string;
  let dispose: () => Promise<void>;
  beforeAll(async () => {
    const owned = await withFolder();
    folder = owned.path;
    offline = duckdbOfflineStore({ memoryLimitMb: 256, threads: 2, tempDirectory: join(folder, "temp"), env: {} });
    dispose = async () => {
      await offline.dispose();
      await owned.dispose();
    };
  });
  afterAll(() => dispose());

  const everyone: Authorizer = { async authorize() {} };
  const snapshotOver = (path: string): RegistrySnapshot => {
    const source = aFileSource({ path });
    const stats = aView({ ttlSeconds: YEARS_100, team: "fleet" });
    const percent = "select driver_id, datetime, created, conv_rate * 100.0 as conv_rate from input";
    const live = aView({ name: "driver_live", ttlSeconds: YEARS_100, features: someFeatures({ conv_rate: "float32" }), transform: percent });
    const service = aService({ driver_stats: ["avg_daily_trips"], driver_live: null });
    const [first, second] = service.projections;
    const projections = [first, { ...second, alias: "now", joinKeyMap: { driver_id: "courier" } }].filter(
      (one) => one !== undefined,
    ) as typeof service.projections;
    return aSnapshot([anEntity(), source, stats, live, { ...service, projections }]);
  };
  const run = (change: Partial<GetHistoricalFeaturesInput> = {}, { authorizer = everyone, stats = fixture("driver_stats.parquet") } = {}) => {
    const input: GetHistoricalFeaturesInput = {
      actor: localOwner,
      project: "rides",
      entityRows: { path: fixture("driver_orders.csv"), format: "csv" },
      fullFeatureNames: false,
      knownAtDelaySeconds: null,
      out: { path: join(folder, "training.parquet"), format: "parquet" },
      ...change,
    };
    const registry = { snapshot: async (project: string) => (project === "rides" ? snapshotOver(stats) : null), listProjects: async () => [] };
    return getHistoricalFeatures({ registry, offline, authorizer }, input);
  };
  const features = ["driver_stats:conv_rate", "driver_stats:acc_rate", "driver_stats:avg_daily_trips"];
  const trainingSet = () =>
    readSql(
      `SELECT driver_id::INT, trip_completed::INT, conv_rate::DOUBLE, acc_rate::DOUBLE, avg_daily_trips FROM read_parquet('${join(folder, "training.parquet")}')`,
    );
  const expected = ORDERS.map((driver, row) => [driver, COMPLETED[row], ...EXPECTED[driver]]);

  test("gives the lesson's training set", async () => {
    const { rows, columns, rejected } = await run({ features });
    expect([rows, rejected]).toEqual([10, []]);
    expect(columns).toEqual(["event_timestamp", "driver_id", "trip_completed", "conv_rate", "acc_rate", "avg_daily_trips"]);
    expect(await trainingSet()).toEqual(expected);
  });

  const whole = fileURLToPath(new URL("../../../shared/data/driver_stats.parquet", import.meta.url));
  test.each([whole].filter(existsSync))("gives the same over the whole file %s", async (stats) => {
    await run({ features }, { stats });
    expect(await trainingSet()).toEqual(expected);
  });

  test("knows nothing of rows that were created later", async () => {
    await run({ features, knownAtDelaySeconds: 0 });
    expect((await trainingSet()).map((row) => row.slice(2))).toEqual(ORDERS.map(() => [null, null, null])); // the whole file was created in July
  });

  test("takes features in the order asked, over views, under full names", async () => {
    const { columns } = await run({
      features: ["driver_live:conv_rate", "driver_stats:avg_daily_trips", "driver_live:conv_rate", "driver_stats:conv_rate"],
      fullFeatureNames: true,
    });
    expect(columns.slice(3)).toEqual(["driver_live__conv_rate", "driver_stats__avg_daily_trips", "driver_stats__conv_rate"]);
    const [row] = await readSql(
      `SELECT driver_live__conv_rate::DOUBLE, driver_stats__avg_daily_trips, driver_stats__conv_rate::DOUBLE FROM read_parquet('${join(folder, "training.parquet")}')`,
    );
    expect(row).toEqual([Math.fround(17.52185821533203), 385, EXPECTED[1001][0]]);
  });

  test("takes a service with its aliases and its join keys under other names", async () => {
    const path = join(folder, "roles.parquet");
    await writeParquet(path, "SELECT 1001 AS driver_id, 1004 AS courier, DATE '2021-05-01' AS at");
    const { columns } = await run({ service: "driver_activity", fullFeatureNames: true, entityRows: { path, format: "parquet" }, eventTimestampColumn: "at" });
    expect(columns).toEqual(["driver_id", "courier", "at", "driver_stats__avg_daily_trips", "now__conv_rate"]);
    const [row] = await readSql(`SELECT driver_stats__avg_daily_trips, now__conv_rate::DOUBLE FROM read_parquet('${join(folder, "training.parquet")}')`);
    expect(row).toEqual([385, Math.fround(EXPECTED[1004][0] * 100)]);
  });

  test("asks for the values of every view, and fails before it reads", async () => {
    const asked: AccessQuestion[] = [];
    const authorizer: Authorizer = {
      async authorize(question) {
        asked.push(question);
        if (question.resource.team === "fleet") throw permissionDenied("no");
      },
    };
    await expect(run({ features: ["driver_live:conv_rate", "driver_stats:acc_rate"] }, { authorizer })).rejects.toMatchObject({ code: "permission_denied" });
    expect(asked.map(({ action, resource }) => `${action} ${resource.name}`)).toEqual(["read_values driver_live", "read_values driver_stats"]);
  });

  test.each([
    ["an unknown project", { project: "nope", features }, "not_found"],
    ["an unknown feature", { features: ["driver_stats:speed"] }, "not_found"],
    ["two features of one name", { features: ["driver_stats:conv_rate", "driver_live:conv_rate"] }, "invalid_argument"],
    ["neither features nor service", {}, "invalid_argument"],
  ] as const)("refuses %s", async (_what, change, code) => {
    await expect(run(change)).rejects.toMatchObject({ code });
  });
});
