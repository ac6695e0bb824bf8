import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Leases } from "../jobs/index.ts";
import { fixedClock, type Micros, parseTimestamp } from "../kit/index.ts";
import { aFileSource, anEntity, aView } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { pauseSchedule, resumeSchedule } from "./pause-schedule.ts";
import { runMaterialize } from "./run-materialize.ts";
import { runSchedules } from "./run-schedules.ts";
import { startMaterialize } from "./start-materialize.ts";

/* Schedules on a clock that the test moves. Definitions are applied "now", so ticks are of the time after that. */

const HOUR = 3_600_000_000n;
const DAY = 24n * HOUR;
let world: PipelineWorld;
/** Midnight two days after today: after every definition of this suite. */
let midnight: Micros;

beforeAll(async () => {
  world = await pipelineWorld();
  midnight = (world.runtime.clock.now() / DAY + 2n) * DAY;
  const rows =
    "select 1::bigint driver_id, timestamptz '2026-01-01' datetime, timestamptz '2026-01-01' created, 0.5::float conv_rate, 0.5::float acc_rate, 1 avg_daily_trips";
  const source = aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) });
  await world.apply([
    anEntity(),
    source,
    aView({ schedule: "10 * * * *" }),
    aView({ name: "by_hand" }),
    aView({ name: "offline", online: false, schedule: "* * * * *" }),
  ]);
});
afterAll(() => world.dispose());

/** Moves the clock and lets the schedules run; the views of the runs that this started. */
async function tickAt(now: Micros): Promise<readonly string[]> {
  const before = await allRuns();
  await runSchedules({ ...world.runtime, clock: fixedClock(now) });
  return (await allRuns()).filter(({ id }) => !before.some((run) => run.id === id)).map(({ subject }) => subject);
}

async function allRuns() {
  return (await world.runtime.runLog.list({ project: world.project, page: 1, pageSize: 1_000 })).rows;
}

async function finishAll(): Promise<void> {
  for (const { id, state } of await allRuns()) {
    if (state === "queued") await runMaterialize(world.runtime, { run: id }, { signal: new AbortController().signal, worker: "test" });
  }
}

const STATS = ["feature_view:driver_stats"];

describe("a schedule", () => {
  const view = () => ({ actor: world.runtime.localOwner, project: world.project, view: "driver_stats" });
  beforeEach(async () => {
    midnight += DAY;
    await tickAt(midnight);
    await finishAll();
  });

  it("runs its view incrementally at each tick, once, and no view without one", async () => {
    expect(await tickAt(midnight + HOUR / 12n)).toEqual([]);
    expect(await tickAt(midnight + HOUR / 6n)).toEqual(STATS);
    const [run] = await allRuns();
    expect(run).toMatchObject({ request: { view: "driver_stats", window: { kind: "incremental" } }, actor: { kind: "system", name: "schedule" } });
    await finishAll();
    expect(await tickAt(midnight + HOUR / 6n + 60_000_000n)).toEqual([]);
    expect(await tickAt(midnight + HOUR + HOUR / 6n)).toEqual(STATS);
  });

  it("makes up for missed ticks by one run", async () => {
    expect(await tickAt(midnight + 7n * HOUR)).toEqual(STATS);
    await finishAll();
    expect(await tickAt(midnight + 7n * HOUR + 60_000_000n)).toEqual([]);
  });

  it("waits while the view is being materialized, and acts on the tick afterwards", async () => {
    await startMaterialize(world.runtime, { actor: world.runtime.localOwner, project: world.project, views: ["driver_stats"], window: { kind: "everything" } });
    expect(await tickAt(midnight + HOUR)).toEqual([]);
    await finishAll();
    expect(await tickAt(midnight + HOUR)).toEqual(STATS);
  });

  it("starts nothing while paused, survives an apply so, and makes up by one run when resumed", async () => {
    expect(await pauseSchedule(world.runtime, view())).toMatchObject({ pausedBy: world.runtime.localOwner.name });
    await pauseSchedule(world.runtime, view());
    expect(await tickAt(midnight + 3n * HOUR)).toEqual([]);
    await world.apply([anEntity(), aFileSource({ path: `${world.home}/driver_stats.parquet` }), aView({ schedule: "11 * * * *" })], true);
    expect(await tickAt(midnight + 4n * HOUR)).toEqual([]);
    expect(await resumeSchedule(world.runtime, view())).toMatchObject({ pausedAt: null, schedule: "11 * * * *" });
    expect(await tickAt(midnight + 4n * HOUR)).toEqual(STATS);
  });

  it("leaves neither run nor tick behind when it is cut short, and acts on the tick later", async () => {
    const deps = { ...world.runtime, clock: fixedClock(midnight + 2n * HOUR) };
    const dying = { ...deps.schedules, ticked: () => Promise.reject(new Error("killed")) };
    const before = (await allRuns()).length;
    expect(await runSchedules({ ...deps, schedules: dying })).toBe(0);
    expect((await allRuns()).length).toBe(before);
    expect(await tickAt(midnight + 2n * HOUR)).toEqual(STATS);
  });

  it("runs although another project fails", async () => {
    const [own] = await world.runtime.schedules.list();
    if (own === undefined) throw new Error("no schedule");
    const list = () => Promise.resolve([{ ...own, project: "gone", view: "gone" }, own]);
    const deps = { ...world.runtime, clock: fixedClock(midnight + 2n * HOUR) };
    expect(await runSchedules({ ...deps, schedules: { ...deps.schedules, list } })).toBe(1);
  });

  it("cannot be paused where there is none", async () => {
    await expect(pauseSchedule(world.runtime, { ...view(), view: "by_hand" })).rejects.toMatchObject({ code: "failed_precondition" });
    const viewer = { ...world.runtime.localOwner, isAdmin: false };
    await expect(pauseSchedule(world.runtime, { ...view(), actor: viewer })).rejects.toMatchObject({ code: "permission_denied" });
  });
});

describe("a lease", () => {
  const leases = (): Leases => world.runtime.leases;

  it("is one holder's until it runs out or is let go", async () => {
    const name = randomUUID();
    const holds = (holder: string, seconds = 60) => leases().hold(name, holder, seconds);
    expect([await holds("a"), await holds("b"), await holds("a")]).toEqual([true, false, true]);
    await leases().release(name, "b");
    expect(await holds("b")).toBe(false);
    await leases().release(name, "a");
    expect(await holds("b")).toBe(true);
  });

  it("has run out at the very instant its time is over", async () => {
    const name = randomUUID();
    for (let index = 0; index < 50; index++) expect(await leases().hold(name, `holder ${index}`, 0)).toBe(true);
  });

  it("goes to exactly one of many who ask together", async () => {
    const name = randomUUID();
    const taken = await Promise.all(Array.from({ length: 8 }, (_, index) => leases().hold(name, `holder ${index}`, 60)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});

it("the last sign of life of a worker is remembered", async () => {
  const { heartbeats } = world.runtime;
  const noon = parseTimestamp("2026-11-23T12:00:00Z");
  expect(await heartbeats.last("worker")).toBeNull();
  await heartbeats.beat("a", "worker", noon);
  await heartbeats.beat("b", "worker", noon - HOUR);
  expect(await heartbeats.last("worker")).toBe(noon);
  await heartbeats.forget(noon);
  await heartbeats.beat("a", "worker", noon + HOUR);
  expect(await heartbeats.last("worker")).toBe(noon + HOUR);
});
