import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProjectSettings } from "../domain/index.ts";
import { parseTimestamp } from "../kit/index.ts";
import type { RowSpace } from "../online/index.ts";
import { applyRepo } from "../registry/index.ts";
import { aFileSource, anEntity, aRepo, aView, someFeatures, sqliteSettings } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { hasRedisServer, type RedisServer, startRedis } from "../testing/redis-server.ts";
import { startWorker, type Worker } from "../worker/index.ts";
import { type MaterializeReceipt, readReceipt, retireVersions, startMaterialize } from "./index.ts";
import type { MaterializeWindow } from "./port.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const KEYS = 400_000;
const incremental: MaterializeWindow = { kind: "incremental", end: null };
const everything: MaterializeWindow = { kind: "everything" };

/** Two rows per key, the second one newer. */
const rows = (keys: number) => `
  select k as driver_id, timestamp '2026-01-01' + to_hours(h::int) as datetime, timestamp '2026-01-01' + to_hours(h::int) as created,
         (k + h)::double as conv_rate, 0.5::double as acc_rate, (k % 100)::bigint as avg_daily_trips
  from range(${keys}) keys(k), range(2) hours(h)`;

const start = async (world: PipelineWorld, window: MaterializeWindow, view = "driver_stats") => {
  const started = await startMaterialize(world.runtime, { actor: world.runtime.localOwner, project: world.project, views: [view], window });
  return started.runs[0] ?? { run: "", view, joined: false };
};

const receiptOf = async (world: PipelineWorld, run: string): Promise<MaterializeReceipt> => {
  const ended = await world.follow(run);
  const receipt = readReceipt(ended.receipt);
  if (!receipt) throw new Error(`no receipt: ${JSON.stringify(ended.error)}`);
  return receipt;
};

const space = async (world: PipelineWorld): Promise<RowSpace> => {
  const snapshot = await world.runtime.registry.snapshot(world.project);
  return { project: snapshot?.project.onlineId ?? "", version: snapshot?.views.get("driver_stats")?.newest.versionId ?? "" };
};

const keysOnline = async (world: PipelineWorld, version?: string): Promise<number> => {
  const project = await world.runtime.registry.findProject(world.project);
  if (!project) return 0;
  let keys = 0;
  for await (const batch of world.runtime.onlineStores.forProject(project).scan({ ...(await space(world)), ...(version && { version }) }, 10_000))
    keys += batch.count;
  return keys;
};

