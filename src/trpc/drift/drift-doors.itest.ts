import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../domain/index.ts";
import { fixedClock, parseTimestamp, toDate } from "../../kit/index.ts";
import { runMonitor } from "../../monitor/index.ts";
import { aFileSource, anEntity, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { createCaller } from "../router.ts";

/* A city drifts for the drivers above 100; asked by who may read values, and by who may discover only. */

const DAY = 86_400_000_000n;
const BEGIN = parseTimestamp("2024-03-04");
const STRANGER: Actor = { kind: "user", id: "u2", name: "Bob", isAdmin: false, teams: [] };
let world: PipelineWorld;

const about = { view: "driver_stats", feature: "city" };

/** Rows of 200 drivers at noon of the days 0 to 3; on day 0 half of them are in Oslo, later the last 100 are all in Rome. */
async function writeRows(fromDay = 0): Promise<string> {
  return writeParquet(
    world.home,
    "stats.parquet",
    `select 1::bigint + i % 200 as driver_id, make_timestamptz(${BEGIN}::bigint) + interval (i // 200) day + interval 12 hour as datetime,
      null::timestamptz as created, case when i % 2 = 0 and (i < 200 or i % 200 < 100) then 'Oslo' else 'Rome' end as city
    from range(${fromDay * 200}, 800) t(i) union all select 1, timestamptz '1970-01-01 06:00:00Z', null, 'Oslo'`,
  );
}

beforeAll(async () => {
  world = await pipelineWorld();
  await world.apply([
    anEntity(),
    aFileSource({ path: await writeRows() }),
    aView({ features: someFeatures({ city: "string" }), schedule: "0 13 * * *", team: "fleet" }),
  ]);
  const { runtime, project } = world;
  const deps = { ...runtime, clock: fixedClock(BEGIN + 3n * DAY + (DAY * 5n) / 8n) };
  await runMonitor(deps, { actor: runtime.localOwner, project, signal: new AbortController().signal });
});
afterAll(() => world.dispose());

function callAs(actor: Actor) {
  const { runtime, project } = world;
  return createCaller({ runtime, actor, requestedProject: project, serveUrl: "http://localhost:6566", shutdown: new AbortController().signal });
}

describe("who may discover only", () => {
  it("is told of an incident without the entity keys and values of its rows", async () => {
    const { rows } = await callAs(world.runtime.localOwner).incident.list({});
    const id = rows.find(({ check }) => check === "drift")?.id ?? 0;
    const owner = await callAs(world.runtime.localOwner).incident.get({ incident: id });
    expect(owner.part).toMatchObject({ by: "driver_id", label: expect.stringMatching(/^> (100|9\d)$/), denied: null });
    const stranger = await callAs(STRANGER).incident.get({ incident: id });
    expect(stranger.part).toMatchObject({
      by: "driver_id",
      label: null,
      currentShare: owner.part?.currentShare,
      denied: expect.stringContaining("Bob may not"),
    });
    expect(stranger.incident.causeText).toMatch(/One part of driver_id carries \d+ % of it; it is \d+ % of all rows\.$/);
    const told = JSON.stringify([stranger.incident, stranger.timeline, rows, (await callAs(STRANGER).drift.feature(about)).incident]);
    expect(told).not.toContain(owner.part?.label);
  });

  it("sees how categories moved without their names", async () => {
    const labels = async (actor: Actor) => (await callAs(actor).drift.feature(about)).selected?.comparison.bins.map(({ label, current }) => [label, current]);
    expect(await labels(world.runtime.localOwner)).toEqual([
      ["Oslo", 50],
      ["Rome", 150],
    ]);
    expect(await labels(STRANGER)).toEqual([
      ["category 1", 50],
      ["category 2", 150],
    ]);
    expect((await callAs(STRANGER).drift.feature(about)).selected?.unnamedBecause).toContain("Bob may not read values");
    await expect(callAs(STRANGER).drift.segments({ ...about, window: toDate(BEGIN + 2n * DAY) })).rejects.toThrow("Bob may not");
  });
});

describe("which rows a shift comes from", () => {
  const segments = (day: bigint) => callAs(world.runtime.localOwner).drift.segments({ ...about, window: toDate(BEGIN + day * DAY) });

  it("is told while the rows of both sides are there, and refused with what to do once they have left the source", async () => {
    expect((await segments(2n)).shifts[0]?.strongest).toMatchObject({ label: expect.stringMatching(/^> (100|9\d)$/) });
    await writeRows(2);
    await expect(segments(2n)).rejects.toMatchObject({
      message: expect.stringContaining("The rows of the baseline are gone by now (0 of 200 are left)"),
      cause: expect.objectContaining({ code: "failed_precondition", hint: expect.stringContaining("previous window or with a training set") }),
    });
  });
});

describe("the list of features", () => {
  const figures = { verdict: "drift", psi: 1, wassersteinSd: null, adjustedP: 0, baselineRows: 9, currentRows: 9, judgedAt: BEGIN, since: BEGIN } as const;

  it("has the last windows of a view that lags behind another by months", async () => {
    const window = { start: BEGIN + 90n * DAY, end: BEGIN + 91n * DAY };
    await world.runtime.driftStore.saveFeatures({ project: world.project, view: "ahead" }, [{ ...figures, view: "ahead", feature: "city", effect: 1, window }]);
    const { rows } = await callAs(world.runtime.localOwner).drift.list({ feature: "city" });
    const cells = Object.fromEntries(rows.map(({ view, cells: windows }) => [view, windows.map(({ start }) => start)]));
    expect(cells).toEqual({ ahead: [], driver_stats: [toDate(BEGIN + DAY), toDate(BEGIN + 2n * DAY)] });
  });

  it("is narrowed to one by its name, among many that have it in theirs", async () => {
    const window = { start: BEGIN, end: BEGIN + DAY };
    const many = Array.from({ length: 120 }, (_, at) => ({ ...figures, view: "many", feature: `city_${at}`, effect: 2, window }));
    await world.runtime.driftStore.saveFeatures({ project: world.project, view: "many" }, [
      ...many,
      { ...figures, view: "many", feature: "city", effect: 1, window },
    ]);
    const found = await callAs(world.runtime.localOwner).drift.list({ view: "many", feature: "city" });
    expect([found.total, found.rows.map(({ feature }) => feature)]).toEqual([1, ["city"]]);
  });
});
