import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, type Micros, parseTimestamp } from "../../kit/index.ts";
import { requireProject } from "../../registry/index.ts";
import type { Runtime } from "../../runtime/index.ts";
import { aFileSource, anEntity, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { DEFAULT_DRIFT_SETTINGS } from "./drift-settings.ts";
import { judgeDue } from "./judge-due.ts";
import { saveDriftSettings } from "./save-drift-settings.ts";

/* What goes wrong around drift: rows that are late, missing, or from another time; workers that die; people who change their mind meanwhile. */

const [DAY, HOUR] = [86_400_000_000n, 3_600_000_000n];
const BEGIN = parseTimestamp("2024-03-04");
const VIEWS = ["empty_start", "late", "previous", "nul", "epoch", "future", "long", "crash", "rule", "off", "older"] as const;
type View = (typeof VIEWS)[number];
let world: PipelineWorld;

/** 400 drivers at noon of each of these days; on some the value is one higher. */
interface Rows {
  readonly days: readonly number[];
  readonly high?: readonly number[];
  /** More rows, as SQL of (driver, microseconds, value). */
  readonly more?: string;
}

const range = (from: number, until: number): readonly number[] => Array.from({ length: until - from }, (_, index) => from + index);
const onDay = (day: number): Micros => BEGIN + BigInt(day) * DAY + DAY / 2n + HOUR;
const atNoon = (day: number): Micros => BEGIN + BigInt(day) * DAY + DAY / 2n;

async function write(view: View, { days, high = [], more }: Rows): Promise<void> {
  const value = "(hash(i) % 1000) / 1000.0";
  await writeParquet(
    world.home,
    `${view}.parquet`,
    `select d::bigint as driver_id, make_timestamptz(us::bigint) as datetime, null::timestamptz as created, v::double as rate, 'colour ' || (d % 3) ||
      case when d = 7 and '${view}' = 'nul' then chr(0) else '' end as colour
    from (select i as d, ${BEGIN + DAY / 2n} + day * ${DAY} as us, ${value} + case when day in (${[-1, ...high].join(", ")}) then 1 else 0 end as v
      from range(400) t(i), (select unnest([${days.join(", ")}]::bigint[]) as day) ${more === undefined ? "" : `union all ${more}`})`,
  );
}

beforeAll(async () => {
  world = await pipelineWorld();
  for (const view of VIEWS) await write(view, { days: [0] });
  const features = someFeatures({ rate: "float64", colour: "string" });
  await world.apply([
    anEntity(),
    ...VIEWS.flatMap((name) => [
      aFileSource({ name, path: `${world.home}/${name}.parquet` }),
      aView({ name, source: name, features, schedule: "0 13 * * *", team: "fleet" }),
    ]),
  ]);
  // Each test looks at the view that is its own.
  for (const view of VIEWS) await set(view, { ...DEFAULT_DRIFT_SETTINGS, isOn: false });
});
afterAll(() => world.dispose());

const keyOf = (view: View) => ({ project: world.project, view });
const set = (view: View, settings: unknown) => saveDriftSettings(world.runtime, { actor: world.runtime.localOwner, ...keyOf(view), settings });
const windowsOf = async (view: View, last = 100) =>
  (await world.runtime.driftStore.windows(keyOf(view), last)).map((window) => ({ ...window, day: dayOf(window.window.start) }));
const dayOf = (moment: Micros): number => Number((moment - BEGIN) / DAY);
const verdictsOf = async (view: View) =>
  Object.fromEntries((await windowsOf(view)).map(({ day, results }) => [day, results.find(({ feature }) => feature === "rate")?.verdict]));
const nowOf = async (view: View) =>
  Object.fromEntries(
    (await world.runtime.driftStore.features({ project: world.project, view, page: 1, pageSize: 10 })).rows.map(({ feature, verdict }) => [feature, verdict]),
  );
const incidentsOf = async (view: View) =>
  (await world.runtime.incidents.list({ project: world.project, page: 1, pageSize: 50 })).rows.filter(
    ({ check, subject }) => check === "drift" && subject.startsWith(`feature:${view}:`),
  );

/** Looks at all that is due, one round after the other, until nothing is. */
async function judge(at: Micros, changed: Partial<Runtime> = {}): Promise<number> {
  const runtime = { ...world.runtime, ...changed, clock: fixedClock(at) };
  const [project, snapshot] = [await requireProject(runtime.registry, world.project), await runtime.registry.snapshot(world.project)];
  if (snapshot === null) throw new Error("no snapshot");
  const signal = new AbortController().signal;
  for (let all = 0; ; ) {
    const judged = await judgeDue(runtime, { project, snapshot, signal, stop: signal });
    if (judged === 0) return all;
    all += judged;
  }
}

/** With this view alone looked at, and its drift judged by these settings. */
async function alone(view: View, settings: object, work: () => Promise<void>): Promise<void> {
  await set(view, { ...DEFAULT_DRIFT_SETTINGS, ...settings });
  try {
    await work();
  } finally {
    await set(view, { ...DEFAULT_DRIFT_SETTINGS, isOn: false });
  }
}

describe("a baseline", () => {
  it("is looked for until it has rows enough to be judged by", async () => {
    await alone("empty_start", {}, async () => {
      await write("empty_start", { days: [0], more: `select 1, ${BEGIN + 1_000_000n}, 0.5` }); // no window is whole but those without rows
      await judge(onDay(6));
      expect(await nowOf("empty_start")).toMatchObject({ rate: "insufficient data" });
      await write("empty_start", { days: [0, ...range(6, 10)], more: `select 1, ${BEGIN + 1_000_000n}, 0.5` });
      await judge(onDay(9));
      expect(await verdictsOf("empty_start")).toEqual({ 7: "stable", 8: "stable" });
      expect((await windowsOf("empty_start"))[0]?.results[0]?.baselineRows).toBe(400);
    });
  });

  it("is neither rows in the future nor a pile of rows at the epoch", async () => {
    await alone("future", {}, async () => {
      await write("future", { days: [20_000, 20_001] });
      await judge(onDay(3));
      await write("future", { days: range(0, 6) });
      await judge(onDay(5) + 1n);
      expect(await verdictsOf("future")).toEqual({ 2: "stable", 3: "stable", 4: "stable" });
    });
    await alone("epoch", {}, async () => {
      await write("epoch", { days: range(0, 6), more: "select i, 1000 + i, 77.0 from range(400) t(i)" });
      await judge(onDay(5));
      expect(await verdictsOf("epoch")).toEqual({ 1: "stable", 2: "stable", 3: "stable", 4: "stable" });
    });
  });

  it("of the window before is frozen on the rows that are there when it is needed", async () => {
    await alone("previous", { baseline: { kind: "previous_window" } }, async () => {
      await write("previous", { days: range(0, 6) });
      await judge(onDay(5));
      await judge(onDay(9)); // by then nobody waits for the rows any longer
      expect(await verdictsOf("previous")).toMatchObject({ 5: "stable", 6: "insufficient data" });
      await write("previous", { days: range(0, 11) });
      await judge(onDay(10));
      expect(await verdictsOf("previous")).toMatchObject({ 6: "stable", 7: "stable", 8: "stable", 9: "stable" });
      for (const { results } of await windowsOf("previous")) expect(results.map(({ numeric }) => numeric?.ks ?? 0)).toEqual([0, expect.any(Number)]);
      expect((await windowsOf("previous")).every(({ results }) => results.some(({ numeric }) => numeric?.wassersteinSd === 0))).toBe(true);
    });
  });

  it("that was chosen and has no rows is told, not judged by", async () => {
    await alone("previous", { baseline: { kind: "window", start: "2023-01-01", end: "2023-01-02" } }, async () => {
      await judge(onDay(10) + HOUR);
      expect(await world.runtime.driftStore.state(keyOf("previous"))).toMatchObject({ error: "The baseline that was chosen has no rows.", judged: null });
    });
  });
});

describe("rows", () => {
  it("that come late are seen, also of keys that had others in the window", async () => {
    await alone("late", {}, async () => {
      await write("late", { days: range(0, 6) });
      await judge(onDay(5));
      await write("late", { days: range(0, 8), more: `select i, ${atNoon(4) + HOUR}, 5.0 + i % 7 from range(400) t(i)` });
      await judge(onDay(6));
      expect(await verdictsOf("late")).toEqual({ 2: "stable", 3: "stable", 4: "drift", 5: "stable" });
    });
  });

  it("of another century do not make the last window complete", async () => {
    await alone("late", {}, async () => {
      await write("late", { days: range(0, 8), more: `select 1, ${parseTimestamp("2099-01-01")}, 0.5` });
      await judge(onDay(8));
      expect(Math.max(...(await windowsOf("late")).map(({ day }) => day))).toBe(6);
    });
  });

  it("may hold any text", async () => {
    await alone("nul", {}, async () => {
      await write("nul", { days: range(0, 5) });
      await judge(onDay(4));
      expect(await world.runtime.driftStore.state(keyOf("nul"))).toMatchObject({ error: null });
      expect(await nowOf("nul")).toEqual({ rate: "stable", colour: "stable" });
      const [window] = await windowsOf("nul", 1);
      const baseline = await world.runtime.driftStore.baselineOf(window?.baselineId ?? 0, "colour");
      expect(baseline?.profiles.get("colour")?.bins).toMatchObject({ categories: expect.arrayContaining(["colour 1\0", "colour 0"]) });
    });
  });
});

describe("judging", () => {
  it("tells what follows from its windows although a crash came between", async () => {
    await alone("crash", {}, async () => {
      await write("crash", { days: range(0, 8), high: [4, 5, 6, 7] });
      const { driftStore } = world.runtime;
      const saveFeatures = async (): Promise<void> => {
        throw new Error("the worker died here");
      };
      await judge(onDay(7), { driftStore: { ...driftStore, saveFeatures } });
      expect([(await windowsOf("crash")).length > 0, await nowOf("crash"), await incidentsOf("crash")]).toEqual([true, {}, []]);
      await judge(onDay(7) + HOUR);
      expect(await nowOf("crash")).toMatchObject({ rate: "drift" });
      expect(await incidentsOf("crash")).toMatchObject([{ state: "open" }]);
    });
  });

  it("goes by the rule that was chosen while it was under way", async () => {
    const strict = { ...DEFAULT_DRIFT_SETTINGS, rule: { ...DEFAULT_DRIFT_SETTINGS.rule, psiMin: 100, wassersteinSdMin: 100 } };
    await alone("rule", {}, async () => {
      await write("rule", { days: range(0, 8), high: [4, 5, 6, 7] });
      await judge(onDay(7), { driftStore: whileSaving("rule", () => set("rule", strict)) });
      await judge(onDay(7) + HOUR);
      expect([await nowOf("rule"), new Set(Object.values(await verdictsOf("rule"))), await incidentsOf("rule")]).toEqual([
        { rate: "watch", colour: "stable" },
        new Set(["stable", "watch"]),
        [],
      ]);
    });
  });

  it("says nothing of a view that was switched off while it was under way", async () => {
    await alone("off", {}, async () => {
      await write("off", { days: range(0, 8), high: [4, 5, 6, 7] });
      await judge(onDay(7), { driftStore: whileSaving("off", () => set("off", { ...DEFAULT_DRIFT_SETTINGS, isOn: false })) });
      await judge(onDay(7) + HOUR);
      expect([await nowOf("off"), await incidentsOf("off")]).toEqual([{}, []]);
    });
  });

  it("raises no alarm about history that is over", async () => {
    await alone("older", {}, async () => {
      await write("older", { days: range(0, 10), high: [4, 5] });
      await judge(onDay(9));
      expect([(await verdictsOf("older"))[5], await nowOf("older"), await incidentsOf("older")]).toEqual(["drift", { rate: "stable", colour: "stable" }, []]);
    });
  });

  it("remembers since when a feature drifts, however long", async () => {
    await alone("long", {}, async () => {
      for (const last of [8, 36, 45, 60]) {
        await write("long", { days: range(0, last + 1), high: range(5, 100) });
        await judge(onDay(last));
      }
      const { rows } = await world.runtime.driftStore.features({ project: world.project, view: "long", verdict: "drift", page: 1, pageSize: 10 });
      expect(rows.map(({ feature, since }) => [feature, since])).toEqual([["rate", BEGIN + 5n * DAY]]);
      expect(await incidentsOf("long")).toMatchObject([{ detail: { onset: "2024-03-09T00:00:00Z" } }]);
    });
  });

  it("forgets the running window when the clock was ahead by less than one", async () => {
    await alone("long", {}, async () => {
      await write("long", { days: range(0, 20) });
      await judge(onDay(10) + DAY);
      const ahead = (await windowsOf("long", 1))[0]?.day;
      await judge(onDay(10));
      expect([ahead, (await windowsOf("long", 1))[0]?.day]).toEqual([10, 9]);
    });
  });

  it("notes what cannot be read, and goes on when it can", async () => {
    await alone("nul", {}, async () => {
      await rm(`${world.home}/nul.parquet`);
      await judge(onDay(6));
      expect((await world.runtime.driftStore.state(keyOf("nul")))?.error).toContain("nul.parquet");
      await write("nul", { days: range(0, 8) });
      await judge(onDay(7));
      expect(await world.runtime.driftStore.state(keyOf("nul"))).toMatchObject({ error: null, judged: { end: BEGIN + 7n * DAY } });
    });
  });
});

/** The store, where something happens once between windows being judged and kept. */
function whileSaving(view: View, happens: () => Promise<unknown>): Runtime["driftStore"] {
  const { driftStore } = world.runtime;
  let left = 1;
  return {
    ...driftStore,
    async saveWindow(key, by, judged) {
      await driftStore.saveWindow(key, by, judged);
      if (key.view === view && left-- > 0) await happens();
    },
  };
}
