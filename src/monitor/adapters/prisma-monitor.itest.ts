import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toMicros } from "../../kit/index.ts";
import { requireProject } from "../../registry/index.ts";
import type { RunEnd } from "../../runs/index.ts";
import { aFileSource, anEntity, aView, sqliteSettings } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld } from "../../testing/pipeline-world.ts";
import type { IncidentFilter, StoredFacts } from "../port.ts";

/* What the runs of a view say of it, whatever their number and order. Views are named after what happened to them. */

const HAPPENED = {
  failed_after_good: ["good", "bad"],
  failed_only: ["bad", "bad"],
  good_after_failed: ["bad", "good"],
  good_twice: ["good", "good"],
  never_ran: [],
  resumed: ["good", "bad", "resume"],
  running_after_good: ["good", "start"],
} as const;
const DAY = 86_400_000_000n;
let world: PipelineWorld;
const ended = new Map<string, bigint[]>();

beforeAll(async () => {
  world = await pipelineWorld();
  const { registry, transactor } = world.runtime;
  const definitions = [anEntity(), aFileSource(), ...Object.keys(HAPPENED).map((name) => aView({ name }))];
  const upserts = definitions.map((definition) => ({ definition, origin: null }));
  const commit = { project: world.project, settings: sqliteSettings, managedBy: "repo:test", expectedRevision: 0, upserts, removals: [] };
  await transactor.transact((tx) => registry.commit(tx, commit));
  for (const [view, steps] of Object.entries(HAPPENED)) {
    let last = "";
    for (const step of steps) {
      if (step === "resume") await transactor.transact((tx) => world.runtime.runLog.requeue(tx, last));
      else last = await runOf(view, step === "start" ? null : step === "good" ? GOOD : { ...BAD, error: { ...BAD.error, message: `${view} broke` } });
    }
  }
  await runOf("never_ran", GOOD, "training_set");
});
afterAll(() => world.dispose());

const GOOD = { state: "succeeded", receipt: {} } as const satisfies RunEnd;
const BAD = { state: "failed", error: { code: "unavailable", message: "", hint: null } } as const satisfies RunEnd;

/** A run of the view that ended so; null: it is under way. */
async function runOf(view: string, end: RunEnd | null, kind = "materialize"): Promise<string> {
  const { runLog, transactor, localOwner } = world.runtime;
  const id = randomUUID();
  const run = { id, group: id, project: world.project, kind, subject: `feature_view:${view}`, request: {}, actor: localOwner, key: id };
  await transactor.transact((tx) => runLog.create(tx, run));
  const begun = await runLog.begin(id, "test");
  if (end !== null) await runLog.finish({ run: id, attempt: begun?.attempt ?? 0 }, end);
  const finishedAt = (await runLog.get(id))?.finishedAt;
  if (finishedAt) ended.set(view, [...(ended.get(view) ?? []), toMicros(finishedAt)]);
  return id;
}

async function facts(views: readonly string[] | null = null): Promise<Readonly<Record<string, StoredFacts>>> {
  const { registry, monitorStore } = world.runtime;
  const found = await monitorStore.freshnessFacts(await requireProject(registry, world.project), views);
  return Object.fromEntries(found.map((one) => [one.view, one]));
}

describe("the runs of a view", () => {
  it("tell the end of its last good one, a failure only where that came later, and whether one is under way", async () => {
    const at = (view: string, nth: number) => ended.get(view)?.[nth];
    const failure = (view: string) => ({ at: at(view, 1), message: `${view} broke` });
    const seen = Object.values(await facts()).map(({ view, lastGoodRunAt, failure: why, isRunning }) => [view, lastGoodRunAt, why, isRunning]);
    expect(seen).toEqual([
      ["failed_after_good", at("failed_after_good", 0), failure("failed_after_good"), false],
      ["failed_only", null, failure("failed_only"), false],
      ["good_after_failed", at("good_after_failed", 1), null, false],
      ["good_twice", at("good_twice", 1), null, false],
      ["never_ran", null, null, false],
      ["resumed", at("resumed", 0), null, true],
      ["running_after_good", at("running_after_good", 0), null, true],
    ]);
  });

  it("are told of the views that are asked for alone", async () => {
    expect(Object.keys(await facts(["good_twice", "unheard_of"]))).toEqual(["good_twice"]);
  });
});

