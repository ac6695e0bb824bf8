import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMaterialize } from "../../materialize/index.ts";
import { aFileSource, anEntity, aPushSource, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { startWorker, type Worker } from "../../worker/index.ts";
import { createCaller } from "../router.ts";

const NOON = "timestamptz '2026-01-01 12:00:00Z'";
const rowsAt = (minute: number, rate: number) => `select i::bigint driver_id, ${NOON} + interval ${minute} minute datetime, ${NOON} created,
  (${rate} * i)::float conv_rate, 9007199254740993::bigint trips, ['a', null] badges from range(1, 4) t(i)`;

describe("a look-up", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let call: ReturnType<typeof createCaller>;
  const zone = anEntity({
    name: "zone",
    joinKeys: [
      { name: "city", type: "string" },
      { name: "cell", type: "int32" },
    ],
  });
  const stats = aView({ ttlSeconds: 86_400 * 36_500, features: someFeatures({ conv_rate: "float32", trips: "int64", badges: "string[]" }) });
  const short = aView({ name: "short_lived", ttlSeconds: 60, features: someFeatures({ trips: "int64" }) });
  const kept = aView({ name: "kept_offline", online: false, features: someFeatures({ trips: "int64" }) });
  const pushed = aView({ name: "pushed", type: "stream", source: "driver_push", features: someFeatures({ trips: "int64" }) });
  const weather = aView({ name: "weather", entities: ["zone"], source: "zones", features: someFeatures({ temperature: "float64" }) });

  beforeAll(async () => {
    world = await pipelineWorld();
    const path = await writeParquet(world.home, "driver_stats.parquet", rowsAt(0, 0.1));
    const zones = await writeParquet(
      world.home,
      "zones.parquet",
      `select 'Oslo, east' city, i::int cell, ${NOON} datetime, ${NOON} created, (i + 0.5)::double temperature from range(1, 4) t(i)`,
    );
    const sources = [aFileSource({ path }), aFileSource({ name: "zones", path: zones }), aPushSource({ batchSource: null })];
    await world.apply([anEntity(), zone, ...sources, stats, short, kept, pushed, weather]);
    worker = await startWorker(world.runtime);
    const actor = world.runtime.localOwner;
    const { runs } = await startMaterialize(world.runtime, { actor, project: world.project, views: null, window: { kind: "everything" } });
    for (const { run } of runs) expect(await world.follow(run)).toMatchObject({ state: "succeeded" });
    await writeParquet(world.home, "driver_stats.parquet", rowsAt(5, 0.2)); // the source moves on
    call = createCaller({
      runtime: world.runtime,
      actor,
      requestedProject: world.project,
      serveUrl: "http://localhost:6566",
      shutdown: new AbortController().signal,
    });
  });
  afterAll(async () => {
    await worker?.stop();
    await world?.dispose();
  });

  it("offers what views are keyed by, and keys that exist", async () => {
    expect(await call.lookup.choices()).toMatchObject([
      { id: "driver", views: 4, joinKeys: [{ name: "driver_id" }] },
      { id: "zone", views: 1, joinKeys: [{ name: "city" }, { name: "cell" }] },
    ]);
    expect((await call.lookup.keys({ entities: ["driver"], seed: 3 })).toSorted()).toEqual([["1"], ["2"], ["3"]]);
    expect((await call.lookup.keys({ entities: ["zone"], seed: 0 })).toSorted()).toEqual([1, 2, 3].map((cell) => ["Oslo, east", String(cell)]));
  });

  it("reads every feature online with status and event time, and the answer of serving itself", async () => {
    const { views, answer, request } = await call.lookup.online({ entities: ["driver"], keys: [["2"], ["99"]] });
    const noon = BigInt(Date.parse("2026-01-01T12:00:00Z")) * 1_000n;
    expect(views.map(({ view }) => view)).toEqual(["driver_stats", "kept_offline", "pushed", "short_lived"]);
    expect(views[0]).toMatchObject({
      served: 1,
      times: [noon, null],
      features: [
        {
          name: "conv_rate",
          cells: [
            { value: Math.fround(0.2), status: "PRESENT" },
            { value: null, status: "NOT_FOUND" },
          ],
        },
        { name: "trips", cells: [{ value: 9_007_199_254_740_993n }, { value: null }] },
        { name: "badges", cells: [{ value: ["a", null] }, { value: null }] },
      ],
    });
    expect(views[1]).toMatchObject({ online: false, times: null, features: [{ cells: null }] });
    expect(views[3]).toMatchObject({ times: [noon, null], features: [{ cells: [{ value: null, status: "OUTSIDE_MAX_AGE" }, { status: "NOT_FOUND" }] }] });
    expect(answer).toContain('"values":[9007199254740993,null]');
    expect(JSON.parse(request)).toMatchObject({ full_feature_names: true, entities: { driver_id: [2, 99] } });
  });

  it("puts the source's newest rows beside it", async () => {
    const { features, rows } = await call.lookup.offline({ entities: ["driver"], keys: [["2"], ["99"]], view: "driver_stats" });
    expect(features).toEqual(["badges", "conv_rate", "trips"]);
    expect(rows).toMatchObject([
      { event: BigInt(Date.parse("2026-01-01T12:05:00Z")) * 1_000n, values: [["a", null], Math.fround(0.4), 9_007_199_254_740_993n] },
      null,
    ]);
    await expect(call.lookup.offline({ entities: ["driver"], keys: [["2"]], view: "pushed" })).rejects.toMatchObject({
      message: expect.stringContaining("no batch source"),
    });
  });

  it("takes composite keys, and names the part that is wrong", async () => {
    const { views } = await call.lookup.online({ entities: ["zone"], keys: [["Oslo, east", "2"]] });
    expect(views).toMatchObject([{ view: "weather", features: [{ cells: [{ value: 2.5, status: "PRESENT" }] }] }]);
    expect((await call.lookup.offline({ entities: ["zone"], keys: [["Oslo, east", "2"]], view: "weather" })).rows).toMatchObject([{ values: [2.5] }]);
    await expect(call.lookup.online({ entities: ["zone"], keys: [["Oslo, east", "two"]] })).rejects.toThrow('cell: "two" is not an int32');
    await expect(call.lookup.online({ entities: ["zone"], keys: [["Oslo"]] })).rejects.toThrow("is made of city, cell");
    await expect(call.lookup.online({ entities: ["nobody"], keys: [["1"]] })).rejects.toThrow("no entity nobody");
  });
});
