import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FileSource, ViewVersion } from "../domain/index.ts";
import { parseTimestamp } from "../kit/index.ts";
import { aFileSource, anEntity, aView, aViewVersion, someFeatures } from "../testing/builders.ts";
import { readSql, writeCsv, writeJsonLines, writeParquet } from "../testing/offline-files.ts";
import { type OpenOfflineStore, openInFolder } from "./offline-store.contract.ts";
import type { JoinRequest, JoinView, OfflineStore } from "./port.ts";

interface GoldenRow {
  readonly [column: string]: string | number | null;
}

const fixture = new URL("fixtures/point_in_time.json", import.meta.url);
const golden = JSON.parse(readFileSync(fixture, "utf8"));
const FORMATS = ["parquet", "csv", "jsonl"] as const;

/** The point-in-time join that every offline store must do, over the golden cases and around the edges. */
export function joinContract(name: string, open: OpenOfflineStore): void {
  describe(`${name} joins point in time`, () => {
    let store: OfflineStore;
    let folder: string;
    let dispose: () => Promise<void>;
    let files = 0;

    beforeAll(async () => {
      ({ store, folder, dispose } = await openInFolder(open));
    });
    afterAll(() => dispose());

    const path = (file: string): string => join(folder, file);
    const write = async (rows: readonly GoldenRow[], format: (typeof FORMATS)[number], types: string): Promise<string> => {
      const file = path(`rows-${files++}.${format}`);
      const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const text = file.replace(/parquet$/, "jsonl");
      if (format === "csv")
        await writeCsv(
          file,
          names,
          rows.map((row) => names.map((column) => row[column] ?? null)),
        );
      else await writeJsonLines(text, rows);
      if (format === "parquet") await writeParquet(file, `SELECT * FROM read_json('${text}', format = 'newline_delimited', columns = ${types})`);
      return file;
    };
    const viewOver = (file: string, ttlSeconds: number, keys: Parameters<typeof anEntity>[0], over: Partial<Parameters<typeof aView>[0]> = {}): ViewVersion => {
      const format = FORMATS.find((ending) => file.endsWith(ending)) ?? "parquet";
      const dataSource: FileSource = aFileSource({ path: file, format, timestampField: "event_timestamp", createdTimestampColumn: "created" });
      return aViewVersion(aView({ ttlSeconds, features: someFeatures({ v: "int64" }), ...over }), { dataSource, entities: [anEntity(keys)] });
    };
    const only = (view: ViewVersion, output = "v"): JoinView => ({ view, joinKeyMap: {}, features: [{ feature: "v", output }] });
    /** Joins and reads the answers back in the file's order. */
    const joined = async (request: Omit<JoinRequest, "out" | "eventTimestampColumn" | "knownAtDelaySeconds"> & Partial<JoinRequest>): Promise<unknown[]> => {
      const out = { path: path(`out-${files++}.parquet`), format: "parquet" } as const;
      await store.join({ eventTimestampColumn: "event_timestamp", knownAtDelaySeconds: null, out, ...request });
      return (await readSql(`SELECT v FROM read_parquet('${out.path}')`)).map(([v]) => v);
    };
    const KEY_TYPES = "{key: 'BIGINT', event_timestamp: 'TIMESTAMPTZ', created: 'TIMESTAMP', v: 'BIGINT', a: 'BIGINT', b: 'BIGINT'}";
    const ENTITY_TYPES = "{key: 'BIGINT', event_timestamp: 'TIMESTAMPTZ', a: 'BIGINT', b: 'BIGINT'}";
    const asBigints = (rows: readonly GoldenRow[]): unknown[] =>
      rows.map(({ expect: value }) => (value === null || value === undefined ? null : BigInt(value)));

    describe("golden cases", () => {
      const KEY = { joinKeys: [{ name: "key", type: "int64" }] } as const;
      const COMPOSITE = {
        joinKeys: [
          { name: "a", type: "int64" },
          { name: "b", type: "int64" },
        ],
      } as const;
      const withCreated = (rows: readonly GoldenRow[]): GoldenRow[] => rows.map((row) => ({ created: null, ...row }));

      for (const format of FORMATS) {
        for (const transform of [null, "select * from input"]) {
          const how = `${format}${transform === null ? "" : ", with a transform"}`;
          const run = async (
            rows: readonly GoldenRow[],
            entities: readonly GoldenRow[],
            ttl: number,
            keys: Parameters<typeof anEntity>[0],
            delay: number | null = null,
          ) => {
            const view = viewOver(await write(withCreated(rows), format, KEY_TYPES), ttl, keys, { transform });
            const entityRows = {
              path: await write(
                entities.map(({ why, expect: _, ...row }) => row),
                format,
                ENTITY_TYPES,
              ),
              format,
            };
            return joined({ entityRows, views: [only(view)], knownAtDelaySeconds: delay });
          };
          test(`as of (${how})`, async () => {
            expect(await run(golden.feature_rows, golden.entity_rows, golden.ttl_seconds, KEY)).toEqual(asBigints(golden.entity_rows));
          });
          test(`known at (${how})`, async () => {
            const { entity_rows: entities } = golden.known_at_event_time;
            expect(await run(golden.feature_rows, entities, golden.ttl_seconds, KEY, 0)).toEqual(asBigints(entities));
          });
          test(`composite keys and full ties (${how})`, async () => {
            const { composite_keys: composite, full_tie: tie } = golden;
            expect(await run(composite.feature_rows, composite.entity_rows, 0, COMPOSITE)).toEqual(asBigints(composite.entity_rows));
            expect(await run(tie.feature_rows, tie.entity_rows, 0, KEY)).toEqual(asBigints(tie.entity_rows));
          });
        }
      }

      const shared = new URL("../../../shared/golden/point_in_time.json", import.meta.url);
      test.each([shared].filter(existsSync))("the fixture is the golden file %s", (file) => {
        expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(golden);
      });
    });

    describe("around it", () => {
      const ENTITIES =
        "SELECT * FROM (VALUES (1::BIGINT, TIMESTAMP '2024-01-01 12:00:00', 'yes'), (2, '2024-01-01 12:00:00', NULL), (1, '2024-01-02 12:00:00', 'no')) t(driver_id, event_timestamp, label)";
      const FEATURES =
        "SELECT * FROM (VALUES (1::BIGINT, TIMESTAMP '2024-01-01', NULL::TIMESTAMP, 10::BIGINT), (2, '2024-01-01', NULL, 20), (1, '2024-01-02', NULL, 11)) t(driver_id, event_timestamp, created, v)";
      let view: ViewVersion;
      let entityRows: JoinRequest["entityRows"];
      const request = (over: Partial<JoinRequest> = {}): JoinRequest => ({
        entityRows,
        eventTimestampColumn: "event_timestamp",
        views: [only(view)],
        knownAtDelaySeconds: null,
        out: { path: path(`around-${files++}.parquet`), format: "parquet" },
        ...over,
      });
      beforeAll(async () => {
        await writeParquet(path("entities.parquet"), ENTITIES);
        await writeParquet(path("features.parquet"), FEATURES);
        view = viewOver(path("features.parquet"), 0, {});
        entityRows = { path: path("entities.parquet"), format: "parquet" };
      });

      test("labels pass through with their types, in order, and columns come as asked", async () => {
        const other = {
          view: aViewVersion(aView({ features: someFeatures({ v: "int64" }) }), {
            dataSource: aFileSource({ path: path("features.parquet"), timestampField: "event_timestamp" }),
          }),
        };
        const asked = request({ views: [only(view, "b"), only(other.view, "a")], outputs: ["a", "b"] });
        const result = await store.join(asked);
        expect(result).toEqual({ rows: 3, columns: ["driver_id", "event_timestamp", "label", "a", "b"], rejected: [] });
        expect(await readSql(`SELECT driver_id, label, a, b FROM read_parquet('${asked.out.path}')`)).toEqual([
          [1n, "yes", 10n, 10n],
          [2n, null, 20n, 20n],
          [1n, "no", 11n, 11n],
        ]);
        expect(await readSql(`SELECT typeof(event_timestamp), typeof(label) FROM read_parquet('${asked.out.path}') LIMIT 1`)).toEqual([
          ["TIMESTAMP", "VARCHAR"],
        ]);
      });

      test("writes CSV, and leaves nothing beside the file", async () => {
        const asked = request({ out: { path: path("answers/x.csv").replace("answers/", ""), format: "csv" } });
        await store.join(asked);
        expect(readFileSync(asked.out.path, "utf8").split("\n")[0]).toBe("driver_id,event_timestamp,label,v");
        expect((await readdir(folder)).filter((file) => file.endsWith(".part"))).toEqual([]);
        expect((await readdir(path("temp"))).filter((file) => file.endsWith(".parquet"))).toEqual([]);
      });

      test("join keys go by other names, one view in two roles", async () => {
        await writeParquet(path("roles.parquet"), "SELECT 1::BIGINT AS pickup, 2::BIGINT AS dropoff, TIMESTAMP '2024-01-01 12:00:00' AS event_timestamp");
        const role = (column: string, output: string): JoinView => ({ ...only(view, output), joinKeyMap: { driver_id: column } });
        const asked = request({ entityRows: { path: path("roles.parquet"), format: "parquet" }, views: [role("pickup", "from"), role("dropoff", "to")] });
        await store.join(asked);
        expect(await readSql(`SELECT "from", "to" FROM read_parquet('${asked.out.path}')`)).toEqual([[10n, 20n]]);
      });

      test("a view without join keys answers every row", async () => {
        const dataSource = aFileSource({ path: path("features.parquet"), timestampField: "event_timestamp" });
        const single = aViewVersion(aView({ entities: [], features: someFeatures({ v: "int64" }) }), { dataSource });
        expect(await joined({ entityRows, views: [only(single)] })).toEqual([20n, 20n, 11n]);
        expect(await joined({ entityRows, views: [only(single)], knownAtDelaySeconds: 13 * 3600 })).toEqual([null, null, 20n]);
      });

      test("a source without rows yet leaves the features empty", async () => {
        expect(await joined({ entityRows, views: [only(viewOver(path("later/*.parquet"), 0, {}))] })).toEqual([null, null, null]);
        await writeParquet(path("none.parquet"), `${ENTITIES} LIMIT 0`);
        expect(await joined({ entityRows: { path: path("none.parquet"), format: "parquet" }, views: [only(view)] })).toEqual([]);
      });

      test("few entity rows over many feature rows", async () => {
        await writeParquet(
          path("many.parquet"),
          "SELECT i % 100 AS driver_id, TIMESTAMP '2024-01-01' + to_microseconds(i) AS event_timestamp, NULL::TIMESTAMP AS created, i AS v FROM range(5000) t(i)",
        );
        expect(await joined({ entityRows, views: [only(viewOver(path("many.parquet"), 0, {}))] })).toEqual([4901n, 4902n, 4901n]);
      });

      test("names that clash are both named", async () => {
        const work = store.join(request({ views: [only(view, "Label")] }));
        await expect(work).rejects.toMatchObject({ code: "invalid_argument", message: expect.stringMatching(/"Label".*"label".*driver_stats:v/) });
        await expect(store.join(request({ views: [only(view), only(view)] }))).rejects.toMatchObject({ code: "invalid_argument" });
      });

      test("entity rows that do not fit say what is wrong", async () => {
        const over = async (select: string, change: Partial<JoinRequest> = {}): Promise<string> => {
          const file = path(`wrong-${files++}.parquet`);
          await writeParquet(file, select);
          const failed = await store.join(request({ entityRows: { path: file, format: "parquet" }, ...change })).then(
            () => "it worked",
            (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
          );
          return failed;
        };
        expect(await over("SELECT 1 AS id, now() AS event_timestamp")).toMatch(/^invalid_argument: .*no column "driver_id"/);
        expect(await over("SELECT 1 AS driver_id, now() AS ts")).toMatch(/^invalid_argument: .*no column "event_timestamp"/);
        expect(await over("SELECT 1 AS driver_id, 5 AS event_timestamp")).toMatch(/^invalid_argument: .*INTEGER, not a time/);
        expect(await over("SELECT 'abc' AS driver_id, now() AS event_timestamp")).toBe('invalid_argument: Entity row 1: driver_id "abc" is not an int64.');
        expect(await over("SELECT 1 AS driver_id, 'noon' AS event_timestamp")).toBe(
          'invalid_argument: Entity row 1: event_timestamp "noon" is not a timestamp.',
        );
        expect(await over("SELECT [1] AS driver_id, now() AS event_timestamp")).toMatch(/^invalid_argument: .*cannot be compared/);
        expect(await over(ENTITIES, { out: { path: path("nowhere/out.parquet"), format: "parquet" } })).toMatch(/^invalid_argument: There is no folder/);
        expect(await over(ENTITIES, { entityRows: { path: path("nowhere.parquet"), format: "parquet" } })).toMatch(/^not_found/);
      });

      test('keys that the declared type cannot hold match nothing; text digits are numbers, and "007" is text', async () => {
        await writeParquet(
          path("double.parquet"),
          "SELECT 1.5::DOUBLE AS driver_id, TIMESTAMP '2024-01-03' AS event_timestamp UNION ALL SELECT 1.0, TIMESTAMP '2024-01-03' UNION ALL SELECT 1e30, TIMESTAMP '2024-01-03'",
        );
        expect((await joined({ entityRows: { path: path("double.parquet"), format: "parquet" }, views: [only(view)] })).sort()).toEqual([11n, null, null]);
        await writeCsv(
          path("text.csv"),
          ["code", "event_timestamp"],
          [
            ["007", "2024-01-03"],
            ["7", "2024-01-03"],
          ],
        );
        await writeParquet(
          path("codes.parquet"),
          "SELECT '007' AS code, TIMESTAMP '2024-01-01' AS event_timestamp, NULL::TIMESTAMP AS created, 7::BIGINT AS v",
        );
        const codes = viewOver(path("codes.parquet"), 0, { joinKeys: [{ name: "code", type: "string" }] });
        expect(await joined({ entityRows: { path: path("text.csv"), format: "csv" }, views: [only(codes)] })).toEqual([7n, null]);
      });

      test("a row whose value does not fit is not there, and is told of", async () => {
        await writeParquet(
          path("unfit.parquet"),
          "SELECT * FROM (VALUES (1::BIGINT, TIMESTAMP '2024-01-01', NULL::TIMESTAMP, 1::BIGINT), (1, '2024-01-02', NULL, 3000000000)) t(driver_id, event_timestamp, created, v)",
        );
        const narrow = viewOver(path("unfit.parquet"), 0, {}, { features: someFeatures({ v: "int32" }) });
        const asked = request({ views: [only(narrow)] });
        expect((await store.join(asked)).rejected).toEqual([{ view: "driver_stats", rejection: { reason: 'v: "3000000000" is not an int32', count: 1 } }]);
        expect(await readSql(`SELECT v FROM read_parquet('${asked.out.path}')`)).toEqual([[1], [null], [1]]);
      });

      test("timestamps come out as such, in UTC", async () => {
        await writeParquet(
          path("times.parquet"),
          "SELECT 1::BIGINT AS driver_id, TIMESTAMP '2024-01-01' AS event_timestamp, NULL::TIMESTAMP AS created, TIMESTAMPTZ '2024-01-01 07:00:00.000001+07' AS t, [TIMESTAMP '2024-01-01'] AS l",
        );
        const times = viewOver(path("times.parquet"), 0, {}, { features: someFeatures({ t: "timestamp", l: "timestamp[]" }) });
        const asked = request({
          views: [
            {
              view: times,
              joinKeyMap: {},
              features: [
                { feature: "t", output: "t" },
                { feature: "l", output: "l" },
              ],
            },
          ],
        });
        await store.join(asked);
        const [row] = await readSql(`SELECT typeof(t), epoch_us(t), typeof(l) FROM read_parquet('${asked.out.path}')`);
        expect(row).toEqual(["TIMESTAMP WITH TIME ZONE", parseTimestamp("2024-01-01T00:00:00.000001Z"), "TIMESTAMP WITH TIME ZONE[]"]);
      });

      test("a cancelled join leaves no file", async () => {
        const asked = request();
        await expect(store.join(asked, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
        expect(existsSync(asked.out.path)).toBe(false);
      });
    });
  });
}