describe("materialize into SQLite", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let path: string;
  const source = (more = {}) => aFileSource({ path, ...more });

  beforeAll(async () => {
    world = await pipelineWorld();
    path = await writeParquet(world.home, "driver_stats.parquet", rows(1_000));
    await world.apply([anEntity(), source(), aView()]);
    worker = await startWorker(world.runtime);
  });
  afterAll(async () => {
    await worker.stop();
    await world.dispose();
  });

  it("copies the newest row per key, verifies it, and is ready afterwards", async () => {
    const receipt = await receiptOf(world, (await start(world, incremental)).run);
    expect(receipt).toMatchObject({
      rowsRead: 2_000,
      keys: 1_000,
      written: 1_000,
      unchanged: 0,
      skippedOlder: 0,
      rejected: 0,
      newestEvent: "2026-01-01T01:00:00Z",
    });
    expect(receipt.checksumOnline).toBe(receipt.checksumOffline);
    expect(receipt.windowNote).toContain("never materialized");
    expect((await world.runtime.registry.snapshot(world.project))?.views.get("driver_stats")?.ready).not.toBeNull();
  });

  it("does nothing the second time, and says so", async () => {
    const receipt = await receiptOf(world, (await start(world, incremental)).run);
    expect(receipt).toMatchObject({ keys: 0, written: 0 });
    expect(receipt.windowNote).toContain("nothing to do");
  });

  it("changes nothing when everything is replayed", async () => {
    expect(await receiptOf(world, (await start(world, everything)).run)).toMatchObject({ keys: 1_000, written: 0, unchanged: 1_000 });
  });

  it("never puts an older row over a newer one", async () => {
    const early = { kind: "range", start: parseTimestamp("2026-01-01T00:00:00Z"), end: parseTimestamp("2026-01-01T00:00:00Z") } as const;
    expect(await receiptOf(world, (await start(world, early)).run)).toMatchObject({ keys: 1_000, written: 0, skippedOlder: 1_000 });
  });

  it("reads only what is new, and late corrections by their created time", async () => {
    const now = new Date().toISOString().slice(0, 19);
    await writeParquet(
      world.home,
      "driver_stats.parquet",
      `${rows(1_000)} union all by name select 7 as driver_id, timestamp '2026-01-01 01:00:00' as datetime, timestamp '${now}' as created, 77.0 as conv_rate
       union all by name select 8 as driver_id, timestamp '2026-01-02' as datetime, timestamp '2026-01-02' as created, 88.0 as conv_rate`,
    );
    const receipt = await receiptOf(world, (await start(world, incremental)).run);
    expect(receipt.written).toBe(2);
    expect(receipt.newestEvent).toBe("2026-01-02T00:00:00Z");
  });

  it("joins a second click on the same view and window", async () => {
    const [a, b] = await Promise.all([start(world, everything), start(world, everything)]);
    expect(a.run).toBe(b.run);
    expect([a.joined, b.joined].sort()).toEqual([false, true]);
    await world.follow(a.run);
  });

  it("rejects rows that the types cannot hold and rows of the future, with reasons", async () => {
    const bad = await writeParquet(
      world.home,
      "bad.parquet",
      `select 1 as driver_id, timestamp '2026-01-01' as datetime, 3000000000 as avg_daily_trips union all
       select 2, timestamp '2099-01-01', 5 union all select null, timestamp '2026-01-01', 5 union all select 3, timestamp '2026-01-01', 5`,
    );
    const badSource = aFileSource({ name: "bad", path: bad, createdTimestampColumn: null });
    const badView = aView({ name: "bad_view", source: "bad", features: someFeatures({ avg_daily_trips: "int32" }) });
    await world.apply([anEntity(), source(), aView(), badSource, badView]);
    const receipt = await receiptOf(world, (await start(world, everything, "bad_view")).run);
    expect(receipt).toMatchObject({ keys: 1, written: 1, rejected: 3 });
    const reasons = receipt.rejections.map(({ reason }) => reason).join("\n");
    expect(reasons).toContain("avg_daily_trips");
    expect(reasons).toContain("3000000000");
    expect(reasons).toContain("driver_id");
  });

  it("refuses what cannot run, before anything is queued", async () => {
    await expect(start(world, everything, "nowhere")).rejects.toMatchObject({ code: "not_found" });
    await expect(start(world, { kind: "range", start: 2n, end: 1n })).rejects.toMatchObject({ code: "invalid_argument" });
  });

  it("serves the last ready version until the new one is copied in full, then drops the old one's rows", async () => {
    const before = (await space(world)).version;
    const wider = aView({ features: someFeatures({ conv_rate: "float32", acc_rate: "float32" }) });
    await world.apply([anEntity(), source(), wider], true);
    const view = async () => (await world.runtime.registry.snapshot(world.project))?.views.get("driver_stats");
    expect(await view()).toMatchObject({ newest: { versionNumber: 2 }, ready: { versionId: before } });
    await world.follow((await start(world, incremental)).run);
    expect((await view())?.ready?.versionNumber).toBe(2);
    await retireVersions(world.runtime);
    expect(await keysOnline(world, before)).toBe(0);
    expect(await keysOnline(world)).toBe(1_000);
  });

  it("drops the rows of a removed view while another project's store is out of reach, and no other view's", async () => {
    const { version } = await space(world);
    const settings: ProjectSettings = { ...sqliteSettings, onlineStore: { type: "redis", connectionString: `\${NOT_SET}` } };
    for (const definitions of [[anEntity(), source(), aView()], []]) {
      const repo = aRepo(definitions, { project: "a_project_out_of_reach", settings }); // the first by name: it comes before the other
      await applyRepo(world.runtime, { actor: world.runtime.localOwner, repo, allowRemovals: true });
    }
    await world.apply([anEntity(), source()], true);
    await retireVersions(world.runtime);
    expect(await keysOnline(world, version)).toBe(0);
  });
});

