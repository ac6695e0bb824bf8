import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseTimestamp } from "../../../kit/index.ts";
import { aFileSource, aView, aViewVersion, someFeatures } from "../../../testing/builders.ts";
import { writeCsv, writeParquet } from "../../../testing/offline-files.ts";
import { withFolder } from "../../../testing/world.ts";
import type { StageWindow } from "../../port.ts";
import { duckdbEngine, type Engine } from "./engine.ts";
import { estimateWindow } from "./estimate-window.ts";

// Sources too large to be counted, played by small ones.
const LARGE = { timeoutMs: 5_000, countedBytesMax: 0 };
const HALF: StageWindow = { kind: "range", start: parseTimestamp("2024-01-01"), end: parseTimestamp("2024-01-01T06:56:39Z") };
const ALL: StageWindow = { kind: "everything", end: parseTimestamp("2025-01-01") };

let folder: string;
let engine: Engine;
let dispose: () => Promise<void>;
beforeAll(async () => {
  const owned = await withFolder();
  folder = owned.path;
  engine = duckdbEngine({ memoryLimitMb: 128, threads: 2, tempDirectory: join(folder, "temp") });
  dispose = async () => {
    await engine.dispose();
    await owned.dispose();
  };
  await writeParquet(
    join(folder, "large.parquet"),
    "SELECT i % 100 AS driver_id, TIMESTAMP '2024-01-01' + to_seconds(i::INT) AS datetime, NULL::TIMESTAMP AS created, 1 AS v FROM range(50000) t(i)",
  );
  await writeCsv(
    join(folder, "large.csv"),
    ["driver_id", "datetime", "created", "v"],
    Array.from({ length: 5_000 }, (_, i) => [i % 100, "2024-01-01", null, 1]),
  );
});
afterAll(() => dispose());

const estimate = (file: string, window: StageWindow, options: { timeoutMs: number; countedBytesMax: number }, transform: string | null = null) => {
  const dataSource = aFileSource({ path: join(folder, file), format: file.endsWith("csv") ? "csv" : "parquet" });
  return estimateWindow({ engine, variables: {} }, aViewVersion(aView({ features: someFeatures({ v: "int32" }), transform }), { dataSource }), window, options);
};

test("Parquet: rows by row group statistics, keys by a sketch", async () => {
  const { rows, keys, exact, basis, bytes } = await estimate("large.parquet", HALF, LARGE);
  expect(Math.abs((rows ?? 0) - 25_000)).toBeLessThan(100);
  expect(Math.abs((keys ?? 0) - 100)).toBeLessThan(20);
  expect([exact, bytes !== null && bytes > 0]).toEqual([false, true]);
  expect(basis).toContain("row group statistics");
});

test("no time left: keys are unknown, rows are not", async () => {
  expect(await estimate("large.parquet", ALL, { ...LARGE, timeoutMs: 0 })).toMatchObject({ rows: 50_000, keys: null });
});

test("a transform may change everything, and the basis says so", async () => {
  expect(await estimate("large.parquet", HALF, LARGE, "select * from input")).toMatchObject({
    rows: 50_000,
    keys: null,
    basis: expect.stringContaining("before its transform"),
  });
});

test("text: all rows by their length, of a narrower window nothing", async () => {
  const all = await estimate("large.csv", ALL, LARGE);
  expect(Math.abs((all.rows ?? 0) - 5_000)).toBeLessThan(50);
  expect(await estimate("large.csv", HALF, LARGE)).toMatchObject({ rows: null, keys: null, exact: false });
});
