import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, type Micros } from "../kit/index.ts";
import { pauseSchedule, runMaterialize, startMaterialize } from "../materialize/index.ts";
import { deliverAlerts, saveChannel, testChannel, toShownChannel } from "../notify/index.ts";
import { requireProject } from "../registry/index.ts";
import { aFileSource, anEntity, aService, aView } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { createCaller } from "../trpc/router.ts";
import { judgeViews } from "./freshness/judge-views.ts";
import { acknowledgeIncident, assignIncident, snoozeIncident } from "./incidents/handle-incident.ts";
import { probeNow } from "./run-monitor.ts";
import { probeOnce, watchOnce } from "./start-monitor.ts";

/* The whole monitor on a real database, with a clock that the test moves and a receiver that writes down what it is told. */

const HOUR = 3_600_000_000n;
let world: PipelineWorld;
let now: Micros;
let receiver: { readonly url: string; readonly got: { headers: IncomingHttpHeaders; body: string }[]; status: number; server: Server };

beforeAll(async () => {
  world = await pipelineWorld();
  receiver = await startReceiver();
  now = world.runtime.clock.now();
  await world.apply(await definitions(now));
  await materialize();
});
afterAll(async () => {
  receiver.server.close();
  await world.dispose();
});

/** driver_stats runs hourly; slow has no schedule and a source with a row an hour; both have rows up to `until`. */
async function definitions(until: Micros) {
  const end = `make_timestamptz(${until}::bigint)`;
  const rows = `select 1::bigint + i % 10 driver_id, ${end} - interval (i) hour datetime, ${end} - interval (i) hour created,
    0.5::float conv_rate, 0.5::float acc_rate, 1 avg_daily_trips from range(0, 240) t(i)`;
  const [path, slow] = [await writeParquet(world.home, "driver_stats.parquet", rows), await writeParquet(world.home, "slow.parquet", rows)];
  return [
    anEntity(),
    aFileSource({ path }),
    aFileSource({ name: "slow", path: slow }),
    aView({ schedule: "10 * * * *", team: "fleet", ttlSeconds: 5 * 3_600 }),
    aView({ name: "slow", source: "slow" }),
    aView({ name: "unjudged", source: "driver_stats", online: false, freshnessSeconds: 30 * 86_400 }),
    aService({ driver_stats: null }),
  ];
}

async function materialize(): Promise<void> {
  const { runtime, project } = world;
  const { runs } = await startMaterialize(runtime, { actor: runtime.localOwner, project, views: null, window: { kind: "incremental", end: null } });
  for (const { run } of runs) await runMaterialize(runtime, { run }, { signal: new AbortController().signal, worker: "test" });
}

const at = (moment: Micros) => ({ ...world.runtime, clock: fixedClock(moment) });
const signal = () => new AbortController().signal;

/** The worker's sign of life, its measuring, and the tick. */
async function tick(moment: Micros, { keepLooks = true, workerLives = true } = {}): Promise<void> {
  if (workerLives) await world.runtime.heartbeats.beat("test-worker", "worker", moment);
  await probeOnce(at(moment), signal());
  await watchOnce(at(moment), keepLooks);
}

async function states(moment: Micros): Promise<Readonly<Record<string, readonly [string, string | null]>>> {
  const judged = await judgeViews(at(moment), await requireProject(world.runtime.registry, world.project));
  return Object.fromEntries(judged.map(({ facts, freshness }) => [facts.view, [freshness.state, freshness.cause] as const]));
}

const incidents = async () => (await world.runtime.incidents.list({ project: world.project, page: 1, pageSize: 50 })).rows;
const owner = () => ({ actor: world.runtime.localOwner, project: world.project });
const told = (event: string) => receiver.got.map(({ body }) => JSON.parse(body)).filter((message) => message.event === event);

