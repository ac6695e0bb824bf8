import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aFileSource, anEntity, aService, aView } from "../testing/builders.ts";
import { readSql, writeCsv } from "../testing/offline-files.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";

const run = promisify(execFile);
const main = fileURLToPath(new URL("main.ts", import.meta.url));

describe("larder training-sets", () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await pipelineWorld();
    const rows = `select k as driver_id, timestamp '2026-01-01' as datetime, timestamp '2026-01-01' as created, k::double as conv_rate, 0.5::double as acc_rate, 7::bigint as avg_daily_trips from range(9) t(k)`;
    await world.apply([
      anEntity(),
      aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) }),
      aView(),
      aService({ driver_stats: null }),
    ]);
    await writeCsv(
      join(world.home, "orders.csv"),
      ["courier", "at", "label"],
      [
        [3, "2026-01-02", 1],
        [8, "2026-01-02", 0],
      ],
    );
  });
  afterAll(() => world.dispose());

  const larder = async (...args: readonly string[]) => {
    const { stdout } = await run(process.execPath, [main, ...args, "--json", "--project", world.project], {
      cwd: world.home,
      env: { ...process.env, ...world.env },
    });
    return JSON.parse(stdout);
  };

  it("saves, runs, shows, downloads and removes, with no worker about", async () => {
    const entities = ["--entities", "orders.csv", "--event-timestamp", "at", "--key-map", "driver_stats.driver_id=courier"];
    const made = await larder("training-sets", "create", "orders", "--features", "driver_stats:conv_rate", ...entities, "--full-feature-names", "--run");
    expect(made).toMatchObject({
      state: "succeeded",
      receipt: { rows: 2, columns: ["courier", "at", "label", "driver_stats__conv_rate"], views: [{ matched: 2, version: 1 }] },
    });
    expect(await larder("training-sets", "show", "orders")).toMatchObject({
      run: made.run,
      changed: [],
      newer: [],
      result: { checksum: made.receipt.checksum },
    });
    const out = join(world.home, "orders.csv.out.csv");
    expect(await larder("training-sets", "download", "orders", "--out", out)).toMatchObject({ run: made.run });
    expect(await readSql(`SELECT driver_stats__conv_rate::INT FROM read_csv('${out}')`)).toEqual([[3], [8]]);
    expect(await larder("training-sets", "list", "--search", "conv_rate")).toMatchObject({ total: 1, training_sets: [{ name: "orders" }] });
    const [error] = await Promise.allSettled([larder("training-sets", "remove", "orders")]);
    expect(error).toMatchObject({ status: "rejected", reason: { code: 1, stdout: expect.stringContaining("--yes") } });
    expect(await larder("training-sets", "remove", "orders", "--yes")).toEqual({ removed: "orders" });
  }, 120_000);
});
