import { open } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import { type RedisServer, startRedis } from "../../src/testing/redis-server.ts";
import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { type Duckdb, openDuckdb } from "../harness/duckdb.ts";
import { writeFeatureRepo } from "../harness/feature-repo.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { runProgram } from "../harness/processes.ts";
import { interleave, timed } from "../harness/rounds.ts";
import { assertSame } from "./check.ts";
import { FEATURES, makeSource, writeProtocol } from "./data.ts";

const PROJECT = "bench_materialize";
const VIEW = "driver_stats";
const ROWS_PER_KEY_MANY = 10;
const TARGET = { min: 0.4 };
const WORKER_MB = { max: 500 };
const FEAST_ROWS_PER_SECOND = 14_500;

interface World {
  readonly context: BenchContext;
  readonly keys: number;
  readonly duckdb: Duckdb;
  readonly larder: LarderHome;
  readonly stores: { readonly ours: RedisServer; readonly reference: RedisServer };
  readonly clients: { readonly ours: Redis; readonly reference: Redis };
  /** The source as the view names it, and its rows as Redis commands. */
  readonly source: string;
  readonly protocol: string;
}

export const materializeBench: Bench = {
  name: "materialize",
  title: "newest row per key, ten features, Parquet to Redis, from the command to the verified receipt",
  reference: "redis-cli --pipe, the same rows as HSET commands made beforehand: no reading, no newest-wins, no verifying",
  async run(context) {
    const { folder, quick } = context;
    const stores = { ours: await startRedis(), reference: await startRedis() };
    const clients = { ours: new Redis(stores.ours.url), reference: new Redis(stores.reference.url) };
    const duckdb = await openDuckdb({ threads: 2, memoryMb: 2_048, folder });
    const larder = await context.open({ env: { REDIS_URL: stores.ours.url } });
    const [source, protocol] = [join(folder, "source.parquet"), join(folder, "rows.resp")];
    const world: World = { context, keys: quick ? 50_000 : 1_000_000, duckdb, larder, stores, clients, source, protocol };
    try {
      await setUp(world);
      return await measureAll(world);
    } finally {
      duckdb.close();
      for (const client of Object.values(clients)) client.disconnect();
      await Promise.all(Object.values(stores).map((store) => store.stop()));
    }
  },
};

async function setUp({ context, keys, duckdb, larder, source }: World): Promise<void> {
  await makeSource(duckdb, source, { keys, rowsPerKey: 1, generation: 0 });
  const onlineStore = { type: "redis", connectionString: "$" + "{REDIS_URL}" } as const;
  const repo = await writeFeatureRepo(context.folder, {
    project: PROJECT,
    onlineStore,
    views: [{ name: VIEW, path: source, ttl: "36500d", schema: FEATURES }],
  });
  await larder.cli("apply", "--repo", repo, "--yes");
}

async function measureAll(world: World): Promise<readonly Measure[]> {
  const { context, keys } = world;
  const worker = await world.larder.startWorker();
  const measures: Measure[] = [];
  const idleMb = worker.peakMb();
  for (const state of ["empty", "full"] as const) {
    worker.resetPeak();
    measures.push(...(await measureStore(world, state)));
    measures.push({ what: "  worker's peak memory", unit: "MB", ours: [worker.peakMb()], reference: null, limit: WORKER_MB });
  }
  // The same keys, each with ten times the rows: what the newest are chosen from must not show in memory.
  context.say(`${ROWS_PER_KEY_MANY} rows per key`);
  await makeSource(world.duckdb, world.source, { keys, rowsPerKey: ROWS_PER_KEY_MANY, generation: 2 * context.rounds });
  worker.resetPeak();
  const many = await materialize(world);
  const what = `${millions(keys * ROWS_PER_KEY_MANY)} rows, ${millions(keys)} keys, full store`;
  measures.push(
    { what, unit: "keys/s", ours: [keys / many.wall], reference: null },
    { what: "  staging", unit: "s", ours: [many.phases.staging], reference: null },
    { what: "  worker's peak memory", unit: "MB", ours: [worker.peakMb()], reference: null, limit: WORKER_MB },
    { what: "worker's memory before any run", unit: "MB", ours: [idleMb], reference: null },
  );
  await worker.stop();
  return measures;
}

