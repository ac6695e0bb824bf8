import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aFileSource, aView, aViewVersion, someFeatures } from "../../../testing/builders.ts";
import { readSql, writeParquet } from "../../../testing/offline-files.ts";
import { withFolder } from "../../../testing/world.ts";
import { duckdbEngine, type Engine } from "./engine.ts";
import { findWinners } from "./find-winners.ts";
import { locateFiles } from "./locate-files.ts";
import { type Opening, openView } from "./open-view.ts";
import { writeShards } from "./stage-shards.ts";

// What happens to more keys than memory holds, with few keys: the passes and ranges are the same.
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
  const rows =
    "SELECT hash(i) % 1000 AS driver_id, TIMESTAMP '2024-01-01' + to_seconds((hash(i + 1) % 50)::INT) AS datetime, NULL::TIMESTAMP AS created, i::INT AS v";
  await mkdir(join(folder, "parts"));
  for (const part of [0, 1, 2]) await writeParquet(join(folder, "parts", `${part}.parquet`), `${rows} FROM range(${part * 4_000}, ${(part + 1) * 4_000}) t(i)`);
});
afterAll(() => dispose());

test.each([
  { passes: 1, winnersAtOnce: 1_000_000 },
  { passes: 7, winnersAtOnce: 300 },
])("$passes passes, $winnersAtOnce winners at once: each key once, its newest and last row", async ({ passes, winnersAtOnce }) => {
  const opening: Opening = { engine, variables: {} };
  const view = aViewVersion(aView({ features: someFeatures({ v: "int32" }) }), { dataSource: aFileSource({ path: join(folder, "parts") }) });
  const files = await locateFiles(aFileSource({ path: join(folder, "parts") }), {});
  const directory = join(folder, `stage-${passes}`);
  await mkdir(directory);
  const shards = await engine.use(async (session) => {
    const { rows } = await openView(opening, session, { view, files, prepare: { where: () => [], features: [0] } });
    const winners = await findWinners(session, rows, { good: [], passes });
    expect(winners).toBe(1_000);
    return writeShards(session, rows, { directory, shardRows: 90, threads: 2, winners, winnersAtOnce });
  });
  expect(shards.reduce((sum, { rows }) => sum + rows, 0)).toBe(1_000);
  expect(Math.max(...shards.map(({ rows }) => rows))).toBeLessThanOrEqual(90);
  expect(new Set(shards.map(({ file }) => file)).size).toBe(shards.length);
  const expected = `SELECT driver_id, arg_max(v, (datetime, v)) FROM read_parquet('${folder}/parts/*.parquet') GROUP BY driver_id`;
  const [wrong] = await readSql(`SELECT count(*) FROM ((${expected}) EXCEPT (SELECT driver_id, v FROM read_parquet('${directory}/*.parquet')))`);
  expect(wrong).toEqual([0n]);
});
