import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aFileSource, anEntity, aPushSource, aView, someFeatures } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { hasRedisServer, type RedisServer, startRedis } from "../testing/redis-server.ts";
import { startWorker, type Worker } from "../worker/index.ts";
import { type RunningServer, startServe } from "./start-serve.ts";

interface Answer {
  readonly status: number;
  // the bodies are JSON documents of many shapes; each test says which part it looks at
  readonly body: Record<string, never> & { readonly results: { values: unknown[]; statuses: string[]; event_timestamps: string[] }[]; readonly detail: string };
}

function client({ url }: RunningServer, project: string) {
  const call = async (path: string, body?: object): Promise<Answer> => {
    const post = { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(`${url}${path}`, body === undefined ? {} : post);
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };
  return {
    call,
    post: (route: string, body: object) => call(`/p/${project}/${route}`, body),
    read: (features: readonly string[], ids: readonly unknown[]) => call(`/p/${project}/get-online-features`, { features, entities: { driver_id: ids } }),
  };
}

const NOON = "2026-01-01T12:00:00Z";

describe("a served project", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let server: RunningServer;
  let http: ReturnType<typeof client>;
  let path: string;
  const pushed = aView({
    name: "incidents",
    type: "stream",
    source: "driver_push",
    features: someFeatures({ severity: "int32" }),
    transform: "select driver_id, datetime, created, avg_daily_trips * 10 as severity from input where avg_daily_trips > 0",
  });
  const source = () => aFileSource({ path });
  const push = () => aPushSource({ batchSource: aFileSource({ name: "incidents_file", path }) });

  beforeAll(async () => {
    world = await pipelineWorld();
    const rows = `select i::bigint driver_id, timestamptz '${NOON}' + interval (i) minute datetime, timestamptz '${NOON}' created,
      0.5::float conv_rate, (i / 4.0)::float acc_rate, i::int avg_daily_trips from range(1, 6) t(i)`;
    path = await writeParquet(world.home, "driver_stats.parquet", rows);
    await world.apply([anEntity(), source(), aView(), push(), pushed]);
    worker = await startWorker(world.runtime);
    server = await startServe({ runtime: world.runtime, host: "127.0.0.1", port: 0 });
    http = client(server, world.project);
  });
  afterAll(async () => {
    await server.stop();
    await worker.stop();
    await world.dispose();
  });

  it("is ready, and answers NOT_FOUND before the first materialize", async () => {
    expect((await http.call(`/p/${world.project}/health/ready`)).status).toBe(200);
    expect((await http.read(["driver_stats:acc_rate"], [3])).body.results[1]).toMatchObject({ values: [null], statuses: ["NOT_FOUND"] });
  });

  it("answers with the file's rows once a materialize asked for over HTTP has ended", async () => {
    const started = await http.post("materialize-incremental", { end_ts: new Date().toISOString(), feature_views: ["driver_stats"] });
    expect(started).toMatchObject({ status: 200, body: { group: expect.any(String), runs: [{ view: "driver_stats", joined: false }] } });
    const { runs } = started.body as unknown as { runs: { run: string }[] };
    expect(await world.follow(runs[0]?.run ?? "")).toMatchObject({ state: "succeeded" });
    expect((await http.read(["driver_stats:acc_rate", "driver_stats:avg_daily_trips"], [3, 3, 99])).body.results.slice(1)).toMatchObject([
      {
        values: [0.75, 0.75, null],
        statuses: ["PRESENT", "PRESENT", "NOT_FOUND"],
        event_timestamps: ["2026-01-01T12:03:00Z", "2026-01-01T12:03:00Z", "1970-01-01T00:00:00Z"],
      },
      { values: [3, 3, null] },
    ]);
  });

  it("pushes through the view's transform into the store", async () => {
    const df = { driver_id: [1, 2], avg_daily_trips: [3, -3], event_timestamp: [NOON, NOON] };
    expect(await http.post("push", { push_source_name: "driver_push", df })).toMatchObject({ status: 200, body: { accepted: 1, rejected: [] } });
    expect((await http.read(["incidents:severity"], [1, 2])).body.results[1]).toMatchObject({ values: [30, null], statuses: ["PRESENT", "NOT_FOUND"] });
  });

  it("names pushed rows that the transform cannot take, and writes the others", async () => {
    const df = { driver_id: [4, 5], avg_daily_trips: [1, "many"], event_timestamp: [NOON, NOON] };
    const { status, body } = await http.post("push", { push_source_name: "driver_push", df });
    expect({ status, body }).toMatchObject({ status: 200, body: { accepted: 1, rejected: [{ row: 1, field: "avg_daily_trips", view: "incidents" }] } });
  });

  it("notices an apply within a second, while reads go on", async () => {
    const read = () => http.read(["driver_stats:trips_again"], [3]);
    expect((await read()).status).toBe(404);
    const features = [...aView().features, ...someFeatures({ trips_again: "int32" }).map((feature) => ({ ...feature, column: "avg_daily_trips" }))];
    await world.apply([anEntity(), source(), aView({ features }), push(), pushed]);
    await vi.waitFor(async () => expect((await read()).body.results?.[1]?.statuses).toEqual(["NOT_FOUND"]), { timeout: 1_000, interval: 10 });
    expect((await http.read(["driver_stats:acc_rate"], [3])).body.results[1]?.values).toEqual([0.75]);
  });

  it("says in clear what is wrong with a window", async () => {
    expect((await http.post("materialize", { start_ts: "2026-01-02", end_ts: "2026-01-01" })).status).toBe(400);
    expect((await http.post("materialize", { start_ts: "2026-01-01", end_ts: "2026-01-02", feature_views: ["nobody"] })).status).toBe(404);
  });

  it("says that the port is taken", async () => {
    const second = startServe({ runtime: world.runtime, host: "127.0.0.1", port: server.port });
    await expect(second).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining(String(server.port)) });
  });
});

describe.skipIf(!hasRedisServer())("over a Redis that goes away", () => {
  let redis: RedisServer;
  let world: PipelineWorld;
  let server: RunningServer;

  beforeAll(async () => {
    redis = await startRedis({ persistent: true });
    world = await pipelineWorld({ redisUrl: redis.url });
    await world.apply([
      anEntity(),
      aPushSource({ batchSource: null }),
      aView({ source: "driver_push", type: "stream", features: someFeatures({ trips: "int64" }) }),
    ]);
    server = await startServe({ runtime: world.runtime, host: "127.0.0.1", port: 0 });
  });
  afterAll(async () => {
    await server.stop();
    await world.dispose();
    await redis.stop();
  });

  it("answers 503 in time and says what is down, then serves again by itself", async () => {
    const http = client(server, world.project);
    const df = { driver_id: [1], trips: [7], event_timestamp: [NOON] };
    const write = () => http.post("write-to-online-store", { feature_view_name: "driver_stats", df });
    const together = await Promise.all(Array.from({ length: 20 }, write)); // the first commands come together, over one connection
    expect(together.every(({ status }) => status === 200)).toBe(true);
    await redis.kill();
    await vi.waitFor(async () => expect((await http.read(["driver_stats:trips"], [1])).status).toBe(503), { timeout: 5_000 });
    expect((await write()).status).toBe(503);
    expect(JSON.stringify((await http.call(`/p/${world.project}/health/ready`)).body)).toContain("online store");
    await redis.restart();
    await vi.waitFor(async () => expect((await http.read(["driver_stats:trips"], [1])).body.results?.[1]?.values).toEqual([7]), { timeout: 10_000 });
  });
});
