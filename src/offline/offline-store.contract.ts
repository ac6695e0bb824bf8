import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FeatureValue, FileSource, ViewVersion } from "../domain/index.ts";
import { parseTimestamp } from "../kit/index.ts";
import type { SourceInspector } from "../registry/index.ts";
import { aFileSource, anEntity, aPostgresSource, aView, aViewVersion, someFeatures } from "../testing/builders.ts";
import { writeCsv, writeJsonLines, writeParquet } from "../testing/offline-files.ts";
import { withFolder } from "../testing/world.ts";
import type { OfflineStore, Stage, StageWindow } from "./port.ts";

/** Opens the store to test over a folder of its own; `VAR` of `env` may stand in paths. */
export type OpenOfflineStore = (options: { readonly tempDirectory: string; readonly env: Readonly<Record<string, string>> }) => OfflineStore & SourceInspector;

/** A store in a folder of its own, which `dispose` removes with it. */
export async function openInFolder(open: OpenOfflineStore, envOf: (folder: string) => Readonly<Record<string, string>> = () => ({})) {
  const owned = await withFolder();
  const store = open({ tempDirectory: join(owned.path, "temp"), env: envOf(owned.path) });
  const dispose = async (): Promise<void> => {
    await store.dispose();
    await owned.dispose();
  };
  return { store, folder: owned.path, dispose };
}

const at = (text: string) => parseTimestamp(text);
const EVERYTHING: StageWindow = { kind: "everything", end: at("2024-02-01") };
const EVENT_MAX = at("2024-02-01T00:05:00Z");