describe("a view that becomes late", () => {
  it("is on time at first, with the online rows measured, and nobody is told anything", async () => {
    const routes = [{ team: "fleet", severityMin: "critical" }];
    const saved = await saveChannel(world.runtime, {
      ...owner(),
      channel: { id: null, name: "hook", settings: { type: "webhook", url: receiver.url }, routes },
    });
    expect(saved.newSecret).toMatch(/^\S{32}$/);
    await tick(now);
    expect(await states(now)).toEqual({ driver_stats: ["on time", null], slow: ["on time", null], unjudged: ["on time", null] });
    const [probe] = await world.runtime.monitorStore.onlineProbes(world.project, null);
    expect(probe).toMatchObject({ view: "driver_stats", keys: 10, looked: 10, expired: 4, exact: true, error: null });
    expect([await incidents(), receiver.got]).toEqual([[], []]);
  });

  it("is raised at once, once, and told once to those who have a route for it, with a signature", async () => {
    const later = now + 3n * HOUR;
    await tick(later);
    await tick(later + 10_000_000n);
    const open = await incidents();
    expect(open.map(({ subject, state, severity, cause, team }) => [subject, state, severity, cause, team])).toEqual([
      ["feature_view:slow", "open", "warning", "source_silent", null],
      ["feature_view:driver_stats", "open", "critical", "run_waiting", "fleet"],
    ]);
    expect(await world.runtime.incidents.countOpen(world.project)).toEqual(
      expect.arrayContaining([
        { check: "freshness", severity: "warning", count: 1 },
        { check: "freshness", severity: "critical", count: 1 },
      ]),
    );
    expect(receiver.got).toHaveLength(1);
    const [{ headers, body }] = receiver.got as [(typeof receiver.got)[number]];
    expect(JSON.parse(body)).toMatchObject({
      event: "opened",
      severity: "critical",
      title: "driver_stats is late",
      team: "fleet",
      subject: "feature_view:driver_stats",
    });
    const [channel] = await world.runtime.notifyStore.channels(world.project);
    const secret = channel?.settings.type === "webhook" ? channel.settings.secret : "";
    expect(headers["larder-signature"]).toBe(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
    expect(JSON.stringify(channel && toShownChannel(channel))).not.toMatch(new RegExp(`${secret}|/hook`));
  });

  it("has its figures refreshed once a minute, without a line in its timeline", async () => {
    const aged = async () => Number(((await incidents())[0]?.detail as { readonly ageSeconds?: number } | undefined)?.ageSeconds);
    const before = await aged();
    await watchOnce(at(now + 3n * HOUR + 20_000_000n), false);
    expect(await aged()).toBe(before);
    await watchOnce(at(now + 3n * HOUR + 70_000_000n), false);
    expect((await aged()) - before).toBeCloseTo(70, 3);
    expect(await world.runtime.incidents.timeline((await incidents())[0]?.id ?? 0)).toHaveLength(1);
  });

  it("keeps its timeline: causes as they change, and what people did", async () => {
    const incident = (await incidents()).find(({ subject }) => subject === "feature_view:driver_stats")?.id ?? 0;
    await pauseSchedule(world.runtime, { ...owner(), view: "driver_stats" });
    await watchOnce(at(now + 3n * HOUR + 80_000_000n), false);
    await acknowledgeIncident(world.runtime, { ...owner(), incident });
    await assignIncident(world.runtime, { ...owner(), incident, assignee: "Ada" });
    expect(await snoozeIncident(world.runtime, { ...owner(), incident, seconds: 3_600 })).toMatchObject({
      assignee: "Ada",
      state: "open",
      cause: "schedule_paused",
    });
    await snoozeIncident(world.runtime, { ...owner(), incident, seconds: 0 });
    const timeline = await world.runtime.incidents.timeline(incident);
    expect(timeline.map(({ kind, actor }) => [kind, actor === null])).toEqual([
      ["opened", true],
      ["cause", true],
      ["acknowledged", false],
      ["assigned", false],
      ["snoozed", false],
      ["snoozed", false],
    ]);
    const viewer = { ...world.runtime.localOwner, isAdmin: false };
    await expect(acknowledgeIncident(world.runtime, { ...owner(), actor: viewer, incident })).rejects.toMatchObject({ code: "permission_denied" });
    await expect(acknowledgeIncident(world.runtime, { ...owner(), incident: 999_999 })).rejects.toMatchObject({ code: "not_found" });
  });

  it("names the worker when that is silent, and the clock when times lie ahead", async () => {
    expect((await states(now + 4n * HOUR)).slow).toEqual(["late", "source_silent"]);
    expect((await states(now - HOUR)).driver_stats).toEqual(["unknown", "clock_skew"]);
  });

  it("closes by itself after one interval on time, which is told once", async () => {
    const back = now + HOUR / 2n; // as if rows and run had just come: the clock is moved back to where they are new
    await world.runtime.heartbeats.forget(now + 10n * HOUR); // else the worker's lies ahead
    await watchOnce(at(back), false);
    await watchOnce(at(back + HOUR / 4n), false);
    expect((await incidents()).map(({ state }) => state)).toEqual(["open", "open"]);
    await watchOnce(at(back + HOUR + 1n), false);
    await watchOnce(at(back + HOUR + 2n), false);
    expect((await incidents()).map(({ state }) => state)).toEqual(["closed", "closed"]);
    expect(told("closed")).toHaveLength(1);
    await tick(now + 3n * HOUR + 60_000_000n);
    expect((await incidents()).filter(({ state }) => state === "open")).toHaveLength(2);
  });
});

describe("looking by hand", () => {
  it("measures what was named, at once, for those who may", async () => {
    const moment = now + 3n * HOUR + 61_000_000n;
    const input = { ...owner(), views: ["slow"], signal: signal() };
    const { monitorStore } = world.runtime;
    const before = await monitorStore.onlineProbes(world.project, null);
    await probeNow(at(moment), input);
    expect((await monitorStore.sourceProbes(world.project)).find(({ source }) => source === "slow")?.measuredAt).toBe(moment);
    const after = await monitorStore.onlineProbes(world.project, null);
    expect(after.filter(({ measuredAt }) => measuredAt === moment).map(({ view }) => view)).toEqual(["slow"]);
    expect(after.filter(({ view }) => view !== "slow")).toEqual(before.filter(({ view }) => view !== "slow"));
    const viewer = { ...world.runtime.localOwner, isAdmin: false };
    await expect(probeNow(at(moment), { ...input, actor: viewer })).rejects.toMatchObject({ code: "permission_denied" });
  });
});

describe("a view that is no longer judged", () => {
  it("has its incident closed when nothing says any more how fresh it has to be, and when it is gone", async () => {
    const rows =
      "select 1::bigint driver_id, make_timestamptz(0) datetime, make_timestamptz(0) created, 0.5::float conv_rate, 0.5::float acc_rate, 1 avg_daily_trips";
    const rare = aFileSource({ name: "rare", path: await writeParquet(world.home, "rare.parquet", rows) });
    const [all, moment] = [await definitions(now), now + 4n * HOUR];
    const open = async () => (await incidents()).filter(({ state }) => state === "open").map(({ subject }) => subject);
    await world.apply([
      ...all,
      rare,
      aView({ name: "Strict", source: "rare", freshnessSeconds: 60 }),
      aView({ name: "gone", source: "rare", freshnessSeconds: 60 }),
    ]);
    await tick(moment, { keepLooks: false });
    expect(await open()).toEqual(expect.arrayContaining(["feature_view:Strict", "feature_view:gone"]));
    await world.apply([...all, rare, aView({ name: "Strict", source: "rare", freshnessSeconds: 60, team: "geo" })], true);
    await tick(moment + 10_000_000n, { keepLooks: false });
    expect((await incidents()).find(({ subject, state }) => subject === "feature_view:Strict" && state === "open")).toMatchObject({ team: "geo" });
    const context = { runtime: world.runtime, requestedProject: world.project, serveUrl: "", shutdown: signal() };
    const listed = await createCaller({ ...context, actor: world.runtime.localOwner }).monitor.freshness({ text: "sTRICT" });
    expect(listed.rows.map(({ view }) => view)).toEqual(["Strict"]);
    await world.apply([...all, rare, aView({ name: "Strict", source: "rare" })], true);
    await tick(moment + 20_000_000n, { keepLooks: false });
    expect(await open()).not.toContain("feature_view:Strict");
    expect(await open()).not.toContain("feature_view:gone");
    await world.apply(all, true);
  });
});

describe("what was seen", () => {
  it("is kept by the hour with its worst state, folded into days later, and forgotten with its view", async () => {
    const day = new Date(Number(now / 1_000n) - 86_400_000);
    const query = { project: world.project, views: ["driver_stats"], from: day } as const;
    const hours = await world.runtime.monitorStore.freshnessSamples({ ...query, span: "hour" });
    expect([...new Set(hours.map(({ state }) => state))]).toEqual(["on time", "late"]);
    expect(hours.reduce((sum, { late }) => sum + late, 0)).toBe(3);
    const days = (await world.runtime.monitorStore.expirySamples({ ...query, span: "hour" })).length;
    expect(days).toBeGreaterThan(0);
    await world.runtime.monitorStore.foldHours(now + 49n * HOUR);
    expect(await world.runtime.monitorStore.freshnessSamples({ ...query, span: "hour" })).toEqual([]);
    const folded = await world.runtime.monitorStore.freshnessSamples({ ...query, span: "day" });
    expect(folded.reduce((sum, { late }) => sum + late, 0)).toBe(3);
  });
});

describe("an alert", () => {
  it("is not lost when the receiver is away, nor sent twice when it is back", async () => {
    const before = receiver.got.length;
    receiver.status = 503;
    const { incidents: store, transactor } = world.runtime;
    const moment = now + 200n * HOUR;
    const open = (await incidents()).find(({ subject, state }) => subject === "feature_view:driver_stats" && state === "open");
    await transactor.transact((tx) => store.change(tx, open?.id ?? 0, { closedAt: new Date() }, moment));
    await watchOnce(at(moment), false);
    receiver.status = 200;
    expect(await deliverAlerts(at(moment))).toBe(0); // not due again yet
    expect(await deliverAlerts(at(moment + 60_000_000n))).toBe(1);
    expect(await deliverAlerts(at(moment + 120_000_000n))).toBe(0);
    expect(receiver.got.slice(before).map(({ headers }) => headers["larder-delivery"])).toEqual([expect.any(String), expect.any(String)]);
    expect(new Set(receiver.got.slice(before).map(({ headers }) => headers["larder-delivery"])).size).toBe(1);
  });

  it("can be tested, and says why it did not arrive", async () => {
    const [channel] = await world.runtime.notifyStore.channels(world.project);
    const input = { ...owner(), channel: channel?.id ?? 0, url: world.runtime.consoleUrl };
    expect(await testChannel(world.runtime, input)).toEqual({ sentTo: "hook" });
    expect(told("test")).toHaveLength(1);
    receiver.status = 410;
    await expect(testChannel(world.runtime, input)).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining("answered 410") });
  });
});

async function startReceiver(): Promise<typeof receiver> {
  const got: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      got.push({ headers: request.headers, body });
      response.writeHead(started.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const started = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got, status: 200, server };
  return started;
}
