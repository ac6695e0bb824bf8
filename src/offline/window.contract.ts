import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freezeNumericBins, type Profile } from "../domain/index.ts";
import { parseTimestamp } from "../kit/index.ts";
import { aFileSource, aView, aViewVersion, someFeatures } from "../testing/builders.ts";
import { writeCsv, writeJsonLines, writeParquet } from "../testing/offline-files.ts";
import { type OpenOfflineStore, openInFolder } from "./offline-store.contract.ts";
import type { OfflineStore, RowWindow, WindowScope } from "./port.ts";

/** Windows of rows, as the monitor profiles them. */
export function windowContract(name: string, open: OpenOfflineStore): void {
  describe(`${name} opens windows of rows`, () => {
    let store: OfflineStore;
    let folder: string;
    let dispose: () => Promise<void>;
    beforeAll(async () => {
      ({ store, folder, dispose } = await openInFolder(open));
    });
    afterAll(() => dispose());

    const path = (file: string): string => join(folder, file);
    type FileOptions = Partial<Omit<Extract<WindowScope, { kind: "file" }>, "kind" | "file">>;
    const fileScope = (file: string, over: FileOptions = {}): WindowScope => {
      const format = file.endsWith(".csv") ? "csv" : file.endsWith(".jsonl") ? "jsonl" : "parquet";
      return { kind: "file", file: { path: path(file), format }, columns: null, like: [], keys: [], eventTimestampColumn: "at", ...over };
    };
    const valuesOf = async (window: RowWindow, column: string): Promise<readonly number[]> => {
      const values: number[] = [];
      for await (const chunk of window.sortedValues(column)) values.push(...chunk);
      return values;
    };
    const profileOf = async (window: RowWindow, column: string, sampled = false): Promise<Profile | undefined> => {
      const [bins] = await window.freezeBins([column]);
      return bins && (await window.profile([{ name: column, bins }], { sampled }))[0];
    };

    describe("of a view", () => {
      const viewOf = async (file: string, rows: string) => {
        await writeParquet(path(file), `SELECT * FROM (VALUES ${rows}) t(driver_id, datetime, created, v)`);
        return aViewVersion(aView({ features: someFeatures({ v: "float64" }) }), { dataSource: aFileSource({ path: path(file), format: "parquet" }) });
      };
      const ROWS = `
        (1::BIGINT, TIMESTAMP '2024-01-01 00:00:00', NULL::TIMESTAMP, 10::DOUBLE), (1, '2024-01-01 05:00:00', NULL, 11), (1, '2024-01-01 05:00:00', NULL, 12),
        (2, '2024-01-01 01:00:00', NULL, 20), (2, '2024-01-02 00:00:00', NULL, 21), (NULL, '2024-01-01 02:00:00', NULL, 99)`;
      const [start, end] = [parseTimestamp("2024-01-01"), parseTimestamp("2024-01-02")];

      test("holds the rows from start to before end, those that a run would reject left out", async () => {
        const view = await viewOf("rows.parquet", ROWS);
        const scope = { kind: "view", view, columns: ["v"], unit: "row" } as const;
        expect(await store.withWindow({ ...scope, ranges: [{ start, end }] }, (window) => valuesOf(window, "v"))).toEqual([10, 11, 12, 20]);
        expect(await store.withWindow({ ...scope, ranges: [{ start: end, end: null }] }, (window) => valuesOf(window, "v"))).toEqual([21]);
        expect(await store.withWindow({ ...scope, ranges: [{ start: null, end: null }] }, async (window) => window.rows)).toBe(5);
      });

      test("or the newest row per entity key", async () => {
        const view = await viewOf("newest.parquet", ROWS);
        const scope = { kind: "view", view, columns: ["v"], unit: "entity_key" } as const;
        expect(await store.withWindow({ ...scope, ranges: [{ start, end }] }, (window) => valuesOf(window, "v"))).toEqual([12, 20]);
        const nothing = { ...scope, ranges: [{ start: parseTimestamp("2030-01-01"), end: null }] };
        const none = await store.withWindow(nothing, async (window) => [window.rows, await profileOf(window, "v", true)]);
        expect(none).toEqual([
          0,
          {
            bins: { kind: "numeric", edges: [] },
            rows: 0,
            nulls: 0,
            counts: [0],
            moments: null,
            sample: expect.objectContaining({ values: new Float64Array() }),
          },
        ]);
      });

      test("or the rows of several stretches of time, a join key among the columns", async () => {
        const view = await viewOf("stretches.parquet", ROWS);
        const hour = (at: string) => ({ start: parseTimestamp(`2024-01-01T0${at}:00:00Z`), end: parseTimestamp(`2024-01-01T0${at}:30:00Z`) });
        const scope = { kind: "view", view, columns: ["v", "driver_id"], unit: "row" } as const;
        const read = (ranges: Extract<WindowScope, { kind: "view" }>["ranges"], column = "v") =>
          store.withWindow({ ...scope, ranges }, (window) => valuesOf(window, column));
        expect(await read([hour("0"), hour("1")])).toEqual([10, 20]);
        expect(await read([hour("1"), { start: end, end: null }])).toEqual([20, 21]);
        expect(await read([hour("0"), hour("1")], "driver_id")).toEqual([1, 2]);
        expect(await read([])).toEqual([]);
      });

      test("and divides them by the bins of another column", async () => {
        const rows =
          "(1::BIGINT, TIMESTAMP '2024-01-01', NULL::TIMESTAMP, 10::DOUBLE, 'a'), (2, '2024-01-01', NULL, 20, 'a'), (3, '2024-01-01', NULL, NULL, 'b'), (4, '2024-01-01', NULL, 5, NULL), (5, '2024-01-01', NULL, 7, 'new')";
        await writeParquet(path("parts.parquet"), `SELECT * FROM (VALUES ${rows}) t(driver_id, datetime, created, v, zone)`);
        const view = aViewVersion(aView({ features: someFeatures({ v: "float64", zone: "string" }) }), {
          dataSource: aFileSource({ path: path("parts.parquet"), format: "parquet" }),
        });
        const scope = { kind: "view", view, columns: ["v", "zone", "driver_id"], unit: "entity_key", ranges: [{ start: null, end: null }] } as const;
        const zone = { name: "zone", bins: { kind: "categorical", categories: ["a", "b"], others: ["c"], knowsAll: true } } as const;
        const v = { name: "v", bins: { kind: "numeric", edges: [8] } } as const;
        const [byZone, byKey] = await store.withWindow(scope, async (window) => [
          await window.segments(zone, v),
          await window.segments({ name: "driver_id", bins: { kind: "numeric", edges: [1, 3] } }, zone),
        ]);
        expect(byZone.map(({ bin, profile }) => [bin, profile.rows, profile.nulls, profile.counts, profile.moments?.mean])).toEqual([
          [0, 2, 0, [0, 2], 15],
          [1, 1, 1, [0, 0], undefined],
          [3, 1, 0, [1, 0], 7],
          [null, 1, 0, [1, 0], 5],
        ]);
        expect(byKey.map(({ bin, profile }) => [bin, profile.counts])).toEqual([
          [0, [1, 0, 0, 0]],
          [1, [1, 1, 0, 0]],
          [2, [0, 0, 0, 1]],
        ]);
      });

      test("a feature that is not there is not found", async () => {
        const view = await viewOf("missing.parquet", ROWS);
        const scope = { kind: "view", view, columns: ["w"], unit: "row", ranges: [{ start: null, end: null }] } as const;
        await expect(store.withWindow(scope, async () => {})).rejects.toMatchObject({ code: "not_found" });
      });

      test("profiles of two halves merge into that of the whole, sample included", async () => {
        const select =
          "SELECT i AS driver_id, TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS datetime, NULL::TIMESTAMP AS created, sin(i) * i AS v FROM range(30000) t(i)";
        await writeParquet(path("halves.parquet"), select);
        const view = aViewVersion(aView({ features: someFeatures({ v: "float64" }) }), {
          dataSource: aFileSource({ path: path("halves.parquet"), format: "parquet" }),
        });
        const middle = parseTimestamp("2024-01-01T04:00:00Z");
        const profileIn = (from: bigint | null, to: bigint | null, bins = freezeNumericBins(Float64Array.of(-9_000, 0, 9_000))) =>
          store.withWindow({ kind: "view", view, columns: ["v"], unit: "entity_key", ranges: [{ start: from, end: to }] }, async (window) => {
            const [profile] = await window.profile([{ name: "v", bins }], { sampled: true });
            if (profile?.sample == null) throw new Error("no sample");
            return { ...profile, sample: profile.sample };
          });
        const [first, second, whole] = [await profileIn(null, middle), await profileIn(middle, null), await profileIn(null, null)];
        expect(first.counts.map((count, bin) => count + (second.counts[bin] ?? 0))).toEqual(whole.counts);
        expect([first.rows + second.rows, whole.sample.values.length]).toEqual([30_000, 10_000]);
        const smallest = [...first.sample.priorities, ...second.sample.priorities].sort((a, b) => a - b).slice(0, 10_000);
        expect([...whole.sample.priorities].sort((a, b) => a - b)).toEqual(smallest);
      });
    });

    describe("of a file", () => {
      const HEADER = ["id", "x", "word", "at"];
      const ROWS = [
        [1, 0.5, "b", "2024-01-02 00:00:00"],
        [1, 1.5, "a", "2024-01-01 00:00:00"],
        [2, null, "b", "2024-01-01 00:00:00"],
        [3, 2.5, null, "2024-01-01 00:00:00"],
        [3, -7, "c", "2024-01-01 00:00:00"],
      ] as const;

      test.each(["t.csv", "t.jsonl", "t.parquet"])("reads %s, all rows or the newest per key", async (file) => {
        if (file.endsWith(".csv")) await writeCsv(path(file), HEADER, ROWS);
        else
          await writeJsonLines(
            path("t.jsonl"),
            ROWS.map((row) => Object.fromEntries(HEADER.map((title, index) => [title, row[index]]))),
          );
        if (file.endsWith(".parquet")) await writeParquet(path(file), `SELECT * FROM read_json('${path("t.jsonl")}')`);
        const all = await store.withWindow(fileScope(file, { columns: ["x", "word"] }), async (window) => ({
          columns: window.columns,
          x: await valuesOf(window, "x"),
          word: await profileOf(window, "word"),
        }));
        expect(all.columns.map(({ kind }) => kind)).toEqual(["numeric", "categorical"]);
        expect(all.x).toEqual([-7, 0.5, 1.5, 2.5]);
        expect(all.word).toMatchObject({ rows: 5, nulls: 1, counts: [1, 2, 1, 0, 0], bins: { categories: ["a", "b", "c"] } });
        expect(await store.withWindow(fileScope(file, { keys: ["id"] }), (window) => valuesOf(window, "x"))).toEqual([-7, 0.5]);
        expect(await store.withWindow(fileScope(file, { keys: ["id", "word"] }), (window) => valuesOf(window, "x"))).toEqual([-7, 0.5, 1.5]);
        const byPlace = fileScope(file, { keys: ["id"], eventTimestampColumn: "no such column" });
        expect(await store.withWindow(byPlace, (window) => valuesOf(window, "x"))).toEqual([-7, 1.5]);
      });

      test("measures lists and bytes by length, times by being there; NaN is null, infinities fall outside", async () => {
        await writeParquet(
          path("kinds.parquet"),
          `SELECT [1, 2] AS list, 'abc'::BLOB AS bytes, TIMESTAMP '2024-01-01' AS moment, 1.50::DECIMAL(9, 2) AS price, true AS flag, 1e300 AS huge, 'nan'::FLOAT AS x
           UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, -1e300, 'inf'::FLOAT UNION ALL SELECT [1], ''::BLOB, NULL, 2, false, 0, 1`,
        );
        const profiles = await store.withWindow(fileScope("kinds.parquet"), async (window) => {
          const names = window.columns.map((column) => column.name);
          const bins = await window.freezeBins(names);
          const found = await window.profile(
            names.flatMap((column, index) => (bins[index] ? [{ name: column, bins: bins[index] }] : [])),
            { sampled: false },
          );
          return Object.fromEntries(names.map((column, index) => [column, found[index]]));
        });
        expect(profiles.list).toMatchObject({ nulls: 1, moments: { count: 2, min: 1, max: 2, mean: 1.5 } });
        expect(profiles.bytes).toMatchObject({ nulls: 1, moments: { min: 0, max: 3 } });
        expect(profiles.moment).toMatchObject({ nulls: 2, moments: null, counts: [1, 0, 0] });
        expect(profiles.price).toMatchObject({ nulls: 1, moments: { mean: 1.75 } });
        expect(profiles.flag).toMatchObject({ nulls: 1, counts: [1, 1, 0, 0], bins: { categories: ["false", "true"] } });
        expect(profiles.huge).toMatchObject({ nulls: 0, moments: { count: 3, squares: Number.MAX_VALUE } });
        expect(profiles.x).toMatchObject({ rows: 3, nulls: 1, counts: [0, 1, 1], moments: { count: 1, mean: 1, squares: 0 } });
      });

      test("measures a column like another file's, and says which value does not fit", async () => {
        await writeCsv(
          path("text.csv"),
          ["x", "y"],
          [
            [null, "1"],
            [null, "two"],
          ],
        );
        const like = [
          { name: "x", kind: "numeric", measure: "value" },
          { name: "y", kind: "numeric", measure: "value" },
        ] as const;
        expect(await store.withWindow(fileScope("text.csv", { columns: ["x"], like }), (window) => valuesOf(window, "x"))).toEqual([]);
        await expect(store.withWindow(fileScope("text.csv", { like }), async () => {})).rejects.toMatchObject({
          code: "invalid_argument",
          message: expect.stringContaining('holds "two", and numbers in the other file'),
        });
        const length = [{ name: "y", kind: "numeric", measure: "length" }] as const;
        await expect(store.withWindow(fileScope("text.csv", { columns: ["y"], like: length }), async () => {})).rejects.toMatchObject({
          code: "invalid_argument",
        });
      });

      test("names columns that are not there, and files that cannot be read", async () => {
        await writeCsv(path("few.csv"), ["speed"], [[1]]);
        const missing = store.withWindow(fileScope("few.csv", { columns: ["sped"] }), async () => {});
        await expect(missing).rejects.toMatchObject({ code: "invalid_argument", hint: "Did you mean speed?" });
        await expect(store.withWindow(fileScope("few.csv", { keys: ["id"] }), async () => {})).rejects.toMatchObject({ code: "invalid_argument" });
        await writeCsv(path("broken.parquet"), ["x"], [[1]]);
        await expect(store.withWindow(fileScope("broken.parquet"), async () => {})).rejects.toMatchObject({ code: "invalid_argument" });
      });

      test("remembers the most frequent categories; further ones are OTHER, the unseen NEW", async () => {
        await writeParquet(path("base.parquet"), "SELECT 'c' || lpad((i % 250)::VARCHAR, 3, '0') AS c FROM range(700) t(i)");
        await writeParquet(path("next.parquet"), "SELECT unnest(['c000', 'c249', 'c249', 'zebra', NULL]) AS c");
        const [bins] = await store.withWindow(fileScope("base.parquet"), (window) => window.freezeBins(["c"]));
        if (bins?.kind !== "categorical") throw new Error("categories expected");
        expect([bins.categories.length, bins.categories.at(-1), bins.others, bins.knowsAll]).toEqual([
          200,
          "c199",
          expect.arrayContaining(["c200", "c249"]),
          true,
        ]);
        const [profile] = await store.withWindow(fileScope("next.parquet"), (window) => window.profile([{ name: "c", bins }], { sampled: true }));
        expect([profile?.counts.slice(-2), profile?.counts[0], profile?.nulls, profile?.sample]).toEqual([[2, 1], 1, 1, null]);
      });
    });
  });
}