describe("samples of hours", () => {
  it("become days one day after the other, whole days only, each with its worst hour and all its looks", async () => {
    const { monitorStore, clock } = world.runtime;
    const today = (clock.now() / DAY) * DAY;
    const look = (state: "on time" | "late", cause: string | null) => [{ view: "good_twice", state, ageSeconds: 60, objectiveSeconds: 3_600, cause }] as const;
    for (const days of [3n, 2n, 1n]) {
      for (const hours of [0n, 1n, 23n])
        await monitorStore.addFreshnessLooks(
          world.project,
          today - days * DAY + (hours * DAY) / 24n,
          look(hours === 1n && days === 2n ? "late" : "on time", null),
        );
    }
    expect(await monitorStore.foldHours(today - DAY + DAY / 2n)).toBe(6);
    const query = { project: world.project, views: ["good_twice"], from: new Date(0) } as const;
    const days = await monitorStore.freshnessSamples({ ...query, span: "day" });
    expect(days.map(({ state, onTime, late }) => [state, onTime, late])).toEqual([
      ["on time", 3, 0],
      ["late", 2, 1],
    ]);
    expect(await monitorStore.freshnessSamples({ ...query, span: "hour" })).toHaveLength(3);
    expect([...(await monitorStore.freshnessTotals({ ...query, span: "day" }))]).toEqual([["good_twice", { onTime: 5, atRisk: 0, late: 1 }]]);
    expect(await monitorStore.foldHours(today - DAY)).toBe(0);
  });
});

describe("looks at online rows", () => {
  const named = async (text: string, page: number, pageSize = 2) => {
    const found = await world.runtime.monitorStore.listOnlineProbes({ project: world.project, text, page, pageSize });
    return [found.rows.map(({ view }) => view), found.total];
  };

  it("are listed the most expired first, a page at a time, by a part of the name", async () => {
    const { registry, monitorStore, clock } = world.runtime;
    const snapshot = await registry.snapshot(world.project);
    const expired = { good_twice: 3, failed_only: 9, never_ran: 0, resumed: 3 };
    for (const [view, count] of Object.entries(expired)) {
      const about = { view, store: "sqlite", versionId: snapshot?.views.get(view)?.newest.versionId ?? "", ttlSeconds: view === "never_ran" ? null : 60 };
      const looks = { keys: 10, looked: 10, expired: count, exact: true, newestEvent: null, oldestEvent: null, ages: [], error: null };
      await monitorStore.saveOnlineProbe(world.project, { ...about, ...looks, measuredAt: clock.now() });
    }
    expect([await named("", 1), await named("", 2)]).toEqual([
      [["failed_only", "good_twice"], 4],
      [["resumed", "never_ran"], 4],
    ]);
    expect([await named("Y_", 1), await named("ran", 1), await named("%", 1)]).toEqual([
      [[], 0],
      [["never_ran"], 1],
      [[], 0],
    ]);
    expect((await monitorStore.onlineProbes(world.project, ["resumed"])).map(({ view }) => view)).toEqual(["resumed"]);
  });
});

describe("incidents", () => {
  const titled = async (filter: Partial<IncidentFilter>) => {
    const { rows } = await world.runtime.incidents.list({ project: world.project, page: 1, pageSize: 10, ...filter });
    return rows.map(({ title }) => title);
  };

  it("are found by a part of their title, taken literally in any case, and without those of some checks", async () => {
    const { incidents, transactor, clock } = world.runtime;
    const plain = { project: world.project, cause: null, causeText: "", owner: null, team: null, memory: {}, detail: {} } as const;
    for (const [check, title, severity] of [
      ["freshness", "good_twice is late", "critical"],
      ["quality", "goodXtwice has other rows", "warning"],
    ] as const) {
      await transactor.transact((tx) => incidents.open(tx, { ...plain, subject: `feature_view:${title}`, check, title, severity }, clock.now()));
    }
    expect(await titled({ state: "open" })).toEqual(["good_twice is late", "goodXtwice has other rows"]); // the worst first
    expect(await titled({})).toEqual(["goodXtwice has other rows", "good_twice is late"]);
    expect(await titled({ text: "GOOD_t" })).toEqual(["good_twice is late"]);
    expect(await titled({ text: "%" })).toEqual([]);
    expect(await titled({ exceptChecks: ["freshness", "drift"] })).toEqual(["goodXtwice has other rows"]);
  });
});
