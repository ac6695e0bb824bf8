import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServe } from "../http/start-serve.ts";
import { aFileSource, anEntity, aView } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { pythonVenv } from "../testing/python-venv.ts";
import { startWorker, type Worker } from "../worker/index.ts";

const run = promisify(execFile);
const venv = await pythonVenv("notebook");
const notebook = new URL("../../docs/notebooks/training-set.ipynb", import.meta.url);

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}

describe.skipIf(venv === null)("docs/notebooks/training-set.ipynb", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let server: RunningServer;

  beforeAll(async () => {
    world = await pipelineWorld();
    // The better a driver accepts, the better he converts, as in the example's data.
    const rows = `select k as driver_id, timestamp '2026-01-01' + to_hours(h::int) as datetime, timestamp '2026-01-01' + to_hours(h::int) as created,
      (0.2 + 0.6 * a + 0.1 * random())::float as conv_rate, a as acc_rate, (k % 20)::int as avg_daily_trips
      from (select k, h, ((k * 37 + h * 11) % 100 / 100.0)::float as a from range(100) keys(k), range(40) hours(h))`;
    await world.apply([anEntity(), aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) }), aView()]);
    worker = await startWorker(world.runtime);
    server = await startServe({ runtime: world.runtime, host: "127.0.0.1", port: 0 });
  });
  afterAll(async () => {
    await server.stop();
    await worker.stop();
    await world.dispose();
  });

  it("goes from a training set to a fitted model", async () => {
    const { cells } = JSON.parse(await readFile(notebook, "utf8")) as Notebook;
    const code = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source.join(""));
    const script = join(world.home, "notebook.py");
    await writeFile(script, code.join("\n\n"));
    const { stdout } = await run(venv?.python ?? "python3", [script], { env: { ...process.env, LARDER_URL: server.url, LARDER_PROJECT: world.project } });
    expect(stdout).toContain("driver_stats version 1 matched 2000 expired 0 not found 0");
    expect(stdout).toContain("(2000, 5)");
    expect(Number(/AUC ([\d.]+)/.exec(stdout)?.[1])).toBeGreaterThan(0.9);
  }, 120_000);
});
