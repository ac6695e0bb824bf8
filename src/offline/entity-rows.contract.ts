import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ViewVersion } from "../domain/index.ts";
import { parseTimestamp } from "../kit/index.ts";
import { aFileSource, aView, aViewVersion, someFeatures } from "../testing/builders.ts";
import { readSql, writeCsv, writeParquet } from "../testing/offline-files.ts";
import { type OpenOfflineStore, openInFolder } from "./offline-store.contract.ts";
import type { DrawRequest, MatchRequest, OfflineStore } from "./port.ts";

const DAY = 86_400;

/** What an offline store says and makes of entity rows, before and beside the join. */
export function entityRowsContract(name: string, open: OpenOfflineStore): void {
  describe(`${name} and entity rows`, () => {
    let store: OfflineStore;
    let folder: string;
    let dispose: () => Promise<void>;

    beforeAll(async () => {
      ({ store, folder, dispose } = await openInFolder(open));
      await writeParquet(
        path("stats.parquet"),
        `SELECT * FROM (VALUES
          (1::BIGINT, TIMESTAMP '2024-01-01', TIMESTAMP '2024-01-01', 10::BIGINT), (1, '2024-01-05', '2024-01-05', NULL), (1, '2024-01-05', '2024-01-20', 12),
          (2, '2024-01-02', '2024-01-02', 20), (3, '2024-02-01', '2024-02-01', 30)) t(driver_id, datetime, created, v)`,
      );
      await writeCsv(
        path("asked.csv"),
        ["driver_id", "event_timestamp"],
        [
          [1, "2024-01-05"], // at the very moment
          [1, "2024-01-08 00:00:01"], // a second too old with a ttl of three days
          [1, "2023-12-31"], // before the first row
          [2, "2024-01-03"],
          [3, "2024-01-03"], // a row of the future is none
          [9, "2024-01-03"], // no such key
          [null, "2024-01-03"],
        ],
      );
    });
    afterAll(() => dispose());

    const path = (file: string): string => join(folder, file);
    const stats = (over: Parameters<typeof aView>[0] = {}): ViewVersion =>
      aViewVersion(aView({ features: someFeatures({ v: "int64" }), ...over }), { dataSource: aFileSource({ path: path("stats.parquet") }) });
    const matches = (over: Partial<MatchRequest> = {}, view = stats({ ttlSeconds: 3 * DAY })) => {
      const views = [{ view, joinKeyMap: {}, features: [] }];
      const entityRows = { path: path("asked.csv"), format: "csv" } as const;
      return store.countMatches({ entityRows, eventTimestampColumn: "event_timestamp", views, knownAtDelaySeconds: null, sampleRows: null, ...over });
    };

    test("counts matched, expired and not found as the join would", async () => {
      expect(await matches()).toEqual([{ view: "driver_stats", joinKeyMap: {}, rows: 7, matched: 2, expired: 1, notFound: 4 }]);
      expect(await matches({}, stats())).toMatchObject([{ matched: 3, expired: 0, notFound: 4 }]);
      expect(await matches({}, stats({ transform: "select * from input where driver_id <> 2", ttlSeconds: 3 * DAY }))).toMatchObject([
        { matched: 1, expired: 1 },
      ]);
    });

    test("counts by what was known", async () => {
      expect(await matches({ knownAtDelaySeconds: 0 })).toMatchObject([{ matched: 2, expired: 1, notFound: 4 }]);
      // a day later known: at its own moment driver 1 has the row of four days before, and at the end that of the fifth, too old
      expect(await matches({ knownAtDelaySeconds: DAY }, stats({ ttlSeconds: 2 * DAY }))).toMatchObject([{ matched: 1, expired: 2, notFound: 4 }]);
    });

    test("a view without entities has one row for all", async () => {
      expect(await matches({}, stats({ entities: [], ttlSeconds: 3 * DAY }))).toMatchObject([{ rows: 7, matched: 5, expired: 1, notFound: 1 }]);
    });

    test("looks at a sample, of any format", async () => {
      expect(await matches({ sampleRows: 3 })).toMatchObject([{ rows: 3 }]);
      await writeParquet(path("many.parquet"), "SELECT 2::BIGINT AS driver_id, TIMESTAMP '2024-01-03' AS event_timestamp FROM range(5000)");
      expect(await matches({ entityRows: { path: path("many.parquet"), format: "parquet" }, sampleRows: 100 })).toMatchObject([{ rows: 100, matched: 100 }]);
    });

    test("refuses entity rows that do not fit, naming the column", async () => {
      await expect(matches({ eventTimestampColumn: "at" })).rejects.toMatchObject({ code: "invalid_argument", message: expect.stringContaining('"at"') });
      await expect(matches({ entityRows: { path: path("none.csv"), format: "csv" } })).rejects.toMatchObject({ code: "not_found" });
    });

    const draw = (over: Partial<DrawRequest> = {}) =>
      store.drawEntityRows({
        source: aFileSource({ path: path("stats.parquet") }),
        keys: [{ name: "driver_id", column: "driver_id", type: "int64" }],
        eventTimestampColumn: "event_timestamp",
        keep: [],
        start: null,
        end: null,
        limit: 1_000,
        seed: 1,
        out: path("drawn.parquet"),
        ...over,
      });
    const drawn = () => readSql(`SELECT * EXCLUDE (event_timestamp), epoch_us(event_timestamp) FROM read_parquet('${path("drawn.parquet")}')`);

    test("draws distinct keys and times of a source, in order of time, within a window", async () => {
      expect(await draw()).toBe(4); // the correction has the key and the time of the row that it corrects
      expect(await drawn()).toEqual([
        [1n, parseTimestamp("2024-01-01")],
        [2n, parseTimestamp("2024-01-02")],
        [1n, parseTimestamp("2024-01-05")],
        [3n, parseTimestamp("2024-02-01")],
      ]);
      expect(await draw({ start: parseTimestamp("2024-01-02"), end: parseTimestamp("2024-01-05") })).toBe(2);
    });

    test("writes a key under another name and carries columns along", async () => {
      expect(await draw({ keys: [{ name: "courier", column: "driver_id", type: "int64" }], keep: ["v"], end: parseTimestamp("2024-01-01") })).toBe(1);
      expect(await drawn()).toEqual([[1n, 10n, parseTimestamp("2024-01-01")]]);
      await expect(draw({ keep: ["nope"] })).rejects.toMatchObject({ code: "invalid_argument", message: expect.stringContaining('"nope"') });
      await expect(draw({ keep: ["v"], eventTimestampColumn: "V" })).rejects.toMatchObject({ code: "invalid_argument" });
    });

    test("the same seed draws the same rows", async () => {
      await writeParquet(path("big.parquet"), "SELECT a AS driver_id, TIMESTAMP '2024-01-01' AS datetime, NULL::TIMESTAMP AS created FROM range(20000) t(a)");
      const sample = async (seed: number): Promise<string> => {
        expect(await draw({ source: aFileSource({ path: path("big.parquet") }), limit: 50, seed })).toBe(50);
        return (await drawn()).map(([driver]) => String(driver)).join();
      };
      const first = await sample(7);
      expect(await sample(7)).toBe(first);
      expect(await sample(8)).not.toBe(first);
    });

    test("describes a file: columns, rows, the first of them", async () => {
      await writeParquet(path("odd.parquet"), "SELECT a, a / 3.0 AS third, DATE '2024-01-01' AS d, {'x': 1} AS nested FROM range(30) t(a)");
      const { columns, rows, head } = await store.describeRows({ path: path("odd.parquet"), format: "parquet" }, 2);
      expect(rows).toBe(30);
      expect(columns.map(({ name, type }) => [name, type])).toEqual([
        ["a", "int64"],
        ["third", "float64"],
        ["d", null],
        ["nested", null],
      ]);
      expect(head.rows.map(([a]) => a)).toEqual([0n, 1n]);
      const text = { path: path("broken.parquet"), name: "orders.parquet", format: "parquet" } as const;
      await writeCsv(text.path, ["a"], [[1]]);
      await expect(store.describeRows(text, 1)).rejects.toMatchObject({ code: "invalid_argument", message: expect.stringContaining("orders.parquet") });
    });

    test("copies a file into another format", async () => {
      await store.copyRows({ path: path("asked.csv"), format: "csv" }, { path: path("copy.parquet"), format: "parquet" });
      await store.copyRows({ path: path("copy.parquet"), format: "parquet" }, { path: path("copy.csv"), format: "csv" });
      expect(await readSql(`SELECT driver_id FROM read_csv('${path("copy.csv")}')`)).toEqual([[1n], [1n], [1n], [2n], [3n], [9n], [null]]);
    });
  });
}