/** What every offline store must do, over files. The join has a suite of its own. */
export function offlineStoreContract(name: string, open: OpenOfflineStore): void {
  describe(`${name} keeps the contract of an offline store`, () => {
    let store: OfflineStore & SourceInspector;
    let folder: string;
    let dispose: () => Promise<void>;
    let stages = 0;

    beforeAll(async () => {
      ({ store, folder, dispose } = await openInFolder(open, (DATA) => ({ DATA })));
    });
    afterAll(() => dispose());

    const path = (file: string): string => join(folder, file);
    const source = (file: string, over: Partial<FileSource> = {}): FileSource =>
      aFileSource({ path: path(file), format: file.endsWith(".csv") ? "csv" : file.endsWith(".jsonl") ? "jsonl" : "parquet", ...over });
    const viewOf = (dataSource: FileSource, over: Partial<Parameters<typeof aView>[0]> = {}): ViewVersion =>
      aViewVersion(aView({ features: someFeatures({ v: "int32" }), ...over }), { dataSource });
    const stage = (view: ViewVersion, over: { window?: StageWindow; shardRows?: number; eventMax?: bigint; signal?: AbortSignal } = {}): Promise<Stage> => {
      const { window = EVERYTHING, shardRows = 1_000, eventMax = EVENT_MAX, signal } = over;
      return store.stageLatest({ view, window, shardRows, eventMax, directory: path(`stage-${stages++}`) }, signal);
    };
    /** The staged rows as { driver_id: v }. */
    const staged = async (view: ViewVersion, over: Parameters<typeof stage>[1] = {}): Promise<Record<string, unknown>> => {
      const done = await stage(view, over);
      const rows: Record<string, unknown> = {};
      for (const shard of done.shards.keys()) {
        const { rowCount, columns } = await store.readShard(done, shard, view);
        for (let row = 0; row < rowCount; row += 1) {
          const value = columns.get("v");
          rows[String(columns.get("driver_id")?.data[row])] = value?.valid?.[row] === 0 ? null : value?.data[row];
        }
      }
      return rows;
    };
    const rowsSql = (rows: string): string => `SELECT * FROM (VALUES ${rows}) t(driver_id, datetime, created, v)`;

    describe("the newest rows of some keys", () => {
      const NEVER_MS = 60_000;
      const newest = (view: ViewVersion, keys: readonly (readonly FeatureValue[])[], timeoutMs = NEVER_MS) =>
        store.newestRows({ view, keys, eventMax: EVENT_MAX, timeoutMs });
      const VALUES = `(1::BIGINT, TIMESTAMP '2024-01-01 00:00:00', NULL::TIMESTAMP, 1), (1, '2024-01-01 01:00:00', '2024-01-01 01:00:00', 2),
        (1, '2024-01-01 01:00:00', '2024-01-01 02:00:00', 3), (1, '2024-01-01 01:00:00', NULL, 4), (2, '2024-01-01 00:00:00', NULL, 5), (2, '2024-01-01 00:00:00', NULL, NULL),
        (3, '2024-03-01 00:00:00', NULL, 6), (NULL, '2024-01-01', NULL, 7)`;

      test("are those of a stage, in the order asked, each as often as asked", async () => {
        await writeParquet(path("newest.parquet"), rowsSql(VALUES));
        const view = viewOf(source("newest.parquet"));
        const rows = await newest(view, [[2n], [1n], [3n], [99n], [1n]]);
        const [two, one] = [
          { event: at("2024-01-01"), created: null, values: [null] },
          { event: at("2024-01-01T01:00:00Z"), created: at("2024-01-01T02:00:00Z"), values: [3] },
        ];
        expect(rows).toEqual([two, one, null, null, one]);
        expect(await staged(view)).toEqual({ 1: 3, 2: null });
      });

      test.each(["newest.csv", "newest.jsonl"])("read %s in its order, and a transform's result", async (file) => {
        const header = ["driver_id", "datetime", "created", "v"];
        const rows = [
          [7, "2024-01-01T01:00:00Z", null, 1],
          [7, "2024-01-01T01:00:00Z", null, 2],
          [8, "2024-01-01T01:00:00Z", null, 3],
        ] as const;
        if (file.endsWith(".csv")) await writeCsv(path(file), header, rows);
        else
          await writeJsonLines(
            path(file),
            rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]]))),
          );
        expect((await newest(viewOf(source(file)), [[7n]])).map((row) => row?.values)).toEqual([[2]]);
        const doubled = viewOf(source(file), { transform: "SELECT driver_id, datetime, created, v * 2 AS v FROM input" });
        expect((await newest(doubled, [[7n], [8n]])).map((row) => row?.values)).toEqual([[4], [6]]);
      });

      test("match composite keys part by part, keys of any type, and nothing where there is no row or no key", async () => {
        const columns =
          "'O''slo' AS city, 3::INTEGER AS cell, 1.5::FLOAT AS ratio, true AS is_day, from_hex('00ff') AS mark, TIMESTAMP '2024-01-01' AS datetime, NULL::TIMESTAMP AS created, 9 AS v";
        await writeParquet(path("composite.parquet"), `SELECT ${columns}`);
        const keys = { city: "string", cell: "int32", ratio: "float32", is_day: "bool", mark: "bytes" } as const;
        const entity = anEntity({ joinKeys: Object.entries(keys).map(([name, type]) => ({ name, type })) });
        const view = aViewVersion(aView({ features: someFeatures({ v: "int32" }) }), { dataSource: source("composite.parquet"), entities: [entity] });
        const key = { city: "O'slo", cell: 3, ratio: 1.5, is_day: true, mark: Uint8Array.of(0, 255) };
        const inOrder = (values: Readonly<Record<string, FeatureValue>>) => view.joinKeys.map(({ name }) => values[name] ?? null);
        const rows = await newest(view, [inOrder(key), inOrder({ ...key, cell: 4 }), inOrder({ ...key, city: null })]);
        expect(rows.map((row) => row?.values)).toEqual([[9], undefined, undefined]);
        const single = aViewVersion(aView({ entities: [], features: someFeatures({ v: "int32" }) }), { dataSource: source("composite.parquet") });
        expect((await newest(single, [[]])).map((row) => row?.values)).toEqual([[9]]);
        expect(await newest(viewOf(source("no-file-yet-*.parquet")), [[1n]])).toEqual([null]);
      });

      test("say that the source is missing, or too slow", async () => {
        await expect(newest(viewOf(source("nowhere.parquet")), [[1n]])).rejects.toMatchObject({ code: "not_found" });
        const slow = "SELECT driver_id, datetime, created, (SELECT sum(a.i * b.i) FROM range(200000) a(i), range(200000) b(i))::INTEGER AS v FROM input";
        await expect(newest(viewOf(source("newest.parquet"), { transform: slow }), [[1n]], 200)).rejects.toMatchObject({ code: "timeout", retryable: true });
      });
    });

    describe("staging the newest row per key", () => {
      test("goes by event time, then created time with null lowest, then place", async () => {
        await writeParquet(
          path("order.parquet"),
          rowsSql(`
            (1::BIGINT, TIMESTAMP '2024-01-01 01:00:00', TIMESTAMP '2024-01-01 01:00:00', 1), (1, '2024-01-01 00:00:00', '2024-01-01 09:00:00', 2),
            (2, '2024-01-01 00:00:00', '2024-01-01 00:00:00', 3), (2, '2024-01-01 00:00:00', NULL, 4),
            (3, '2024-01-01 00:00:00', NULL, 5), (3, '2024-01-01 00:00:00', NULL, 6),
            (4, '2024-01-01 00:00:00', '2024-01-01 00:00:00', 7), (4, '2024-01-01 00:00:00', '2024-01-01 00:00:00.000001', 8), (4, '2024-01-01 00:00:00', '2024-01-01 00:00:00', 9),
            (5, '2024-01-01 00:00:00', '2024-01-01 00:00:00', 10), (5, '2024-01-01 00:00:00.000001', NULL, NULL)`),
        );
        expect(await staged(viewOf(source("order.parquet")))).toEqual({ 1: 1, 2: 3, 3: 6, 4: 8, 5: null });
      });

      test("the later file of a folder is the later arrival", async () => {
        await mkdir(path("parts/day=1"), { recursive: true });
        await mkdir(path("parts/day=2"), { recursive: true });
        const row = (v: number): string => `SELECT 1::BIGINT AS driver_id, TIMESTAMP '2024-01-01' AS datetime, NULL::TIMESTAMP AS created, ${v} AS v`;
        await writeParquet(path("parts/day=2/a.parquet"), row(2));
        await writeParquet(path("parts/day=1/b.parquet"), row(1));
        expect(await staged(viewOf(source("parts")))).toEqual({ 1: 2 });
        expect(await staged(viewOf(source("parts/*/*.parquet")))).toEqual({ 1: 2 });
        expect((await store.columns(source("parts"), null)).map(({ name }) => name)).toContain("day");
      });

      test.each(["rows.csv", "rows.jsonl"])("reads %s as its declared types", async (file) => {
        const rows = [
          [7, "2024-01-01T08:00:00+07:00", "2024-01-01 01:00:00", 1],
          [7, "2024-01-01T01:00:00.000001Z", "2024-01-01 01:00:00", 2],
          [8, "2024-01-01", null, null],
        ] as const;
        const header = ["driver_id", "datetime", "created", "v"];
        if (file.endsWith(".csv")) await writeCsv(path(file), header, rows);
        else
          await writeJsonLines(
            path(file),
            rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]]))),
          );
        const view = viewOf(source(file));
        expect(await staged(view)).toEqual({ 7: 2, 8: null });
        expect((await stage(view)).newestEvent).toBe(at("2024-01-01T01:00:00.000001Z"));
      });

      test("a view without keys has one row, and none when its source has none", async () => {
        await writeParquet(path("single.parquet"), rowsSql("(1, TIMESTAMP '2024-01-01', NULL::TIMESTAMP, 1), (2, '2024-01-02', NULL, 2)"));
        const view = aViewVersion(aView({ entities: [], features: someFeatures({ v: "int32" }) }), { dataSource: source("single.parquet") });
        const done = await stage(view);
        expect([done.keys, done.rowsRead]).toEqual([1, 2]);
        expect((await store.readShard(done, 0, view)).columns.get("v")?.data).toEqual(Int32Array.of(2));
        const none = await stage(view, { window: { kind: "range", start: at("2023-01-01"), end: at("2023-01-02") } });
        expect(none).toMatchObject({ keys: 0, rowsRead: 0, shards: [], newestEvent: null, newestCreated: null });
      });

      test("cuts shards of at most as many rows as asked, each key in one of them", async () => {
        await writeParquet(
          path("many.parquet"),
          "SELECT i AS driver_id, TIMESTAMP '2024-01-01' AS datetime, NULL::TIMESTAMP AS created, i::INT AS v FROM range(30000) t(i)",
        );
        for (const shardRows of [7_000, 9_999, 40_000]) {
          const view = viewOf(source("many.parquet"));
          const done = await stage(view, { shardRows });
          expect(Math.max(...done.shards.map(({ rows }) => rows))).toBeLessThanOrEqual(shardRows);
          const seen = new Set<bigint>();
          for (const shard of done.shards.keys()) {
            const batch = await store.readShard(done, shard, view);
            expect(batch.rowCount).toBe(done.shards[shard]?.rows);
            for (const key of (batch.columns.get("driver_id")?.data ?? []) as BigInt64Array) seen.add(key);
          }
          expect([seen.size, done.keys]).toEqual([30_000, 30_000]);
          expect(await store.hasStage(done)).toBe(true);
          await rm(done.directory, { recursive: true });
          expect(await store.hasStage(done)).toBe(false);
          await expect(store.readShard(done, 0, view)).rejects.toMatchObject({ code: "not_found" });
        }
      });
    });

    describe("windows", () => {
      const view = (): ViewVersion => viewOf(source("windows.parquet"));
      beforeAll(() =>
        writeParquet(
          path("windows.parquet"),
          rowsSql(`
            (1::BIGINT, TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00', 10), (1, '2024-01-01 01:00:00', '2024-01-01 01:00:00', 11),
            (2, '2024-01-01 01:00:00.000001', NULL, 20), (3, '2024-01-01 00:30:00', '2024-01-01 05:00:00', 30), (4, '2024-01-01 02:00:00', '2024-01-01 02:00:00', 40)`),
        ),
      );

      test("everything goes up to and with its end", async () => {
        expect(await staged(view(), { window: { kind: "everything", end: at("2024-01-01T01:00:00Z") } })).toEqual({ 1: 11, 3: 30 });
      });
      test("a range includes both ends", async () => {
        const window = { kind: "range", start: at("2024-01-01T00:30:00Z"), end: at("2024-01-01T01:00:00Z") } as const;
        expect(await staged(view(), { window })).toEqual({ 1: 11, 3: 30 });
      });
      test("incremental takes events after the watermark and rows created since", async () => {
        const window = {
          kind: "incremental",
          eventAfter: at("2024-01-01T01:00:00Z"),
          end: at("2024-01-01T02:00:00Z"),
          createdUntil: at("2024-01-01T06:00:00Z"),
        } as const;
        expect(await staged(view(), { window: { ...window, createdAfter: null } })).toEqual({ 2: 20, 4: 40 });
        expect(await staged(view(), { window: { ...window, createdAfter: at("2024-01-01T04:59:59.999999Z") } })).toEqual({ 2: 20, 3: 30, 4: 40 });
        expect(await staged(view(), { window: { ...window, createdAfter: at("2024-01-01T05:00:00Z") } })).toEqual({ 2: 20, 4: 40 });
      });
      test("an incremental window after a transform looks at the transform's times", async () => {
        const later = viewOf(source("windows.parquet"), { transform: "select driver_id, datetime + interval 1 hour as datetime, created, v from input" });
        const window = {
          kind: "incremental",
          eventAfter: at("2024-01-01T02:00:00Z"),
          end: at("2024-01-01T03:00:00Z"),
          createdAfter: null,
          createdUntil: 0n,
        } as const;
        expect(await staged(later, { window })).toEqual({ 2: 20, 4: 40 });
      });
    });

    describe("rows that do not fit", () => {
      test("are rejected with field and value, and the older good row stands", async () => {
        await writeParquet(
          path("unfit.parquet"),
          `SELECT * FROM (VALUES
            (1::BIGINT, TIMESTAMP '2024-01-01', NULL::TIMESTAMP, 5::BIGINT, 0.5::DOUBLE), (1, '2024-01-02', NULL, 3000000000, 0.5),
            (2, '2024-01-01', NULL, 6, 1e300), (3, NULL, NULL, 7, 0.5), (NULL, '2024-01-01', NULL, 8, 0.5),
            (4, '2030-01-01', NULL, 9, 0.5), (5, '2024-01-01', NULL, NULL, 'NaN'), (6, 'infinity', NULL, 1, 1)) t(driver_id, datetime, created, v, w)`,
        );
        const view = viewOf(source("unfit.parquet"), { features: someFeatures({ v: "int32", w: "float32" }) });
        expect(await staged(view)).toEqual({ 1: 5, 5: null });
        const { rejected, rowsRead, keys } = await stage(view);
        expect([rowsRead, keys]).toEqual([8, 2]);
        expect(rejected.map(({ reason, count }) => `${count} ${reason}`).sort()).toEqual(
          [
            "1 datetime: event time is null",
            '1 datetime: "infinity" is not a timestamp',
            "1 driver_id: the join key is null",
            "1 event time 2030-01-01T00:00:00Z lies too far ahead",
            '1 v: "3000000000" is not an int32',
            '1 w: "1e+300" is not a float32',
          ].sort(),
        );
      });

      test("text that is none of the declared type is rejected, not raised", async () => {
        await writeCsv(
          path("text.csv"),
          ["driver_id", "datetime", "created", "v"],
          [
            [1, "2024-01-01", null, "1.0"],
            [1, "2024-01-02", null, "1.5"],
            [2, "2024-01-01", null, "abc"],
            ["x", "2024-01-01", null, "1"],
            [3, "yesterday", null, "1"],
            [4, "2024-01-01", "soon", "1"],
          ],
        );
        const view = viewOf(source("text.csv"));
        expect(await staged(view)).toEqual({ 1: 1 });
        expect((await stage(view)).rejected).toEqual([
          { reason: 'datetime: "yesterday" is not a timestamp', count: 1 },
          { reason: 'driver_id: "x" is not an int64', count: 1 },
          { reason: 'created: "soon" is not a timestamp', count: 1 },
          { reason: expect.stringMatching(/^v: "(1.5|abc)" is not an int32$/), count: 2 },
        ]);
      });

      test("lines that are no rows are counted with the others", async () => {
        await writeFile(path("broken.csv"), "driver_id,datetime,created,v\n1,2024-01-01,,1\n2,2024-01-01\n3,2024-01-01,,3,4\n");
        const { rejected, rowsRead, keys } = await stage(viewOf(source("broken.csv")));
        expect([rowsRead, keys]).toEqual([3, 1]);
        expect(rejected.map(({ reason }) => reason)).toEqual([
          expect.stringMatching(/^line 3 of broken.csv, "2,2024-01-01": /),
          expect.stringMatching(/^line 4 /),
        ]);
        await writeFile(path("broken.jsonl"), '{"driver_id":1,"datetime":"2024-01-01","v":1}\nnonsense\n{"driver_id":2,"datetime":"2024-01-01","v":[1]}\n');
        const lines = await stage(viewOf(source("broken.jsonl", { createdTimestampColumn: null })));
        expect([lines.rowsRead, lines.keys]).toEqual([3, 1]);
        expect(lines.rejected.map(({ reason }) => reason)).toEqual(["datetime: event time is null", 'v: "[1]" is not an int32']);
      });
    });

    describe("what is not there", () => {
      const staging = (dataSource: FileSource) => stage(viewOf(dataSource));
      test.each(["columns", "stage"] as const)("a missing file is named (%s)", async (door) => {
        const missing = source("nowhere.parquet", { pathAsWritten: "../data/nowhere.parquet" });
        const work = door === "columns" ? store.columns(missing, null) : staging(missing);
        await expect(work).rejects.toMatchObject({ code: "not_found", message: expect.stringContaining("../data/nowhere.parquet") });
      });
      test("a glob without files is a source without rows yet", async () => {
        const empty = source("soon/*.parquet");
        await expect(store.columns(empty, null)).rejects.toMatchObject({ code: "not_found", details: { emptyGlob: true } });
        expect(await staging(empty)).toMatchObject({ keys: 0, rowsRead: 0, shards: [] });
        const view = viewOf(empty);
        expect(await store.windowSizes(view, { seconds: 86_400, offset: 0n })).toEqual([]);
        expect(await store.eventSpan(view)).toBeNull();
        expect(await store.fingerprint(view)).toEqual({});
        expect(await store.estimate(view, EVERYTHING, 1_000)).toMatchObject({ rows: 0, keys: 0, exact: true });
        expect((await store.sample({ view, limit: 5, of: "newest" })).rows).toEqual([]);
      });
      test("an unset variable is named, a set one resolved", async () => {
        await writeParquet(path("variable.parquet"), rowsSql("(1::BIGINT, TIMESTAMP '2024-01-01', NULL::TIMESTAMP, 1)"));
        const variable = (name: string): FileSource => aFileSource({ path: `\${${name}}/variable.parquet` });
        expect(await staged(viewOf(variable("DATA")))).toEqual({ 1: 1 });
        await expect(staging(variable("ELSEWHERE"))).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining("ELSEWHERE") });
      });
      test("a PostgreSQL source is not built yet", async () => {
        const view = aViewVersion(aView({ features: someFeatures({ v: "int32" }) }), { dataSource: aPostgresSource() });
        await expect(stage(view)).rejects.toMatchObject({ code: "not_built" });
        await expect(store.columns(aPostgresSource(), null)).rejects.toMatchObject({ code: "not_built" });
      });
      test("a file that is no Parquet and a column that is not there are the definition's fault", async () => {
        await writeFile(path("fake.parquet"), "no Parquet at all");
        await expect(store.columns(source("fake.parquet"), null)).rejects.toMatchObject({
          code: "invalid_definition",
          message: expect.not.stringMatching(/SELECT|LINE/),
        });
        const view = viewOf(source("windows.parquet"), { features: someFeatures({ speed: "int32" }) });
        await expect(stage(view)).rejects.toMatchObject({ code: "invalid_definition", message: expect.stringContaining('"speed"') });
      });
      test("work that is cancelled says so", async () => {
        const cancelled = AbortSignal.abort();
        await expect(stage(viewOf(source("windows.parquet")), { signal: cancelled })).rejects.toMatchObject({ code: "cancelled" });
        const controller = new AbortController();
        const endless = viewOf(source("windows.parquet"), {
          transform: "select driver_id, datetime, created, sum(a.range * b.range)::int as v from input, range(1000000) a, range(1000000) b group by all",
        });
        const working = stage(endless, { signal: controller.signal });
        const abort = setInterval(() => controller.abort(), 100);
        await expect(working).rejects.toMatchObject({ code: "cancelled" });
        clearInterval(abort);
      });
    });

    describe("looking into a source", () => {
      beforeAll(async () => {
        await writeParquet(
          path("look.parquet"),
          `SELECT i % 10 AS driver_id, TIMESTAMP '2024-01-01' + to_hours(i::INT) AS datetime, NULL::TIMESTAMP AS created,
             (i % 5)::INT AS v, CASE WHEN i = 0 THEN 'NaN'::DOUBLE WHEN i < 10 THEN NULL ELSE i END AS w, ['red','blue'][1 + i % 2] AS colour, 1.5::DECIMAL(10,2) AS price
           FROM range(100) t(i)`,
        );
      });
      const features = someFeatures({ v: "int32", w: "float64", colour: "string" });

      test("gives columns, size and the range of event times", async () => {
        const { columns, rows, files, eventMin, eventMax, bytes } = await store.inspect(source("look.parquet"));
        expect(columns.find(({ name }) => name === "price")).toEqual({ name: "price", type: null, engineType: "DECIMAL(10,2)" });
        expect(columns.find(({ name }) => name === "v")?.type).toBe("int32");
        expect([rows, files, eventMin, eventMax]).toEqual([100, 1, at("2024-01-01"), at("2024-01-05T03:00:00Z")]);
        expect(bytes).toBeGreaterThan(0);
      });
      test("samples the newest rows and the keys", async () => {
        const view = viewOf(source("look.parquet"), { features });
        const { columns, rows } = await store.sample({ view, limit: 2, of: "newest" });
        expect(columns.map(({ name }) => name)).toEqual(["driver_id", "datetime", "created", "colour", "v", "w"]);
        expect(rows[0]).toEqual([9n, at("2024-01-05T03:00:00Z"), null, "blue", 4, 99]);
        expect((await store.sample({ view, limit: 3, of: "keys" })).rows).toEqual([[0n], [1n], [2n]]);
      });
      test("profiles features; NaN counts as null", async () => {
        const view = viewOf(source("look.parquet"), { features });
        const [w, colour] = await store.profile(view, ["w", "colour"]);
        expect(w).toMatchObject({ feature: "w", rows: 100, nulls: 10, min: 10, max: 99, mean: 54.5 });
        expect(w?.quantiles?.[3]).toBeCloseTo(54.5, 0);
        expect(w?.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(90);
        expect(colour).toMatchObject({ nulls: 0, mean: null, quantiles: null });
        expect(colour?.histogram.map(({ label, count }) => [label, count])).toEqual([
          ["blue", 50],
          ["red", 50],
        ]);
        await expect(store.profile(view, ["speed"])).rejects.toMatchObject({ code: "not_found" });
      });
      test("estimates what a window holds, and knows the first and the last event", async () => {
        const view = viewOf(source("look.parquet"), { features });
        const window = { kind: "range", start: at("2024-01-01"), end: at("2024-01-01T04:00:00Z") } as const;
        expect(await store.estimate(view, window, 2_000)).toMatchObject({ rows: 5, keys: 5, exact: true });
        expect(await store.eventSpan(view)).toMatchObject({ newest: at("2024-01-05T03:00:00Z") });
        const sizes = await store.windowSizes(view, { seconds: 86_400, offset: 0n });
        expect(sizes.every(({ start, keys, rows }) => start % 86_400_000_000n === 0n && keys > 0 && rows >= keys)).toBe(true);
        expect(await store.windowSizes(view, { seconds: 86_400, offset: 0n, from: at("2024-01-05") })).toEqual(sizes.slice(-1));
        expect(sizes.at(-1)?.start).toBe(at("2024-01-05"));
        expect(Object.keys(await store.fingerprint(view))).toEqual([path("look.parquet")]);
      });
    });

    describe("the rhythm of a source", () => {
      const daily = (delayHours: string) => `SELECT 1::BIGINT driver_id, d AS datetime, d + ${delayHours} AS created, 1 AS v
        FROM range(TIMESTAMPTZ '2024-01-01', TIMESTAMPTZ '2024-01-21', INTERVAL 1 DAY) t(d)`;

      test("is how old its newest row gets before the next one is known", async () => {
        await writeParquet(path("rhythm.parquet"), daily("INTERVAL 2 HOUR"));
        expect(await store.rhythm(viewOf(source("rhythm.parquet")), at("2026-01-01"))).toEqual({ newestEvent: at("2024-01-20"), usualAgeSeconds: 26 * 3_600 });
        const withoutCreated = source("rhythm.parquet", { createdTimestampColumn: null });
        expect(await store.rhythm(viewOf(withoutCreated), at("2026-01-01"))).toMatchObject({ usualAgeSeconds: 24 * 3_600 });
      });

      test("is not broken by one outage, and follows weekends", async () => {
        const hours = `SELECT 1::BIGINT driver_id, h AS datetime, h AS created, 1 AS v FROM range(TIMESTAMPTZ '2024-01-01', TIMESTAMPTZ '2024-01-29', INTERVAL 1 HOUR) t(h)`;
        await writeParquet(path("outage.parquet"), `${hours} WHERE h NOT BETWEEN TIMESTAMPTZ '2024-01-10' AND TIMESTAMPTZ '2024-01-12'`);
        expect(await store.rhythm(viewOf(source("outage.parquet")), at("2026-01-01"))).toMatchObject({ usualAgeSeconds: 3_600 });
        await writeParquet(path("weekdays.parquet"), `${hours} WHERE dayofweek(h) NOT IN (0, 6)`);
        expect(await store.rhythm(viewOf(source("weekdays.parquet")), at("2026-01-01"))).toMatchObject({ usualAgeSeconds: 49 * 3_600 });
      });

      test("is not that of a row in the far future, unless there is no other", async () => {
        await writeParquet(path("ahead.parquet"), `${daily("INTERVAL 2 HOUR")} UNION ALL SELECT 1, TIMESTAMPTZ '2099-01-01', TIMESTAMPTZ '2024-01-05', 1`);
        const rhythm = (eventMax: string) => store.rhythm(viewOf(source("ahead.parquet")), at(eventMax));
        expect(await rhythm("2024-01-21")).toEqual({ newestEvent: at("2024-01-20"), usualAgeSeconds: 26 * 3_600 });
        expect(await rhythm("2023-01-01")).toMatchObject({ newestEvent: at("2099-01-01") });
      });

      test("is unknown where there is too little to tell", async () => {
        await writeParquet(path("two-days.parquet"), `${daily("INTERVAL 0 HOUR")} LIMIT 2`);
        expect(await store.rhythm(viewOf(source("two-days.parquet")), at("2026-01-01"))).toMatchObject({ usualAgeSeconds: null });
      });
    });

    describe("transforms", () => {
      const shifted = (transform: string): ViewVersion => viewOf(source("windows.parquet"), { transform });
      test("apply to the source, and to pushed rows alike", async () => {
        const view = shifted("select driver_id, datetime, created, v * 100 as v from input where v < 40 -- the rest is noise");
        expect(await staged(view)).toEqual({ 1: 1100, 2: 2000, 3: 3000 });
        const pushed = [
          { driver_id: 1, datetime: "2024-01-01T00:00:00Z", v: 3 },
          { driver_id: 2, datetime: "2024-01-01 08:00:00+07:00", created: null, v: 50 },
          { driver_id: 9007199254740993n, datetime: "2024-01-01", v: null },
        ];
        expect(await store.transformRows(view, pushed)).toEqual([{ driver_id: 1, datetime: "2024-01-01T00:00:00Z", created: null, v: 300 }]);
        const all = shifted("select * from input;");
        expect(await store.transformRows(all, pushed)).toMatchObject([
          { v: 3 },
          { datetime: "2024-01-01T01:00:00Z" },
          { driver_id: 9007199254740993n, v: null },
        ]);
      });
      test("pushed values that do not fit are named", async () => {
        const work = store.transformRows(shifted("select * from input"), [{ driver_id: 1 }, { driver_id: "one", v: 1.5 }]);
        await expect(work).rejects.toMatchObject({
          code: "invalid_argument",
          details: {
            rejected: [
              { row: 1, field: "driver_id", reason: '"one" is not an int64' },
              { row: 1, field: "v", reason: "1.5 is not an int32" },
            ],
          },
        });
      });
      test.each([
        ["two statements", "select * from input; select 1"],
        ["no SELECT", "delete from input"],
        ["nothing", "  "],
        ["brackets closed too early", "select * from input) union all (select * from input"],
        ["another file", "select * from read_csv('/etc/passwd')"],
        ["another file by its bare name", "select * from '/etc/hostname'"],
        ["the file system", "select * from glob('/etc/*')"],
        ["an unknown column", "select speed from input"],
        ["no SQL", "selec * form input"],
      ])("refuse %s", async (_what, transform) => {
        await expect(store.columns(source("windows.parquet"), transform)).rejects.toMatchObject({ code: "invalid_definition" });
        await expect(stage(shifted(transform))).rejects.toMatchObject({ code: "invalid_definition", message: expect.not.stringContaining("WITH input") });
        await expect(store.transformRows(shifted(transform), [{ driver_id: 1 }])).rejects.toMatchObject({ code: "invalid_definition" });
      });
    });

    test("reads text by the types that are declared, and guesses the rest", async () => {
      await writeCsv(
        path("columns.csv"),
        ["code", "n", "flag", "other", "day"],
        [
          ["007", "12", "true", "42", "2024-01-01"],
          ["08x", "many", null, "1", null],
        ],
      );
      const types = new Map([
        ["code", "string"],
        ["n", "int32"],
        ["flag", "bool"],
        ["day", "string"],
        ["absent", "string"],
      ] as const);
      expect(await store.readColumns({ path: path("columns.csv"), format: "csv" }, types)).toEqual({
        code: ["007", "08x"],
        n: [12, "many"],
        flag: [true, null],
        other: [42, 1],
        day: ["2024-01-01", null],
      });
      await writeJsonLines(path("columns.jsonl"), [
        { code: "007", day: "2024-01-01", n: 9_007_199_254_740_993n },
        { code: "8", l: [1, null] },
      ]);
      expect(await store.readColumns({ path: path("columns.jsonl"), format: "jsonl" })).toEqual({
        code: ["007", "8"],
        day: ["2024-01-01", null],
        n: [9_007_199_254_740_993n, null],
        l: [null, [1, null]],
      });
      await writeFile(path("broken.jsonl"), '{"code": "1"}\n{"code": \n');
      const broken = store.readColumns({ path: path("broken.jsonl"), format: "jsonl" });
      await expect(broken).rejects.toMatchObject({ code: "invalid_argument", message: expect.stringContaining("broken.jsonl") });
    });

    test("reads a file of rows as columns of JSON values", async () => {
      await writeParquet(
        path("columns.parquet"),
        "SELECT 9007199254740993 AS big, 7 AS small, TIMESTAMP '2024-01-01 00:00:00.5' AS t, 'hi'::BLOB AS b, [1, NULL] AS l, 1.25::DECIMAL(9,2) AS d, true AS y",
      );
      expect(await store.readColumns({ path: path("columns.parquet"), format: "parquet" })).toEqual({
        big: [9007199254740993n],
        small: [7],
        t: ["2024-01-01T00:00:00.500Z"],
        b: ["aGk="],
        l: [[1, null]],
        d: [1.25],
        y: [true],
      });
    });

    test("every type comes back as it was declared", async () => {
      await writeParquet(
        path("types.parquet"),
        `SELECT 1::BIGINT AS driver_id, TIMESTAMP_NS '2024-01-01 00:00:00.123456789' AS datetime, TIMESTAMPTZ '2024-01-01 08:00:00+07' AS created,
          encode('Zürich') AS by, 'a|b,"c' AS st, -5::TINYINT AS i4, 9223372036854775807 AS i8, 0.1::DOUBLE AS f4, -0.0::DOUBLE AS f8, true AS bo,
          TIMESTAMP '2024-01-01 00:00:00.9' AS un, DATE '2024-01-01' AS ti, [1.5, NULL, 'NaN'::DOUBLE] AS lf, ['x', NULL] AS ls, [TIMESTAMP '1969-12-31 23:59:59.999999'] AS lt, [3000000000, 1] AS li`,
      );
      const types = {
        by: "bytes",
        st: "string",
        i4: "int32",
        i8: "int64",
        f4: "float32",
        f8: "float64",
        bo: "bool",
        un: "unix_timestamp",
        ti: "timestamp",
        lf: "float32[]",
        ls: "string[]",
        lt: "timestamp[]",
        li: "int64[]",
      } as const;
      const view = viewOf(source("types.parquet"), { features: someFeatures(types) });
      const done = await stage(view);
      const { event, created, columns } = await store.readShard(done, 0, view);
      expect([event[0], created[0]]).toEqual([at("2024-01-01T00:00:00.123456Z"), at("2024-01-01T01:00:00Z")]);
      const value = (feature: string): unknown => columns.get(feature)?.data[0];
      expect(Buffer.from(value("by") as Uint8Array).toString()).toBe("Zürich");
      expect(["st", "i4", "i8", "f4", "f8", "bo", "un", "ti"].map(value)).toEqual([
        'a|b,"c',
        -5,
        2n ** 63n - 1n,
        Math.fround(0.1),
        -0,
        1,
        at("2024-01-01") / 1_000_000n,
        at("2024-01-01"),
      ]);
      expect(["lf", "ls", "lt", "li"].map(value)).toEqual([[1.5, null, Number.NaN], ["x", null], [-1n], [3000000000n, 1n]]);
      const narrow = viewOf(source("types.parquet"), { features: someFeatures({ li: "int32[]" }) });
      expect((await stage(narrow)).rejected).toEqual([{ reason: 'li: "[3000000000, 1]" is not an int32[]', count: 1 }]);
    });

    test("entity keys of several types are one key", async () => {
      await writeParquet(
        path("zones.parquet"),
        `SELECT * FROM (VALUES ('1|2', 3, TIMESTAMP '2024-01-01', 1), ('1', 23, TIMESTAMP '2024-01-01', 2), ('1|2', 3, TIMESTAMP '2024-01-02', 3)) t(city, cell, datetime, v)`,
      );
      const zone = anEntity({
        name: "zone",
        joinKeys: [
          { name: "city", type: "string" },
          { name: "cell", type: "int32" },
        ],
      });
      const view = aViewVersion(aView({ entities: ["zone"], features: someFeatures({ v: "int32" }) }), {
        entities: [zone],
        dataSource: source("zones.parquet", { createdTimestampColumn: null }),
      });
      const done = await stage(view);
      const { columns, created } = await store.readShard(done, 0, view);
      const rows = (columns.get("v")?.data ?? []) as Int32Array;
      expect([done.keys, [...rows].sort()]).toEqual([2, [2, 3]]);
      expect(created[0]).toBe(-(2n ** 63n));
    });
  });
}
