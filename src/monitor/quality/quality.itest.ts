import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Expectations, FeatureView } from "../../domain/index.ts";
import { fixedClock, formatTimestamp, type Micros, parseTimestamp } from "../../kit/index.ts";
import { aFileSource, anEntity, aPushSource, aService, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { createCaller } from "../../trpc/router.ts";
import type { JudgedDay } from "./port.ts";
import { watchQuality } from "./watch-quality.ts";

/* The days of a view, measured on real files, kept in a real database, with a clock that the test moves. */

const HOUR: Micros = 3_600_000_000n;
const DAY: Micros = 24n * HOUR;
const START = parseTimestamp("2026-03-02"); // a Monday

interface Feed {
  /** Whole days of rows, then one row of the day after. */
  readonly days: number;
  /** Days by number on which something is wrong. */
  readonly wrong?: Readonly<Record<number, "nulls" | "range" | "category" | "duplicates" | "few">>;
}

/** 240 rows a day of ten drivers: rate in [0, 1), one of three bands. */
function rows({ days, wrong = {} }: Feed): string {
  const on = (kind: string) => `d IN (${[-1, ...Object.entries(wrong).flatMap(([day, what]) => (what === kind ? [day] : []))].join(", ")})`;
  return `
    SELECT driver_id, datetime, datetime AS created, rate::FLOAT AS rate, band FROM (
      SELECT (i % 10)::BIGINT AS driver_id, make_timestamp(${START} + d * ${DAY} + i * 360000000) AS datetime, i,
        CASE WHEN ${on("nulls")} AND i % 3 = 0 THEN NULL WHEN ${on("range")} AND i = 7 THEN 1.5 ELSE (i % 97) / 97 END AS rate,
        CASE WHEN ${on("category")} AND i < 5 THEN 'odd' ELSE ['low', 'fair', 'high'][1 + i % 3] END AS band
      FROM range(${days + 1}) days(d), range(240) times(i)
      WHERE (d < ${days} OR i = 0) AND NOT (${on("few")} AND i > 60)
      UNION ALL
      SELECT (i % 10)::BIGINT, make_timestamp(${START} + d * ${DAY} + i * 360000000), i, (i % 97) / 97, ['low', 'fair', 'high'][1 + i % 3]
      FROM range(${days}) days(d), range(12) times(i) WHERE ${on("duplicates")})`;
}

describe("quality, watched", () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await pipelineWorld();
    await feed({ days: 40 });
    await apply();
  });
  afterAll(() => world.dispose());

  const feed = (of: Feed) => writeParquet(world.home, "driver_stats.parquet", rows(of));
  const apply = async (expect?: Expectations, more: Partial<FeatureView> = {}) => {
    const [rate, band] = someFeatures({ rate: "float32", band: "string" });
    const features = [{ ...rate, ...(expect && { expect }) }, band] as FeatureView["features"];
    const path = `${world.home}/driver_stats.parquet`;
    await world.apply([anEntity(), aFileSource({ path }), aView({ features, team: "fleet", ...more }), aService({ driver_stats: null })], true);
  };
  const watch = (now: Micros, signal = new AbortController().signal) => watchQuality({ ...world.runtime, clock: fixedClock(now) }, signal);
  const day = (index: number) => START + BigInt(index) * DAY;
  const windows = (): Promise<readonly JudgedDay[]> => world.runtime.qualityStore.windows(world.project, ["driver_stats"], 0n);
  const look = async () => (await world.runtime.qualityStore.looks(world.project, null)).find(({ view }) => view === "driver_stats");
  const incidents = async () =>
    (await world.runtime.incidents.list({ project: world.project, page: 1, pageSize: 50 })).rows.filter(({ check }) => check === "quality");

  it("measures the last weeks in one go, finds them good, and raises nothing", async () => {
    await watch(day(40) + 3n * HOUR);
    const found = await windows();
    expect(found.map(({ day: at }) => formatTimestamp(at).slice(0, 10)).filter((_, index) => index % 39 === 0)).toEqual(["2026-03-02", "2026-04-10"]);
    expect(found.at(-1)).toMatchObject({ rows: 240, duplicates: 0, state: "good", usualRows: { low: 179, high: 301 } });
    expect(found.at(-1)?.features.find(({ feature }) => feature === "band")?.categories).toEqual(["fair", "high", "low"]);
    expect(found[3]).toMatchObject({ state: "insufficient data", findings: [] });
    expect(await look()).toMatchObject({ error: null, newest: { day: day(39), rows: 240, state: "good" } });
    expect(await incidents()).toEqual([]);
  });

  it("leaves a day alone until it is over, and the source alone for an hour", async () => {
    const before = await look();
    await feed({ days: 40, wrong: { 39: "nulls" } });
    await watch(day(40) + 3n * HOUR + 1n);
    expect(await look()).toEqual(before);
    await watch(day(40) + 23n * HOUR);
    expect(await look()).toEqual(before); // the newest day that is over is judged already
  });

  it.each([
    ["nulls", "nulls: rate: 80 of 240 rows are null"],
    ["category", 'new categories: band: "odd", never seen in the 40 windows before'],
    ["duplicates", "duplicates: 12 of 252 rows repeat key and time of another"],
    ["few", "row count: 61 rows, such a day usually has 179 to 301"],
  ] as const)("opens one incident for a day of %s, with what is wrong, and closes it after a good one", async (wrong, text) => {
    await forgetAll();
    await feed({ days: 41, wrong: { 40: wrong } });
    await watch(day(41) + 3n * HOUR);
    const [opened, ...others] = (await incidents()).filter(({ state }) => state === "open");
    expect(others).toEqual([]);
    expect(opened).toMatchObject({
      subject: "feature_view:driver_stats",
      severity: "warning",
      team: "fleet",
      cause: `${text.slice(0, text.indexOf(":"))} on 2026-04-11`,
    });
    expect(opened?.causeText).toContain(`On 2026-04-11: ${text.slice(text.indexOf(":") + 2)}`);
    expect(await look()).toMatchObject({ newest: { state: "bad" } });
    await feed({ days: 42, wrong: { 40: wrong } });
    await watch(day(42) + 3n * HOUR);
    expect((await incidents()).filter(({ state }) => state === "open")).toEqual([]);
    expect((await windows()).slice(-2).map(({ state }) => state)).toEqual(["bad", "good"]);
  });

  it("measures anew when what is expected changes, and calls a broken blocking expectation critical where a service reads the view", async () => {
    await forgetAll();
    await feed({ days: 42, wrong: { 30: "range", 41: "range" } });
    await watch(day(42) + 3n * HOUR);
    expect((await windows()).at(-1)?.state).toBe("good");
    await apply({ min: 0, max: 1, onFailure: "block" });
    await watch(day(42) + 3n * HOUR + 1n);
    expect((await windows()).filter(({ state }) => state === "bad").map(({ day: at }) => at)).toEqual([day(30), day(41)]);
    const [incident] = await incidents();
    expect(incident).toMatchObject({ state: "open", severity: "critical", cause: "out of range on 2026-04-12" });
    expect(incident?.causeText).toBe("On 2026-04-12: rate: 1 of 240 rows are above 1.");
  });

  it("is shown by what was counted, without the values of any row", async () => {
    const context = { runtime: world.runtime, requestedProject: world.project, serveUrl: "http://localhost:6566", shutdown: new AbortController().signal };
    const shown = await createCaller({ ...context, actor: { ...world.runtime.localOwner, isAdmin: false } }).quality.view({ view: "driver_stats" });
    expect(shown?.features).toEqual([
      { feature: "band", nulls: 0, categories: 3, broken: [] },
      {
        feature: "rate",
        nulls: 0,
        categories: null,
        broken: [
          { expectation: "min", rows: 0 },
          { expectation: "max", rows: 1 },
        ],
      },
    ]);
  });

  it("counts days without rows between others, and judges rows that came late once more", async () => {
    await forgetAll();
    await apply();
    await feed({ days: 40 });
    await watch(day(40) + 3n * HOUR);
    await writeParquet(
      world.home,
      "driver_stats.parquet",
      `${rows({ days: 43 })} WHERE datetime < make_timestamp(${day(40)}) OR datetime >= make_timestamp(${day(42)})`,
    );
    await watch(day(43) + 3n * HOUR);
    expect((await windows()).slice(-3).map(({ rows: count, state }) => [count, state])).toEqual([
      [0, "bad"],
      [0, "bad"],
      [240, "good"],
    ]);
    await feed({ days: 44 });
    await watch(day(44) + 3n * HOUR);
    expect((await windows()).slice(-4).map(({ rows: count }) => count)).toEqual([0, 240, 240, 240]);
  });

  it("raises what an earlier round had found but no time to tell, and tells each bad day once", async () => {
    await forgetAll();
    await feed({ days: 41, wrong: { 40: "nulls" } });
    const { incidents: store } = world.runtime;
    const deps = { ...world.runtime, clock: fixedClock(day(41) + 3n * HOUR), incidents: { ...store, open: () => Promise.reject(new Error("cut short")) } };
    await watchQuality(deps, new AbortController().signal);
    expect((await incidents()).filter(({ state }) => state === "open")).toEqual([]);
    await watch(day(41) + 3n * HOUR + 1n);
    await watch(day(41) + 3n * HOUR + 2n);
    await feed({ days: 42, wrong: { 40: "nulls", 41: "nulls" } });
    await watch(day(42) + 3n * HOUR);
    const [open] = (await incidents()).filter(({ state }) => state === "open");
    const told = await world.runtime.incidents.timeline(open?.id ?? 0);
    expect(told.map(({ kind, text }) => [kind, text.slice(0, 13)])).toEqual([
      ["opened", "On 2026-04-11"],
      ["cause", "On 2026-04-12"],
    ]);
  });

  it("does nothing when there is no time", async () => {
    const before = await look();
    await watch(day(50), AbortSignal.abort());
    expect(await look()).toEqual(before);
  });

  it("says why it could not look, keeps what it knew, and tries again", async () => {
    await writeParquet(world.home, "driver_stats.parquet", "SELECT 1 AS something_else");
    await watch(day(45) + 3n * HOUR);
    expect(await look()).toMatchObject({ error: expect.stringContaining("datetime"), newest: { day: day(41) } });
    await feed({ days: 46 });
    await watch(day(46) + 5n * HOUR);
    expect(await look()).toMatchObject({ error: null, newest: { day: day(45) } });
  });

  it("closes the incident of a view whose rows are only pushed from now on, and opens none again", async () => {
    await forgetAll();
    await feed({ days: 47, wrong: { 46: "nulls" } });
    await watch(day(47) + 3n * HOUR);
    expect((await incidents()).filter(({ state }) => state === "open")).toHaveLength(1);
    const [rate, band] = someFeatures({ rate: "float32", band: "string" });
    const features = [rate, band] as FeatureView["features"];
    await world.apply(
      [anEntity(), aPushSource({ name: "driver_stats", batchSource: null }), aView({ features, team: "fleet" }), aService({ driver_stats: null })],
      true,
    );
    for (const minute of [1n, 2n]) await watch(day(47) + 3n * HOUR + minute);
    expect((await incidents()).filter(({ state }) => state === "open")).toEqual([]);
    await apply();
  });

  it("lists bad views first, forgets old windows, and all of views that are gone, whose incident is closed", async () => {
    await feed({ days: 48, wrong: { 47: "nulls" } });
    await watch(day(48) + 3n * HOUR);
    expect(await world.runtime.qualityStore.listLooks({ project: world.project, text: "DRIVER_", page: 1, pageSize: 10 })).toMatchObject({
      total: 1,
      rows: [{ newest: { state: "bad" } }],
    });
    await world.runtime.qualityStore.forget(day(40));
    expect((await windows())[0]?.day).toBe(day(40));
    const path = `${world.home}/driver_stats.parquet`;
    await world.apply([anEntity(), aFileSource({ path })], true);
    await watch(day(48) + 4n * HOUR);
    await world.runtime.qualityStore.forget(0n);
    expect((await incidents()).filter(({ state }) => state === "open")).toEqual([]);
    expect([await windows(), await look()]).toEqual([[], undefined]);
  });

  async function forgetAll(): Promise<void> {
    const known = await look();
    if (known !== undefined) await world.runtime.qualityStore.save(world.project, { ...known, measuredOf: "nothing" }, [], { anew: true });
    const open = (await incidents()).filter(({ state }) => state === "open");
    await world.runtime.transactor.transact(async (tx) => {
      for (const { id } of open) await world.runtime.incidents.change(tx, id, { closedAt: new Date() }, world.runtime.clock.now());
    });
  }
});
