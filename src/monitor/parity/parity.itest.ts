import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveDepsOf } from "../../cli/serve-deps.ts";
import { fixedClock, formatTimestamp, type Micros, silentLogger, toDate } from "../../kit/index.ts";
import { runMaterialize, startMaterialize } from "../../materialize/index.ts";
import { createSampler, getOnlineFeatures, type RunningSampler, writeToOnlineStore } from "../../serve/index.ts";
import { aFileSource, anEntity, aPushSource, aService, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { createCaller } from "../../trpc/router.ts";
import { setSampling } from "../served/set-sampling.ts";
import { compareOnce } from "../start-monitor.ts";
import type { ParityFound } from "./port.ts";

/* Real serving over SQLite, its samples in PostgreSQL, the history in Parquet: what is found when history is as served, and when it is not. */

const KEYS = 800;
const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;
let world: PipelineWorld;
let sampler: RunningSampler;
let start: Micros;

const types = { rate: "float32", trips: "int64", city: "string" } as const;
/** A row per key, two hours old; `odd` says what is otherwise in the history by now. */
const rows = (
  odd = "i::float / 3",
) => `select i::bigint driver_id, make_timestamp(${start - 7_200n * SECOND}) datetime, make_timestamp(${start - 7_200n * SECOND}) created,
  (${odd})::float rate, 9007199254740993 + i trips, case when i % 2 = 0 then 'Oslo' end city from range(1, ${KEYS + 1}) t(i)`;

async function writeHistory(...selects: readonly string[]): Promise<void> {
  await writeParquet(world.home, "stats.parquet", selects.join(" union all "));
}

beforeAll(async () => {
  world = await pipelineWorld();
  start = world.runtime.clock.now();
  await writeHistory(rows());
  const source = aFileSource({ path: `${world.home}/stats.parquet` });
  const stats = aView({ features: someFeatures(types), ttlSeconds: 86_400, team: "fleet", transform: "select * replace (rate * 2 as rate) from input" });
  const short = aView({ name: "short", features: someFeatures({ trips: "int64" }), ttlSeconds: 60 });
  const push = aPushSource({ batchSource: aFileSource({ path: `${world.home}/stats.parquet` }) });
  const pushed = aView({ name: "pushed", features: someFeatures({ trips: "int64" }), source: push.name });
  await world.apply([anEntity(), source, push, stats, short, pushed, aService({ driver_stats: null })]);
  const { runtime, project } = world;
  const { runs } = await startMaterialize(runtime, { actor: runtime.localOwner, project, views: null, window: { kind: "everything" } });
  for (const { run } of runs) await runMaterialize(runtime, { run }, { signal: new AbortController().signal, worker: "test" });
  for (const view of ["driver_stats", "short", "pushed"])
    await setSampling(runtime, { actor: runtime.localOwner, project, view, rate: 1, rowsPerSecondMax: 100 });
  // Not started: the test says when it stores, however busy the machine is.
  sampler = createSampler({ store: runtime.sampleStore, observer: { sampled() {}, stored() {}, dropped() {} }, logger: silentLogger });
  await sampler.flush();
});
afterAll(async () => {
  await world.dispose();
});

let kept = 0;

const owned = () => ({ actor: world.runtime.localOwner, project: world.project });

/** Asks for keys, and stores the samples. */
async function ask(ids: readonly number[], view = "driver_stats", features = ["rate", "trips", "city"]): Promise<void> {
  const request = { features: features.map((feature) => `${view}:${feature}`), entities: { driver_id: ids }, fullFeatureNames: false, namesVersions: false };
  await getOnlineFeatures({ ...serveDepsOf(world.runtime), sampler }, { ...owned(), ...request });
  await sampler.flush();
  kept += ids.length;
  const counts = await world.runtime.servedSamples.counts(world.project, 0n, null);
  expect(counts.reduce((sum, { samples }) => sum + samples, 0)).toBe(kept);
}

async function compare(later = 120n * SECOND): Promise<void> {
  const now = world.runtime.clock.now() + later;
  await compareOnce({ ...world.runtime, clock: fixedClock(now) }, new AbortController().signal);
}

/** Whole rows of a view by what was found. */
async function found(view = "driver_stats", feature = ""): Promise<Partial<Record<ParityFound, number>>> {
  const counts = await world.runtime.parityStore.counts({
    project: world.project,
    from: toDate(start - DAY),
    view,
    of: "rows_and_features",
  });
  const sums: Partial<Record<ParityFound, number>> = {};
  for (const one of counts.filter((count) => count.feature === feature)) sums[one.found] = (sums[one.found] ?? 0) + one.samples;
  return sums;
}

const examples = (kinds: readonly ParityFound[]) =>
  world.runtime.parityStore.examples({ project: world.project, view: "driver_stats", found: kinds, limit: 50 });
const incidents = async () =>
  (await world.runtime.incidents.list({ project: world.project, page: 1, pageSize: 50 })).rows.filter(({ check }) => check === "parity");

describe("what was served, held against the history", () => {
  it("is the same while nothing changed: transform, float32, int64 and nulls included", async () => {
    await ask([1, 2, 3, 9_999]);
    await ask([1, 2], "short", ["trips"]);
    await compare();
    expect(await found()).toEqual({ match: 3, absent: 1 });
    expect(await found("short")).toEqual({ expired: 2 });
    expect(await found("driver_stats", "city")).toEqual({ match: 3, absent: 1 });
    await compare(); // nothing is compared twice
    expect(await found()).toEqual({ match: 3, absent: 1 });
    expect(await world.runtime.parityStore.waitingCounts(world.project)).toEqual(new Map());
    const page = (at: number) => world.runtime.parityStore.overview({ project: world.project, from: toDate(start - DAY), text: "", page: at, pageSize: 10 });
    expect(await page(9)).toEqual({ ...(await page(1)), page: 9, rows: [] }); // beyond the last page their number stands
  });

  it("waits for its grace before it is compared", async () => {
    await ask([4]);
    await compareOnce(world.runtime, new AbortController().signal);
    expect(await world.runtime.parityStore.waitingCounts(world.project)).toEqual(new Map([["driver_stats", 1]]));
    await compare();
  });

  it("tells apart what came later, what is not online yet, and what lies within the future skew", async () => {
    const now = world.runtime.clock.now();
    const extra = (id: number, event: Micros, created: Micros) =>
      `select ${id}, make_timestamp(${event}), make_timestamp(${created}), 77::float, 1::bigint, 'Bergen'`;
    await ask([10, 11]);
    await writeHistory(rows(), extra(10, now - 60n * SECOND, now - 60n * SECOND), extra(11, start - 7_200n * SECOND, now + 60n * SECOND));
    const rowsAhead = { driver_id: [12], rate: [1], trips: [1], city: ["x"], datetime: [formatTimestamp(now + 120n * SECOND)] };
    const write = { ...owned(), view: "driver_stats", rows: rowsAhead, isFresh: false };
    expect(await writeToOnlineStore(serveDepsOf(world.runtime), write)).toMatchObject({ accepted: 1 });
    await ask([12]);
    await compare();
    expect(await found()).toEqual({ match: 4, absent: 1, not_yet_online: 1, arrived_later: 1, future_skew: 1 });
    const told = (await examples(["not_yet_online", "arrived_later"])).toSorted((a, b) => Number(b.key[0]) - Number(a.key[0]));
    expect(told).toMatchObject([
      { key: [11], found: "arrived_later", differing: ["rate", "trips", "city"], history: { created: now + 60n * SECOND } },
      { key: [10], values: [Math.fround(20 / 3), 9_007_199_254_741_003n, "Oslo"], history: { event: now - 60n * SECOND, values: [154, 1, "Bergen"] } },
    ]);
    expect(await incidents()).toEqual([]);
  });

  it("raises an incident when history holds other values, with the feature and both values, and closes it again", async () => {
    await writeHistory(rows("case when i % 20 = 0 then -1 else i::float / 3 end"));
    await ask(Array.from({ length: 100 }, (_, index) => 101 + index));
    await compare();
    expect(await found("driver_stats", "rate")).toMatchObject({ mismatch: 5 });
    expect((await found("driver_stats", "city")).mismatch).toBeUndefined();
    const [example] = await examples(["mismatch"]);
    expect(example).toMatchObject({ differing: ["rate"], history: { values: [-2, expect.anything(), "Oslo"] } });
    expect(await incidents()).toMatchObject([
      {
        state: "open",
        severity: "critical",
        team: "fleet",
        cause: "values_differ",
        causeText: expect.stringMatching(/^5 of 104 \(4\.8 %\).*most in rate \(5\)\.$/),
      },
    ]);
    await writeHistory(rows());
    await ask(Array.from({ length: 800 }, (_, index) => 1 + index));
    for (let round = 0; round < 2; round += 1) await compare(); // 500 at a time
    expect(await incidents()).toMatchObject([{ state: "closed" }]);
  });

  it("is shown with its setting, by view, feature and day, and its values only to those who may read them", async () => {
    const context = { runtime: world.runtime, requestedProject: world.project, serveUrl: "http://localhost:6566", shutdown: new AbortController().signal };
    const owner = createCaller({ ...context, actor: world.runtime.localOwner }).parity;
    const { rows, total } = await owner.list({ text: "DRIVER" });
    expect([total, rows]).toMatchObject([
      1,
      [{ view: "driver_stats", compared: 903, mismatches: 5, verdict: "same", sampling: { rate: 1, isDefault: false } }],
    ]);
    expect((await owner.list({})).rows.map(({ view }) => view)).toEqual(["driver_stats", "short", "pushed"]);
    const shown = await owner.view({ view: "driver_stats" });
    expect(shown.features).toMatchObject([
      { feature: "rate", type: "float32", compared: 903, mismatches: 5 },
      { feature: "city", mismatches: 0 },
      { feature: "trips", mismatches: 0 },
    ]);
    expect(shown.days.reduce((sum, { mismatches }) => sum + mismatches, 0)).toBe(5);
    expect(shown.examples.rows[0]).toMatchObject({ found: "mismatch", cells: [{ feature: "rate", history: -2 }] });
    const stranger = createCaller({ ...context, actor: { ...world.runtime.localOwner, isAdmin: false } }).parity;
    expect((await stranger.view({ view: "driver_stats" })).examples).toEqual({ denied: expect.stringContaining("fleet"), rows: [] });
    await expect(stranger.setSampling({ view: "driver_stats", rate: 0, rowsPerSecondMax: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await owner.setSampling({ view: "short", rate: 0, rowsPerSecondMax: 2 });
    expect((await owner.view({ view: "short" })).sampling).toMatchObject({ rate: 0, rowsPerSecondMax: 2, isDefault: false, by: expect.any(String) });
    await expect(owner.view({ view: "nothing" })).rejects.toThrow("no feature view nothing");
  });

  it("looks at what was pushed once more when the batch source may have got it", async () => {
    const event = world.runtime.clock.now() - 30n * SECOND;
    const pushed = (id: number, trips: number) => ({ driver_id: [id], trips: [trips], datetime: [formatTimestamp(event)] });
    for (const id of [1, 2, 3]) await writeToOnlineStore(serveDepsOf(world.runtime), { ...owned(), view: "pushed", rows: pushed(id, id), isFresh: false });
    await ask([1, 2, 3], "pushed", ["trips"]);
    await compare();
    await compare();
    expect([await found("pushed"), await world.runtime.parityStore.waitingCounts(world.project)]).toEqual([{}, new Map()]);
    const loaded = (id: number, trips: number) =>
      `select ${id}, make_timestamp(${event}), make_timestamp(${event + 3_600n * SECOND}), 0::float, ${trips}::bigint, 'Oslo'`;
    await writeHistory(rows(), loaded(1, 1), loaded(2, 77));
    await compare(11n * 3_600n * SECOND);
    expect(await found("pushed")).toEqual({});
    await compare(13n * 3_600n * SECOND);
    expect(await found("pushed")).toEqual({ match: 1, mismatch: 1, not_in_history: 1 });
    await compare(14n * 3_600n * SECOND);
    expect(await found("pushed")).toEqual({ match: 1, mismatch: 1, not_in_history: 1 });
    await writeHistory(rows());
  });

  it("goes on when a history cannot be read, and keeps the samples for later", async () => {
    await writeParquet(world.home, "stats.parquet", "select 1 as nothing");
    await ask([1]);
    await compare();
    expect(await world.runtime.parityStore.waitingCounts(world.project)).toEqual(new Map([["driver_stats", 1]]));
    await writeHistory(rows());
    await compare();
    expect(await world.runtime.parityStore.waitingCounts(world.project)).toEqual(new Map());
  });

  it("forgets its counts after their time", async () => {
    const { servedSamples, clock } = world.runtime;
    await servedSamples.sweep({ before: 0n, countsBefore: clock.now() - 2n * DAY, rowsPerViewMax: 100_000, rowsMax: 1_000_000 });
    expect((await found()).mismatch).toBe(5);
    await servedSamples.sweep({ before: 0n, countsBefore: clock.now() + 2n * DAY, rowsPerViewMax: 100_000, rowsMax: 1_000_000 });
    expect(await found()).toEqual({});
  });
});