describe.skipIf(!hasRedisServer())("faults in mid-run, into Redis", () => {
  let redis: RedisServer;
  let world: PipelineWorld;
  const workers = new Set<ReturnType<typeof spawn>>();

  beforeAll(async () => {
    redis = await startRedis({ persistent: true });
    world = await pipelineWorld({ redisUrl: redis.url });
    const path = await writeParquet(world.home, "driver_stats.parquet", rows(KEYS));
    await world.apply([anEntity(), aFileSource({ path }), aView()]);
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill("SIGKILL");
    await world.dispose();
    await redis.stop();
  });

  const launchWorker = () => {
    const worker = spawn(process.execPath, [join(root, "src/worker/main.ts")], { cwd: root, env: { ...process.env, ...world.env }, stdio: "ignore" });
    workers.add(worker);
    return worker;
  };
  const kill = async (worker: ReturnType<typeof spawn>) => {
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
    workers.delete(worker);
  };
  const shardsDone = (run: { readonly checkpoint: unknown }) => (run.checkpoint as { shardsDone?: number } | null)?.shardsDone ?? 0;

  it("another worker goes on at the checkpoint after a kill -9", async () => {
    const first = launchWorker();
    const { run } = await start(world, everything);
    const before = await world.follow(run, (now) => shardsDone(now) >= 2);
    await kill(first);
    const atDeath = shardsDone((await world.runtime.runLog.get(run)) ?? before);
    const died = Date.now();
    const second = launchWorker();
    await world.follow(run, (now) => now.attempt === 2);
    expect(Date.now() - died).toBeLessThan(30_000);
    const receipt = await receiptOf(world, run);
    expect(receipt.keys).toBe(KEYS);
    expect(receipt.written + receipt.unchanged).toBe(KEYS); // the shard at work when it died may stand in part already
    expect(receipt.checksumOnline).toBe(receipt.checksumOffline);
    const log = (await world.runtime.runLog.events(run, 500)).map(({ body }) => JSON.stringify(body)).join("\n");
    expect(log).toContain(`Going on at shard ${atDeath + 1} of`);
    expect(await keysOnline(world)).toBe(KEYS);
    await kill(second);
  });

  it("waits for a Redis that restarts, says so, and loses nothing", async () => {
    const worker = launchWorker();
    const { run } = await start(world, everything);
    await world.follow(run, (now) => shardsDone(now) >= 1);
    await redis.kill();
    await world.follow(run, (now) => now.waitingFor === "redis");
    await redis.restart();
    const receipt = await receiptOf(world, run);
    expect(receipt.checksumOnline).toBe(receipt.checksumOffline);
    expect(await keysOnline(world)).toBe(KEYS);
    await kill(worker);
  });

  it("can be cancelled in mid-run and resumed to the end", async () => {
    const worker = launchWorker();
    const { cancelRun, resumeRun } = await import("../runs/index.ts");
    const { run } = await start(world, everything);
    await world.follow(run, (now) => shardsDone(now) >= 1);
    await cancelRun(world.runtime, { actor: world.runtime.localOwner, run });
    expect((await world.follow(run)).state).toBe("cancelled");
    await resumeRun(world.runtime, { actor: world.runtime.localOwner, run });
    expect(await receiptOf(world, run)).toMatchObject({ keys: KEYS });
    await kill(worker);
  });
});
