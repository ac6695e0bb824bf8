import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aFileSource, anEntity, aPostgresSource, aService, aView } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { callQuery } from "./call-query.ts";
import type { TrpcContext } from "./context.ts";
import { createCaller } from "./router.ts";

let world: PipelineWorld;
let context: TrpcContext;
let call: ReturnType<typeof createCaller>;

beforeAll(async () => {
  world = await pipelineWorld();
  const rows = `select i::bigint driver_id, timestamptz '2026-11-23 08:00:00+00' + interval (i) minute datetime, timestamptz '2026-11-23 09:00:00+00' created,
    (i / 10.0)::float conv_rate, 0.5::float acc_rate, i::int avg_daily_trips from range(1, 6) t(i)`;
  const source = aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) });
  const secret = aPostgresSource({ name: "billing", connection: "postgresql://billing:hunter2@db/billing" });
  await world.apply([anEntity(), source, secret, aView({ description: "How a driver does" }), aService({ driver_stats: ["conv_rate"] })]);
  const { runtime, project } = world;
  context = { runtime, actor: runtime.localOwner, requestedProject: project, serveUrl: "http://localhost:6566", shutdown: new AbortController().signal };
  call = createCaller(context);
});
afterAll(() => world.dispose());

describe("what a page asks", () => {
  it("a view comes with all that it refers to", async () => {
    const { view, source, entities, services, record } = await call.view.get({ view: "driver_stats" });
    expect(view.features.map(({ name }) => name)).toEqual(["conv_rate", "acc_rate", "avg_daily_trips"]);
    expect([source.name, entities.map(({ name }) => name), services]).toEqual(["driver_stats", ["driver"], ["driver_activity"]]);
    expect(record.origin).toMatchObject({ file: "features.ts" });
  });

  it("what uses an entity or a source, and what a service gives", async () => {
    expect((await call.entity.get({ name: "driver" })).views).toMatchObject([{ name: "driver_stats", features: 3 }]);
    expect((await call.source.get({ name: "driver_stats" })).views).toMatchObject([{ name: "driver_stats" }]);
    const [part] = (await call.service.get({ name: "driver_activity" })).projections;
    expect(part).toMatchObject({ view: "driver_stats", ready: null, features: [{ name: "conv_rate" }], joinKeys: [{ name: "driver_id" }] });
  });

  it("a feature comes with its readers and its history", async () => {
    const answer = await call.feature.get({ view: "driver_stats", feature: "conv_rate" });
    expect(answer).toMatchObject({
      feature: { name: "conv_rate", type: "float32" },
      consumers: [{ name: "driver_activity", as: "driver_stats__conv_rate" }],
      versions: [{ number: 1, was: null, is: "float32" }],
    });
    expect((await call.feature.get({ view: "driver_stats", feature: "acc_rate" })).consumers).toEqual([]);
  });

  it("rows and figures of the source", async () => {
    const newest = await call.view.sample({ view: "driver_stats", of: "newest", limit: 2 });
    const id = newest.columns.findIndex(({ name }) => name === "driver_id");
    expect(newest.rows.map((row) => row[id])).toEqual([5n, 4n]);
    const profile = await call.view.profile({ view: "driver_stats" });
    expect(profile.profiles.find(({ feature }) => feature === "avg_daily_trips")).toMatchObject({ rows: 5, min: 1, max: 5 });
    expect(await call.view.profile({ view: "driver_stats" })).toEqual(profile); // kept, with its time
    const again = await call.view.profileAgain({ view: "driver_stats" });
    expect(again.computedAt.getTime()).toBeGreaterThan(profile.computedAt.getTime());
    expect((await call.view.profile({ view: "driver_stats" })).computedAt).toEqual(again.computedAt);
    expect(await call.source.inspect({ name: "driver_stats" })).toMatchObject({ rows: 5 });
  });

  it("what is online, before and after a materialize that was asked for here", async () => {
    expect(await call.view.online({ view: "driver_stats" })).toMatchObject({ store: "sqlite", version: 1, ready: null, count: { keys: 0 } });
    expect(await call.view.ages({ view: "driver_stats" })).toBeNull();
    const window = { kind: "everything" } as const;
    const preview = await call.materialize.preview({ view: "driver_stats", window });
    expect(preview).toMatchObject({ reads: { rows: 5 }, activeRun: null, problem: null });
    const [started] = (await call.materialize.start({ view: "driver_stats", window })).runs;
    const [joined] = (await call.materialize.start({ view: "driver_stats", window })).runs;
    expect(joined).toEqual({ ...started, joined: true });
    const run = await call.run.get({ run: started?.run ?? "" });
    expect(run).toMatchObject({ view: "driver_stats", state: "queued", command: preview.command, hasCheckpoint: false, receipt: null });
    expect(await call.run.cancel({ run: run.id })).toMatchObject({ state: "cancelled" });
    expect(await call.run.list({ view: "driver_stats", states: ["cancelled"] })).toMatchObject({ total: 1, rows: [{ id: run.id }] });
    expect((await call.run.events({ run: run.id })).map(({ type }) => type)).toEqual(["state", "state"]);
    expect(await call.run.resume({ run: run.id })).toMatchObject({ state: "queued" });
    await call.run.cancel({ run: run.id });
  });
});

describe("what a page is refused", () => {
  it("a connection with its password", async () => {
    const answer = await call.source.get({ name: "billing" });
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  });

  it.each([
    ["view.get", { view: "no_such_view" }],
    ["feature.get", { view: "driver_stats", feature: "conv_rat" }],
    ["source.get", { name: "no_such_source" }],
    ["run.get", { run: "01NOSUCHRUN" }],
  ])("%s of what is not there is not_found", async (path, input) => {
    expect(await callQuery(path, input, async () => context)).toMatchObject({ ok: false, error: { code: "not_found", retryable: false } });
  });

  it("a project that is not there, by name", async () => {
    const answer = await callQuery("catalog.list", {}, async () => ({ ...context, requestedProject: "nowhere" }));
    expect(answer).toMatchObject({ ok: false, error: { code: "not_found", message: "There is no project nowhere." } });
  });

  it("a window that is none, naming the field", async () => {
    const window = { kind: "range", start: "yesterday", end: "2026-11-23" } as const;
    await expect(call.materialize.preview({ view: "driver_stats", window })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining("From"),
    });
  });
});
