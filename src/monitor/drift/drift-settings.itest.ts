import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, parseTimestamp } from "../../kit/index.ts";
import { requireProject } from "../../registry/index.ts";
import { aFileSource, anEntity, aView, someFeatures } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import { DEFAULT_DRIFT_SETTINGS, type DriftSettings } from "./drift-settings.ts";
import { judgeDue } from "./judge-due.ts";
import { previewDriftSettings } from "./preview-drift-settings.ts";
import { saveDriftSettings } from "./save-drift-settings.ts";

/* A view whose rate changes with the day of the week: an alarm every weekend against the first day, none against the same hours of past weeks. */

const DAY = 86_400_000_000n;
const BEGIN = parseTimestamp("2024-03-04"); // a Monday
const DAYS = 28;
const NOW = BEGIN + BigInt(DAYS) * DAY + DAY / 2n;
let world: PipelineWorld;

beforeAll(async () => {
  world = await pipelineWorld();
  const path = await writeParquet(
    world.home,
    "stats.parquet",
    `select 1::bigint + i % 300 as driver_id, make_timestamptz(${BEGIN}::bigint) + interval (i // 300) day + interval 1 hour as datetime, null::timestamptz as created,
      ((hash(i % 300) % 1000) / 1000.0 + case when (i // 300) % 7 >= 5 then 0.4 else 0 end)::double as rate,
      ((hash(i % 300, 1) % 1000) / 1000.0)::double as steady, case when i % 300 < 100 then 'a' else 'b' end as city
    from range(0, ${(DAYS + 1) * 300}) t(i)`,
  );
  await world.apply([
    anEntity(),
    aFileSource({ path }),
    aView({ features: someFeatures({ rate: "float64", steady: "float64", city: "string" }), schedule: "0 2 * * *", team: "fleet" }),
  ]);
  await judge();
});
afterAll(() => world.dispose());

const deps = () => ({ ...world.runtime, clock: fixedClock(NOW) });
const view = () => ({ project: world.project, view: "driver_stats" });
const owner = () => ({ actor: world.runtime.localOwner, ...view() });
const settings = (over: Partial<DriftSettings>): DriftSettings => ({ ...DEFAULT_DRIFT_SETTINGS, ...over });
const verdicts = async (feature: string) => (await world.runtime.driftStore.windows(view(), 100, feature)).map(({ results }) => results[0]?.verdict ?? "none");
const open = async () =>
  (await world.runtime.incidents.list({ project: world.project, state: "open", page: 1, pageSize: 50 })).rows.filter(({ check }) => check === "drift");

async function judge(): Promise<void> {
  const project = await requireProject(world.runtime.registry, world.project);
  const snapshot = await world.runtime.registry.snapshot(world.project);
  if (snapshot === null) throw new Error("no snapshot");
  while ((await judgeDue(deps(), { project, snapshot, signal: new AbortController().signal, stop: new AbortController().signal })) > 0);
}