/** Rounds into an emptied store, or each with newer rows over those that are there. */
async function measureStore(world: World, state: "empty" | "full"): Promise<readonly Measure[]> {
  const { context, keys, clients } = world;
  const base = state === "empty" ? 0 : context.rounds;
  const prepare = async (round: number): Promise<void> => {
    await makeSource(world.duckdb, world.source, { keys, rowsPerKey: 1, generation: base + round });
    await writeProtocol(world.duckdb, world.source, world.protocol, keys);
  };
  const results = await interleave({ rounds: context.rounds, prepare }, async (side) => {
    if (state === "empty") await clients[side].flushall();
    const done = side === "ours" ? await materialize(world) : { wall: await pipe(world), seconds: 0, phases: null };
    context.say(`${state} store, ${side}: ${done.wall.toFixed(1)} s`);
    return done;
  });
  await assertSame({ ...world, sourcePath: world.source, project: PROJECT, view: VIEW, ours: clients.ours, reference: clients.reference });
  const runs = results.ours.filter(({ phases }) => phases !== null) as Materialized[];
  const seconds = { ours: runs.map(({ wall }) => wall), reference: results.reference.map(({ wall }) => wall) };
  const perSecond = (list: readonly number[]): number[] => list.map((value) => keys / value);
  const phase = (name: keyof Materialized["phases"]): Measure => ({
    what: `  ${name}`,
    unit: "s",
    ours: runs.map(({ phases }) => phases[name]),
    reference: null,
  });
  return [
    {
      what: `${millions(keys)} keys, ${state} store`,
      unit: "keys/s",
      ours: perSecond(seconds.ours),
      reference: perSecond(seconds.reference),
      target: TARGET,
      feastElsewhere: FEAST_ROWS_PER_SECOND,
    },
    { what: "  from command to receipt", unit: "s", ours: seconds.ours, reference: seconds.reference },
    { what: "  the run alone", unit: "s", ours: runs.map((run) => run.seconds), reference: null },
    ...(["staging", "writing", "verifying"] as const).map(phase),
  ];
}

interface Materialized {
  readonly wall: number;
  readonly seconds: number;
  /** Writing and verifying overlap. */
  readonly phases: { readonly staging: number; readonly writing: number; readonly verifying: number };
}

async function materialize({ larder, keys }: World): Promise<Materialized> {
  let document: unknown;
  const wall = await timed(async () => {
    document = await larder.cli("materialize", VIEW, "--project", PROJECT, "--all");
  });
  const { views } = document as { readonly views: readonly (Materialized & Receipt)[] };
  const [view] = views;
  const isVerified = view?.state === "succeeded" && view.keys === keys && view.written === keys && view.checksum_offline === view.checksum_online;
  if (!isVerified) throw new Error(`the run did not do what it should: ${JSON.stringify(view)}`);
  return { wall, seconds: view.seconds, phases: view.phases };
}

interface Receipt {
  readonly state: string;
  readonly keys: number;
  readonly written: number;
  readonly checksum_offline: string;
  readonly checksum_online: string;
}

async function pipe({ protocol, stores, keys }: World): Promise<number> {
  const file = await open(protocol);
  try {
    return await timed(async () => {
      const said = await runProgram("redis-cli", ["-p", String(stores.reference.port), "--pipe"], { stdin: file.fd });
      if (!said.includes(`errors: 0, replies: ${keys}`)) throw new Error(`redis-cli --pipe: ${said}`);
    });
  } finally {
    await file.close();
  }
}

function millions(count: number): string {
  return count >= 1_000_000 ? `${count / 1_000_000}M` : `${count / 1_000}k`;
}
