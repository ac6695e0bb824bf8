import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendNewHours, generateHistory } from "../../feature_repo/.feed/feed.ts";
import { loadRepo } from "../define/index.ts";
import { fixedClock, type Micros, toDate } from "../kit/index.ts";
import { runMaterialize, runSchedules, startMaterialize } from "../materialize/index.ts";
import { applyRepo, requireProject } from "../registry/index.ts";
import { type PipelineWorld, pipelineWorld } from "../testing/pipeline-world.ts";
import { judgeDue } from "./drift/judge-due.ts";
import { judgeViews } from "./freshness/judge-views.ts";
import { watchQuality } from "./quality/watch-quality.ts";
import { probeOnce, watchOnce } from "./start-monitor.ts";

/* The example as people first see it, and four hours later: what is wrong is found, named and explained, and the rest is quiet. */

const PROJECT = "ride_hailing";
const HOUR = 3_600_000_000n;
const REPO = fileURLToPath(new URL("../../feature_repo", import.meta.url));
let world: PipelineWorld;
let begin: Micros;

beforeAll(async () => {
  world = await pipelineWorld();
  begin = world.runtime.clock.now();
  await generateHistory({ directory: join(world.home, "demo"), now: toDate(begin), drivers: 400, days: 10 });
  const { runtime } = world;
  await applyRepo(runtime, { actor: runtime.localOwner, repo: await loadRepo(REPO), allowRemovals: false });
  const { runs } = await startMaterialize(runtime, { actor: runtime.localOwner, project: PROJECT, views: null, window: { kind: "incremental", end: null } });
  await work(
    runs.map(({ run }) => run),
    begin,
  );
}, 120_000);
afterAll(() => world.dispose());

async function work(runs: readonly string[], now: Micros): Promise<void> {
  for (const run of runs) await runMaterialize({ ...world.runtime, clock: fixedClock(now) }, { run }, { signal: new AbortController().signal, worker: "test" });
}

/** What the worker does within a minute: a sign of life, what schedules ask for, measuring, judging, the tick. */
async function aMinuteOfWork(now: Micros): Promise<void> {
  const deps = { ...world.runtime, clock: fixedClock(now) };
  await deps.heartbeats.beat("test-worker", "worker", now);
  if ((await runSchedules(deps)) > 0) {
    const queued = await deps.runLog.list({ project: PROJECT, states: ["queued"], page: 1, pageSize: 50 });
    const runs = queued.rows.map(({ id }) => id);
    await work(runs, now);
    await endedAt(runs, now);
  }
  await probeOnce(deps, new AbortController().signal);
  const [project, snapshot] = [await requireProject(deps.registry, PROJECT), await deps.registry.snapshot(PROJECT)];
  if (snapshot === null) throw new Error("no snapshot");
  await judgeDue(deps, { project, snapshot, signal: new AbortController().signal, stop: new AbortController().signal });
  await watchQuality(deps, new AbortController().signal);
  await watchOnce(deps, true);
}

/** A run's end is written down in the time of the machine, which the test cannot move. */
async function endedAt(runs: readonly string[], now: Micros): Promise<void> {
  const client = new pg.Client({ connectionString: world.env.DATABASE_URL });
  await client.connect();
  await client.query("UPDATE run SET finished_at = $1 WHERE id = ANY ($2)", [toDate(now), runs]);
  await client.end();
}

async function findings() {
  const { rows } = await world.runtime.incidents.list({ project: PROJECT, state: "open", page: 1, pageSize: 50 });
  return rows.map(({ check, subject, cause, causeText, team, detail }) => ({ check, subject, cause, causeText, team, detail }));
}

async function expectTheTruth(now: Micros): Promise<void> {
  const found = await findings();
  const of = (check: string) => found.filter((one) => one.check === check).map(({ subject }) => subject);
  expect(of("freshness")).toEqual(["feature_view:vehicle_telemetry"]);
  // Acceptance sinks; what is made of it sinks with it.
  expect(of("drift")).toContain("feature:driver_stats:acc_rate");
  const fromAcceptance = /^feature:(driver_stats|driver_stats_stream):acc_rate$|^feature:driver_reliability:/;
  expect(of("drift").filter((subject) => !fromAcceptance.test(subject))).toEqual([]);
  expect(found.filter(({ check }) => check !== "drift" && check !== "freshness")).toEqual([]);
  const drift = found.find(({ subject }) => subject === "feature:driver_stats:acc_rate");
  expect(drift).toMatchObject({ team: "fleet", cause: "shifted:driver_id" });
  expect(drift?.detail).toMatchObject({ services: ["driver_activity", "dispatch_ranking"], segment: { label: expect.stringMatching(/^> 12[34]\d/) } });
  expect(drift?.causeText).toMatch(/^acc_rate is \d\.\d+ sd lower on average .* since \d{4}-\d\d-\d\d\. One part of driver_id carries \d+ % of it/);
  const judged = await judgeViews({ ...world.runtime, clock: fixedClock(now) }, await requireProject(world.runtime.registry, PROJECT));
  const notOnTime = judged
    .filter(({ freshness }) => freshness.state !== "on time")
    .map(({ facts, freshness }) => [facts.view, freshness.state, freshness.cause]);
  expect(notOnTime).toContainEqual(["vehicle_telemetry", "late", "source_silent"]);
  expect(notOnTime.filter(([, state]) => state === "late")).toHaveLength(1);
}

describe("the example", () => {
  it("is seen as it is in the first minutes: one feed stopped, one rate drifts because of the drivers hired last, the rest is quiet", async () => {
    await aMinuteOfWork(begin);
    await aMinuteOfWork(begin + 60_000_000n);
    await expectTheTruth(begin + 60_000_000n);
  }, 120_000);

  it("is seen as it is four hours later too", async () => {
    const later = begin + 4n * HOUR;
    await appendNewHours({ directory: join(world.home, "demo"), now: toDate(later) });
    await aMinuteOfWork(later);
    await aMinuteOfWork(later + 360_000_000n);
    await expectTheTruth(later + 360_000_000n);
    const drifting = await world.runtime.driftStore.features({ project: PROJECT, verdict: "drift", page: 1, pageSize: 50 });
    expect(drifting.rows.map(({ view, feature }) => `${view}:${feature}`)).toContain("driver_stats:acc_rate");
  }, 120_000);
});
