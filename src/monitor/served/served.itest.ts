import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type FeatureValue, VALUE_TYPES } from "../../domain/index.ts";
import { type RunningServer, startServe } from "../../http/start-serve.ts";
import type { Micros } from "../../kit/index.ts";
import { runMaterialize, startMaterialize } from "../../materialize/index.ts";
import { requireProject } from "../../registry/index.ts";
import type { ServedSample } from "../../serve/index.ts";
import { aFileSource, anEntity, aView, aViewVersion, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { anyValueOf } from "../../testing/value-arbitraries.ts";
import { setSampling } from "./set-sampling.ts";

/* Serving as it runs, its samples in a real database, and the setting that a click makes. */

let world: PipelineWorld;
let server: RunningServer;
const END = 2n ** 62n;
const typed = VALUE_TYPES.map((type) => ({ name: type.replace("[]", "_list"), type }));

beforeAll(async () => {
  world = await pipelineWorld();
  const rows = `select i::bigint driver_id, now() - interval 1 minute datetime, now() - interval 1 minute created,
    0.1::float conv_rate, (i / 4.0)::float acc_rate, i::int avg_daily_trips from range(1, 6) t(i)`;
  const path = await writeParquet(world.home, "driver_stats.parquet", rows);
  await world.apply([anEntity(), aFileSource({ path }), aView(), aView({ name: "typed", online: false })]);
  const { runtime, project } = world;
  const { runs } = await startMaterialize(runtime, { actor: runtime.localOwner, project, views: ["driver_stats"], window: { kind: "everything" } });
  for (const { run } of runs) await runMaterialize(runtime, { run }, { signal: new AbortController().signal, worker: "test" });
  server = await startServe({ runtime, host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.stop();
  await world.dispose();
});

async function ask(ids: readonly number[]): Promise<string> {
  const body = JSON.stringify({ features: ["driver_stats:conv_rate", "driver_stats:avg_daily_trips"], entities: { driver_id: ids } });
  const response = await fetch(`${server.url}/p/${world.project}/get-online-features`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  return response.text();
}

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
};
const served = async () => (await world.runtime.servedSamples.counts(world.project, 0n, null)).find(({ view }) => view === "driver_stats");
const set = (rate: number, over = {}) =>
  setSampling(world.runtime, { actor: world.runtime.localOwner, project: world.project, view: "driver_stats", rate, rowsPerSecondMax: 100, ...over });
const features = [
  { name: "conv_rate", type: "float32" },
  { name: "avg_daily_trips", type: "int32" },
] as const;
const read = (over = {}) =>
  world.runtime.servedSamples.values({
    ...{ project: world.project, view: "driver_stats", versionId: null, features, start: 0n, end: END, limit: 1_000, absent: "left_out" },
    ...over,
  });

describe("serving with its samples", () => {
  it("keeps what it answers from seconds after the click on, without another byte in the answer", async () => {
    await set(0);
    await vi.waitFor(async () => expect(await world.runtime.sampleStore.rates()).toMatchObject([{ rate: 0 }]));
    const plain = await ask([1, 2, 9]);
    await set(1);
    await vi.waitFor(
      async () => {
        expect(await ask([1, 2, 9])).toBe(plain);
        // A busy machine drops rows: it is asked until each key was kept.
        expect((await read({ absent: "as_null" })).columns[1]?.values).toHaveLength(3);
      },
      { timeout: 20_000, interval: 100 },
    );
    expect((await served())?.byStatus).toMatchObject({ OUTSIDE_MAX_AGE: 0, NOT_FOUND: expect.any(Number) });
    const { columns } = await read();
    expect(columns.map(({ feature, values }) => [feature, values.toSorted()])).toEqual([
      ["conv_rate", [Math.fround(0.1), Math.fround(0.1)]],
      ["avg_daily_trips", [1, 2]],
    ]);
    expect((await read({ absent: "as_null" })).columns[1]?.values.filter((value) => value === null)).toHaveLength(1);
    expect((await read({ versionId: "999999" })).columns[0]?.values).toEqual([]);
    expect((await read({ end: 1n })).samples).toBe(0);
    await vi.waitFor(async () => {
      const busy = await metric('larder_served_samples_dropped_total\\{reason="busy"\\}'); // on a machine that is
      expect((await metric("larder_served_samples_stored_total")) + busy).toBe(await metric("larder_served_samples_drawn_total"));
    });
    expect(await metric('larder_served_samples_dropped_total\\{reason="full"\\}')).toBe(0);
  });

  it("refuses a setting that makes no sense, and one of somebody else's", async () => {
    await expect(set(1.5)).rejects.toMatchObject({ code: "invalid_argument" });
    await expect(set(0.5, { rowsPerSecondMax: 0 })).rejects.toMatchObject({ code: "invalid_argument" });
    await expect(set(0.5, { view: "nothing" })).rejects.toMatchObject({ code: "not_found" });
    await expect(set(0.5, { actor: { ...world.runtime.localOwner, isAdmin: false } })).rejects.toMatchObject({ code: "permission_denied" });
    expect(await world.runtime.servedSamples.settings(world.project)).toMatchObject([{ view: "driver_stats", rate: 1, updatedBy: expect.any(String) }]);
  });
});

describe("stored samples", () => {
  const version = aViewVersion(aView({ name: "typed", features: someFeatures(Object.fromEntries(typed.map(({ name, type }) => [name, type]))) }));
  const sample = (key: bigint, servedAt: Micros, values: readonly FeatureValue[]): ServedSample => {
    const times = { servedAt, event: servedAt, created: null, status: "PRESENT" } as const;
    return { project: world.project, view: { ...version, versionId: "1" }, key: [key], ...times, features: typed.map(({ name }) => name), values };
  };

  it("come back as the values they were, of every type", async () => {
    let at = 1n;
    await fc.assert(
      fc.asyncProperty(fc.tuple(...typed.map(({ type }) => anyValueOf(type))), async (values) => {
        at += 1n;
        await world.runtime.sampleStore.add([sample(1n, at, values)]);
        const { columns } = await read({ view: "typed", features: typed, start: at, end: at + 1n });
        expect(columns.map(({ values: [value] }) => plain(value ?? null))).toEqual(values.map(plain));
      }),
      { numRuns: 40 },
    );
  });

  it("go when they are old, too many, or of a view that is gone", async () => {
    const { sampleStore, servedSamples, registry } = world.runtime;
    const values = typed.map(() => null);
    await sampleStore.add(Array.from({ length: 10 }, (_, index) => sample(BigInt(index), 1_000_000n + BigInt(index), values)));
    await servedSamples.sweep({ before: 1_000_000n, countsBefore: 0n, rowsPerViewMax: 4, rowsMax: 1_000_000 });
    expect((await servedSamples.counts(world.project, 0n, ["typed"]))[0]).toMatchObject({ samples: 4, newest: 1_000_009n });
    await servedSamples.sweep({ before: 0n, countsBefore: 0n, rowsPerViewMax: 100, rowsMax: 2 });
    expect(await servedSamples.counts(world.project, 0n, null)).toMatchObject([{ view: "typed", samples: 2 }]);
    const { name } = await requireProject(registry, world.project);
    await world.apply([anEntity(), aFileSource({ path: `${world.home}/driver_stats.parquet` }), aView()], true);
    await servedSamples.sweep({ before: 0n, countsBefore: 0n, rowsPerViewMax: 100, rowsMax: 1_000_000 });
    expect(await servedSamples.counts(name, 0n, ["typed"])).toEqual([]);
  });
});

/** JSON has no negative zero; a served one reads as zero. */
function plain(value: FeatureValue): FeatureValue {
  if (Array.isArray(value)) return value.map(plain);
  return value === 0 ? 0 : value;
}
