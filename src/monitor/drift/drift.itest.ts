import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, type Micros, parseTimestamp } from "../../kit/index.ts";
import { requireProject } from "../../registry/index.ts";
import { aFileSource, anEntity, aService, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { DEFAULT_DRIFT_SETTINGS } from "./drift-settings.ts";
import { judgeDue } from "./judge-due.ts";
import { saveDriftSettings } from "./save-drift-settings.ts";

/* Drift in the background on a real database and a real engine, with a clock that the test moves. */

const DAY = 86_400_000_000n;
const BEGIN = parseTimestamp("2024-03-04");
let world: PipelineWorld;

/**
 * Rows of 400 drivers at noon of each day. `steady` stays; `rate` sinks by 0.3 for drivers above 300 from day 10 to day 20; one view has
 * rows of few drivers only.
 */
async function writeRows(untilDay: number, { fromDay = 0, without = -1 } = {}): Promise<{ readonly path: string; readonly few: string }> {
  const rows = (drivers: number) => `
    select 1::bigint + i % ${drivers} as driver_id, make_timestamptz(${BEGIN}::bigint) + interval (i // ${drivers}) day + interval 12 hour as datetime,
      null::timestamptz as created, ((hash(i % ${drivers}) % 1000) / 1000.0)::double as steady,
      ((hash(i % ${drivers}, 1) % 1000) / 1000.0 - case when i // ${drivers} between 10 and 19 and i % ${drivers} >= 300 then 0.9 else 0 end)::double as rate
    from range(${fromDay * drivers}, ${untilDay * drivers}) t(i) where i // ${drivers} <> ${without}
    union all select 1, timestamptz '1970-01-01 06:00:00Z', null, 0.5, 0.5`;
  return { path: await writeParquet(world.home, "stats.parquet", rows(400)), few: await writeParquet(world.home, "few.parquet", rows(20)) };
}

beforeAll(async () => {
  world = await pipelineWorld();
  const { path, few } = await writeRows(10);
  const features = someFeatures({ steady: "float64", rate: "float64" });
  await world.apply([
    anEntity(),
    aFileSource({ path }),
    aFileSource({ name: "few", path: few }),
    aView({ features, schedule: "0 13 * * *", team: "fleet" }),
    aView({ name: "few", source: "few", features, schedule: "0 13 * * *" }),
    aService({ driver_stats: ["rate"] }),
  ]);
});
afterAll(() => world.dispose());

const onDay = (day: number): Micros => BEGIN + BigInt(day) * DAY + DAY / 2n + 3_600_000_000n;

async function judge(day: number): Promise<number> {
  const { registry } = world.runtime;
  const project = await requireProject(registry, world.project);
  const snapshot = await registry.snapshot(world.project);
  if (snapshot === null) throw new Error("no snapshot");
  let all = 0;
  for (;;) {
    const judged = await judgeDue(
      { ...world.runtime, clock: fixedClock(onDay(day)) },
      { project, snapshot, signal: new AbortController().signal, stop: new AbortController().signal },
    );
    if (judged === 0) return all;
    all += judged;
  }
}

const dayOf = (moment: Micros): number => Number((moment - BEGIN) / DAY);

const key = () => ({ project: world.project, view: "driver_stats" });
const now = async () => {
  const { rows } = await world.runtime.driftStore.features({ project: world.project, page: 1, pageSize: 50 });
  return Object.fromEntries(rows.map(({ view, feature, verdict }) => [`${view}.${feature}`, verdict]));
};
const incidents = async () =>
  (await world.runtime.incidents.list({ project: world.project, page: 1, pageSize: 50 })).rows.filter(({ check }) => check === "drift");

describe("drift in the background", () => {
  it("judges the history on its own: quiet, and silent where there are too few rows", async () => {
    expect(await judge(9)).toBe(16); // days 1 to 8 of two views, against day 0
    expect(await now()).toEqual({
      "driver_stats.rate": "stable",
      "driver_stats.steady": "stable",
      "few.rate": "insufficient data",
      "few.steady": "insufficient data",
    });
    const windows = await world.runtime.driftStore.windows(key(), 100);
    expect(windows.map(({ rows, results }) => [rows, results.length])).toEqual(Array.from({ length: 8 }, () => [400, 2]));
    expect(windows[0]?.results[0]).toMatchObject({ baselineRows: 400, currentRows: 400, numeric: { basis: { kind: "all rows" } } });
    const state = await world.runtime.driftStore.state(key());
    expect(state).toMatchObject({ windowSeconds: 86_400, error: null, judged: { start: BEGIN + DAY, end: BEGIN + 9n * DAY } });
    expect([await judge(9), await incidents()]).toEqual([0, []]);
  });

  it("opens one incident in the second drifting window, which says what, since when, where and who is hit", async () => {
    await writeRows(13);
    expect(await judge(11)).toBe(4);
    expect([(await now())["driver_stats.rate"], await incidents()]).toEqual(["drift", []]);
    expect(await judge(12)).toBe(2);
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      subject: "feature:driver_stats:rate",
      state: "open",
      severity: "critical",
      team: "fleet",
      detail: { onset: "2024-03-14T00:00:00Z", services: ["driver_activity"], segment: { by: "driver_id", label: "> 280" } },
    });
    expect(incident?.causeText).toMatch(
      /rate is 0\.\d+ sd lower .*n = 400 and 400.* since 2024-03-14\. One part of driver_id carries \d+ % of it; it is 30 % of all rows\.$/,
    );
    const told = JSON.stringify([incident?.causeText, await world.runtime.incidents.timeline(incident?.id ?? 0)]);
    expect(told).not.toContain("280"); // an entity key is a value, and all are told these
    expect((await world.runtime.driftStore.baselineOf((await world.runtime.driftStore.windows(key(), 1))[0]?.baselineId ?? 0, "rate"))?.rows).toBe(400);
  });

  it("keeps it to one while it goes on, and closes it after three good windows", async () => {
    await writeRows(24);
    expect(await judge(22)).toBe(20);
    expect((await incidents()).map(({ state }) => state)).toEqual(["open"]);
    await judge(23);
    expect((await incidents()).map(({ state }) => state)).toEqual(["closed"]);
    expect(await now()).toMatchObject({ "driver_stats.rate": "stable" });
    const timeline = await world.runtime.incidents.timeline((await incidents())[0]?.id ?? 0);
    expect(timeline.map(({ kind }) => kind)).toEqual(["opened", "closed"]);
  });

  it("keeps the frozen baseline when its rows are gone, and one row from long ago moves nothing", async () => {
    const before = (await world.runtime.driftStore.windows(key(), 1))[0]?.baselineId;
    await writeRows(26, { fromDay: 5 });
    await judge(24);
    const [last] = await world.runtime.driftStore.windows(key(), 1);
    expect([last?.window.start, last?.baselineId]).toEqual([BEGIN + 23n * DAY, before]);
    expect((await now())["driver_stats.steady"]).toBe("stable");
  });

  it("judges a window again when rows came late, once the next one is judged", async () => {
    await writeRows(27, { fromDay: 5, without: 26 });
    await judge(30); // by then nobody waits for the rows of day 26 any longer
    const rowsOf = async () => Object.fromEntries((await world.runtime.driftStore.windows(key(), 6)).map(({ window, rows }) => [dayOf(window.start), rows]));
    expect(await rowsOf()).toMatchObject({ 25: 400, 26: 0, 27: 0 });
    await writeRows(31, { fromDay: 5 });
    await judge(31);
    expect(await rowsOf()).toMatchObject({ 25: 400, 26: 400, 27: 400, 28: 400, 29: 400 });
    await writeRows(33, { fromDay: 30 }); // and when rows are gone, what was said of them stays
    await judge(33);
    expect(await rowsOf()).toMatchObject({ 27: 400, 28: 400, 29: 400, 30: 400, 31: 400 });
  });

  it("forgets what it judged while the clock was ahead", async () => {
    await judge(90);
    expect((await world.runtime.driftStore.state(key()))?.judged?.end).toBeGreaterThan(onDay(50));
    await judge(33);
    expect((await world.runtime.driftStore.state(key()))?.judged?.end).toBe(BEGIN + 33n * DAY);
    await writeRows(35, { fromDay: 5 });
    await judge(34);
    expect((await world.runtime.driftStore.windows(key(), 1))[0]).toMatchObject({ rows: 400, window: { start: BEGIN + 33n * DAY } });
    expect(await now()).toMatchObject({ "driver_stats.rate": "stable" });
  });

  it("keeps the worst short window of a day after 30 days, and nothing of views that are gone", async () => {
    const hours = { ...DEFAULT_DRIFT_SETTINGS, windowSeconds: 21_600 };
    await saveDriftSettings({ ...world.runtime, clock: fixedClock(onDay(24)) }, { actor: world.runtime.localOwner, ...key(), settings: hours });
    await judge(24);
    const short = await world.runtime.driftStore.windows(key(), 200);
    expect(short.length).toBeGreaterThan(20);
    const folded = await world.runtime.driftStore.foldWindows(BEGIN + 60n * DAY);
    const kept = await world.runtime.driftStore.windows(key(), 200);
    expect([kept.length + folded, new Set(kept.map(({ window }) => window.start / DAY)).size]).toEqual([short.length, kept.length]);
    const drifts = (windows: typeof short) =>
      new Set(windows.filter(({ results }) => results.some(({ verdict }) => verdict === "drift")).map(({ window }) => window.start / DAY));
    expect(drifts(kept)).toEqual(drifts(short));
    await world.apply(
      [anEntity(), aFileSource({ path: `${world.home}/stats.parquet` }), aView({ features: someFeatures({ steady: "float64", rate: "float64" }) })],
      true,
    );
    await world.runtime.driftStore.foldWindows(BEGIN);
    expect(await world.runtime.driftStore.state({ project: world.project, view: "few" })).toBeNull();
  });
});
