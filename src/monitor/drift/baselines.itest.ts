import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, parseTimestamp } from "../../kit/index.ts";
import { requireProject } from "../../registry/index.ts";
import { aFileSource, anEntity, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import type { TrainingReceipt } from "../../training/index.ts";
import { DEFAULT_DRIFT_SETTINGS, type DriftSettings } from "./drift-settings.ts";
import { judgeDue } from "./judge-due.ts";
import { judgeDriftNow } from "./judge-now.ts";
import { saveDriftSettings } from "./save-drift-settings.ts";

/* What windows are compared to, beyond windows of the source: a training set, and values as they were served. */

const DAY = 86_400_000_000n;
const BEGIN = parseTimestamp("2024-03-04");
const NOW = BEGIN + 8n * DAY + DAY / 2n;
let world: PipelineWorld;

beforeAll(async () => {
  world = await pipelineWorld();
  const path = await writeParquet(
    world.home,
    "stats.parquet",
    `select 1::bigint + i % 300 as driver_id, make_timestamptz(${BEGIN}::bigint) + interval (i // 300) day as datetime, null::timestamptz as created,
      ((hash(i % 300) % 1000) / 1000.0)::double as rate, case when i % 3 = 0 then 'a' else 'b' end as city, [1, 2] as trips
    from range(0, 2700) t(i)`,
  );
  await world.apply([
    anEntity(),
    aFileSource({ path }),
    aView({ features: someFeatures({ rate: "float64", city: "string", trips: "int32[]" }), schedule: "0 2 * * *" }),
  ]);
  await makeTrainingSet();
});
afterAll(() => world.dispose());

/** Two rows for each driver: the newest counts. Rates lie 0.3 higher than the view's, and its feature goes by another name. */
async function makeTrainingSet(): Promise<void> {
  const { runtime, project } = world;
  await mkdir(runtime.trainingDirectory, { recursive: true });
  const rows = `select 1::bigint + i % 300 as driver_id, timestamp '2024-03-01' + interval (i // 300) hour as event_timestamp,
    case when i < 300 then 99.0 else (hash(i % 300) % 1000) / 1000.0 + 0.3 end::double as driver_stats__rate from range(0, 600) t(i)`;
  await writeParquet(runtime.trainingDirectory, "set.parquet", rows);
  const version = (await runtime.registry.snapshot(project))?.views.get("driver_stats")?.newest;
  if (version === undefined) throw new Error("no version");
  const { versionId, versionNumber, ttlSeconds, joinKeys } = version;
  const features = [{ feature: "rate", output: "driver_stats__rate" }];
  const pinned = { view: "driver_stats", versionId, version: versionNumber, ttlSeconds, joinKeys, joinKeyMap: {}, features };
  await runtime.transactor.transact(async (tx) => {
    const set = await runtime.trainingSets.create(tx, {
      id: `set_${project}`,
      project,
      name: "churn",
      description: "",
      spec: {
        entityRows: { kind: "source", source: "driver_stats", start: null, end: null, limit: 600, seed: 1, keep: [] },
        eventTimestampColumn: "event_timestamp",
        features: ["driver_stats:rate"],
        service: null,
        fullFeatureNames: true,
        knownAtDelaySeconds: null,
        keyMap: {},
      },
      pins: { views: [pinned], outputs: ["driver_stats__rate"] },
      createdBy: { name: "test" },
    });
    const receipt = { file: "set.parquet", rows: 600 } as TrainingReceipt; // drift looks at the file alone
    await runtime.trainingSets.saveResult(tx, set.id, { run: "run_1", at: new Date(), receipt });
  });
}

const deps = () => ({ ...world.runtime, clock: fixedClock(NOW) });
const view = () => ({ project: world.project, view: "driver_stats" });
const settings = (over: Partial<DriftSettings>): DriftSettings => ({ ...DEFAULT_DRIFT_SETTINGS, ...over });
const choose = (over: Partial<DriftSettings>) => saveDriftSettings(deps(), { actor: world.runtime.localOwner, ...view(), settings: settings(over) });

async function judge(over: Partial<ReturnType<typeof deps>> = {}) {
  const project = await requireProject(world.runtime.registry, world.project);
  const snapshot = await world.runtime.registry.snapshot(world.project);
  if (snapshot === null) throw new Error("no snapshot");
  while ((await judgeDue({ ...deps(), ...over }, { project, snapshot, signal: new AbortController().signal, stop: new AbortController().signal })) > 0);
  const [last] = await world.runtime.driftStore.windows(view(), 1);
  return Object.fromEntries((last?.results ?? []).map(({ feature, verdict, baselineRows, currentRows }) => [feature, [verdict, baselineRows, currentRows]]));
}

describe("a baseline", () => {
  it("can be a training set: its newest row of each key, under the names of its columns; other features are not judged", async () => {
    await choose({ baseline: { kind: "training_set", name: "churn" } });
    expect(await judge()).toEqual({ rate: ["drift", 300, 300] });
    const [window] = await world.runtime.driftStore.windows(view(), 1);
    const baseline = await world.runtime.driftStore.baselineOf(window?.baselineId ?? 0, "rate");
    expect(baseline).toMatchObject({ rows: 300, origin: { kind: "training_set", trainingSet: "churn" } });
    expect(baseline?.profiles.get("rate")?.moments?.max).toBeLessThan(2);
  });

  it("is another one when the training set was run again: all windows are judged by it", async () => {
    const { trainingSets, transactor, trainingDirectory, driftStore } = world.runtime;
    const before = new Set((await driftStore.windows(view(), 100)).map(({ baselineId }) => baselineId));
    await writeParquet(
      trainingDirectory,
      "again.parquet",
      `select 1::bigint + i as driver_id, timestamp '2024-03-01' as event_timestamp, 7.0 as driver_stats__rate from range(250) t(i)`,
    );
    const receipt = { file: "again.parquet", rows: 250 } as TrainingReceipt;
    await transactor.transact((tx) => trainingSets.saveResult(tx, `set_${world.project}`, { run: "run_2", at: new Date(), receipt }));
    await judge({ clock: fixedClock(NOW + 4n * DAY) });
    const windows = await driftStore.windows(view(), 100);
    expect(new Set(windows.map(({ results: [result] }) => result?.baselineRows))).toEqual(new Set([250]));
    expect(windows.some(({ baselineId }) => before.has(baselineId))).toBe(false);
    expect(windows.length).toBeGreaterThan(5);
  });

  it("of what was served: lists by their length, a key that had no values as null", async () => {
    const asked: string[] = [];
    const servedSamples = {
      ...world.runtime.servedSamples,
      values: async ({ features, start }: { readonly features: readonly { readonly name: string }[]; readonly start: bigint }) => {
        asked.push(features.map(({ name }) => name).join());
        const isLast = start >= BEGIN + 7n * DAY;
        const servedValue = (name: string, key: number) => (name === "rate" ? (isLast ? null : key / 200) : name === "city" ? "a" : [key, key]);
        return {
          samples: 200,
          columns: features.map(({ name }) => ({ feature: name, values: Array.from({ length: 200 }, (_, key) => servedValue(name, key)) })),
        };
      },
    };
    await choose({ values: "served", baseline: { kind: "previous_window" } });
    expect(await judge({ servedSamples })).toEqual({ rate: ["drift", 200, 200], city: ["stable", 200, 200], trips: ["stable", 200, 200] });
    expect(new Set(asked)).toEqual(new Set(["city,rate,trips"]));
  });
});

describe("judging by hand", () => {
  it("says what the last whole window is, and keeps nothing", async () => {
    await choose({});
    const before = await world.runtime.driftStore.windows(view(), 100);
    const found = await judgeDriftNow(deps(), view(), AbortSignal.timeout(60_000));
    expect([found?.window.end, found?.results.map(({ verdict }) => verdict)]).toEqual([BEGIN + 8n * DAY, ["stable", "stable", "stable"]]);
    expect(await world.runtime.driftStore.windows(view(), 100)).toEqual(before);
    expect(await judgeDriftNow(deps(), { ...view(), view: "nothing" }, AbortSignal.timeout(60_000))).toBeNull();
  });
});
