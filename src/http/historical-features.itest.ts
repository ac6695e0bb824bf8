import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aFileSource, anEntity, aView } from "../testing/builders.ts";
import { readSql } from "../testing/offline-files.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { startWorker, type Worker } from "../worker/index.ts";
import { type RunningServer, startServe } from "./start-serve.ts";

describe("historical features by HTTP", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let server: RunningServer;

  beforeAll(async () => {
    world = await pipelineWorld();
    const rows = `select k as driver_id, timestamp '2026-01-01' as datetime, timestamp '2026-01-01' as created,
      k::double as conv_rate, 0.5::double as acc_rate, 7::bigint as avg_daily_trips from range(9) t(k)`;
    await world.apply([anEntity(), aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) }), aView()]);
    worker = await startWorker(world.runtime);
    server = await startServe({ runtime: world.runtime, host: "127.0.0.1", port: 0 });
  });
  afterAll(async () => {
    await server.stop();
    await worker.stop();
    await world.dispose();
  });

  const address = (path: string) => `${server.url}/p/${world.project}${path}`;
  const call = async (path: string, body?: unknown, headers: Record<string, string> = { "content-type": "application/json" }) => {
    const init =
      body === undefined ? {} : { method: "POST", headers, body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body) };
    const response = await fetch(address(path), init as RequestInit);
    return {
      status: response.status,
      body: (await response.json()) as Record<string, never> & { run: string; entity_rows: string; error: { message: string } },
    };
  };
  const features = ["driver_stats:conv_rate"];
  const entities = { driver_id: [3, 8, 77], event_timestamp: ["2026-01-02", "2026-01-02T00:00:00Z", "2026-01-02"], label: [1, 0, 1] };

  const download = async (run: string, format: "parquet" | "csv"): Promise<string> => {
    const response = await fetch(address(`/runs/${run}/download?format=${format}`));
    expect([response.status, response.headers.get("content-disposition")]).toEqual([200, `attachment; filename="features-${run}.${format}"`]);
    const file = join(world.home, `${run}.${format}`);
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    return file;
  };

  it("starts a run whose result is a file", async () => {
    const started = await call("/get-historical-features", { entities, features });
    expect(started).toMatchObject({ status: 200, body: { download: `/runs/${started.body.run}/download` } });
    await world.follow(started.body.run);
    expect((await call(`/runs/${started.body.run}`)).body).toMatchObject({ state: "succeeded", finished: true, kind: "training_set", receipt: { rows: 3 } });
    const parquet = await download(started.body.run, "parquet");
    expect(await readSql(`SELECT driver_id, label, conv_rate::INT FROM read_parquet('${parquet}')`)).toEqual([
      [3n, 1n, 3],
      [8n, 0n, 8],
      [77n, 1n, null],
    ]);
    expect((await readFile(await download(started.body.run, "csv"), "utf8")).split("\n")[0]).toBe("driver_id,event_timestamp,label,conv_rate");
  });

  it("takes a file of entity rows first", async () => {
    const sent = await call("/entity-rows?file_name=orders.csv", "driver_id,event_timestamp\n5,2026-01-02\n", { "content-type": "text/csv" });
    expect(sent).toMatchObject({ status: 200, body: { rows: 1, columns: [{ name: "driver_id", type: "int64" }, { name: "event_timestamp" }] } });
    const { body } = await call("/get-historical-features", { entity_rows: sent.body.entity_rows, features });
    expect(await world.follow(body.run)).toMatchObject({ state: "succeeded", receipt: { rows: 1 } });
  });

  it.each([
    ["no entity rows", "/get-historical-features", { features }, 400, "entities"],
    ["ragged columns", "/get-historical-features", { features, entities: { driver_id: [1], event_timestamp: [] } }, 400, "entities.event_timestamp"],
    ["an unknown view", "/get-historical-features", { features: ["nope:a"], entities }, 404, "nope"],
    ["a missing time column", "/get-historical-features", { features, entities: { driver_id: [1] } }, 400, "event_timestamp"],
    ["an unknown training set", "/get-historical-features", { training_set: "nope" }, 404, "nope"],
    ["an unknown run", "/runs/NOPE", undefined, 404, "NOPE"],
    ["a file that is none", "/entity-rows?file_name=a.bin", { a: 1 }, 400, "no file"],
  ] as const)("refuses %s", async (_what, path, body, status, text) => {
    const answer = await call(path, body);
    expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringContaining(text)]);
  });
});