describe("settings of drift", () => {
  it("stand at their defaults, which raise an alarm every weekend here", async () => {
    expect((await verdicts("rate")).filter((verdict) => verdict === "drift")).toHaveLength(8);
    expect(new Set(await verdicts("steady"))).toEqual(new Set(["stable"]));
    expect(await open()).toHaveLength(1);
  });

  it("are tried before they are chosen: other thresholds on stored scores, another baseline on the rows", async () => {
    const asIs = await previewDriftSettings(deps(), { ...owner(), settings: settings({}) }, AbortSignal.timeout(60_000));
    expect(asIs).toMatchObject({ from: "stored scores", incidents: 4, windowsWanted: 26 });
    expect(asIs.features[0]).toMatchObject({ feature: "rate", incidents: 4 });
    const deaf = { ...DEFAULT_DRIFT_SETTINGS.rule, psiMin: 50, wassersteinSdMin: 50 };
    expect(await previewDriftSettings(deps(), { ...owner(), settings: settings({ rule: deaf }) }, AbortSignal.timeout(60_000))).toMatchObject({
      from: "stored scores",
      incidents: 0,
    });
    const weekly = settings({ baseline: { kind: "same_hours", weeks: 2 } });
    expect(await previewDriftSettings(deps(), { ...owner(), settings: weekly }, AbortSignal.timeout(60_000))).toMatchObject({
      from: "rows",
      incidents: 0,
      windowsWanted: 20,
    });
    expect((await world.runtime.driftStore.state(view()))?.chosen).toBeNull();
  });

  it("change thresholds at once, and the incident with the next look", async () => {
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ rule: { ...DEFAULT_DRIFT_SETTINGS.rule, psiMin: 50, wassersteinSdMin: 50 } }) });
    expect(new Set(await verdicts("rate"))).toEqual(new Set(["stable", "watch"]));
    await judge();
    expect(await open()).toEqual([]);
    await saveDriftSettings(deps(), { ...owner(), settings: null });
    await judge();
    expect(await open()).toHaveLength(1);
  });

  it("judge all windows anew against another baseline, which is in the audit trail", async () => {
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ baseline: { kind: "same_hours", weeks: 2 } }) });
    await judge();
    expect(new Set(await verdicts("rate"))).toEqual(new Set(["stable"]));
    expect([await open(), (await verdicts("rate")).length]).toEqual([[], 20]);
    const [window] = await world.runtime.driftStore.windows(view(), 1);
    const baseline = await world.runtime.driftStore.baselineOf(window?.baselineId ?? 0, "rate");
    expect(baseline?.rows).toBe(600); // a row of each driver in each of the two weeks
    expect(baseline?.origin).toMatchObject({ kind: "same_hours", ranges: [{ start: "2024-03-24T00:00:00Z" }, { start: "2024-03-17T00:00:00Z" }] });
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ baseline: { kind: "previous_window" } }) });
    await judge();
    expect((await verdicts("rate")).filter((verdict) => verdict === "drift").length).toBeGreaterThan(3);
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ baseline: { kind: "window", start: "2024-03-09", end: "2024-03-10" } }) });
    await judge();
    expect((await verdicts("rate")).filter((verdict) => verdict === "drift").length).toBeGreaterThan(10);
  });

  it("leave features out, or stop judging, which closes what was open", async () => {
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ ignored: ["rate"] }) });
    await judge();
    expect([new Set(await verdicts("rate")), await open()]).toEqual([new Set(["none"]), []]);
    await saveDriftSettings(deps(), { ...owner(), settings: null });
    await judge();
    expect(await open()).toHaveLength(1);
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ isOn: false }) });
    await judge();
    expect([await open(), (await world.runtime.driftStore.features({ ...view(), page: 1, pageSize: 10 })).total]).toEqual([[], 0]);
  });

  it("are tried on the windows that would be judged, however long those are that are judged now", async () => {
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ windowSeconds: 604_800 }) });
    await judge();
    expect((await world.runtime.driftStore.state(view()))?.windowSeconds).toBe(604_800);
    const tried = (windowSeconds: 3_600 | null) => previewDriftSettings(deps(), { ...owner(), settings: settings({ windowSeconds }) }, AbortSignal.abort());
    expect(await tried(null)).toMatchObject({ from: "rows", windowsWanted: 26, spanSeconds: 30 * 86_400 });
    expect(await tried(3_600)).toMatchObject({ from: "rows", windowsWanted: 60, spanSeconds: 60 * 3_600 });
    await saveDriftSettings(deps(), { ...owner(), settings: settings({ windowSeconds: 86_400 }) });
    await judge();
    expect((await world.runtime.driftStore.state(view()))?.windowSeconds).toBe(86_400); // one chosen length after another
  });

  it("refuse what makes no sense, and whoever may not", async () => {
    const save = (bad: unknown) => saveDriftSettings(deps(), { ...owner(), settings: bad });
    await expect(save({ ...settings({}), windowSeconds: 7 })).rejects.toMatchObject({ code: "invalid_argument", details: { field: "windowSeconds" } });
    await expect(save(settings({ baseline: { kind: "window", start: "2024-03-09", end: "2024-03-09" } }))).rejects.toMatchObject({
      details: { field: "baseline.end" },
    });
    await expect(save(settings({ baseline: { kind: "training_set", name: "none" } }))).rejects.toMatchObject({ code: "failed_precondition" });
    await expect(save(settings({ values: "served", baseline: { kind: "same_hours", weeks: 2 } }))).rejects.toMatchObject({ code: "invalid_argument" });
    const viewer = { ...world.runtime.localOwner, isAdmin: false };
    await expect(saveDriftSettings(deps(), { ...owner(), actor: viewer, settings: null })).rejects.toMatchObject({ code: "permission_denied" });
    await expect(saveDriftSettings(deps(), { ...owner(), view: "nothing", settings: null })).rejects.toMatchObject({ code: "not_found" });
  });
});
