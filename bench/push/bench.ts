import { join } from "node:path";
import { type RedisServer, startRedis } from "../../src/testing/redis-server.ts";
import { bareConfig, startBare } from "../bare/start-bare.ts";
import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { type Duckdb, openDuckdb } from "../harness/duckdb.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { compareServers, peakMemory, type Servers, timesOf } from "../harness/servers.ts";
import { assertSameRows } from "./check.ts";
import { applyPushed, DRIVERS, MARK, type PushStore, pushBody } from "./fixture.ts";

const ROWS = [1, 100, 1_000];
const CONNECTIONS = [1, 16];
/** Rows that lie ready in bodies of different drivers. */
const ROWS_READY = 20_000;
/** Rows per second at one connection, by rows a request. */
const FEAST: Readonly<Record<number, number>> = { 1: 400, 100: 9_100, 1000: 12_400 };
const FEAST_TIMES = 10;

export const pushBench: Bench = {
  name: "push",
  title: "push by HTTP, ten features of one view, newest wins",
  reference: "a bare node:http server that decodes the same body and writes the same bytes over what is there: SETs in a pipeline, or one SQLite transaction",
  async run(context) {
    const redis: RedisServer[] = [];
    const duckdb = await openDuckdb({ threads: 2, memoryMb: 512, folder: context.folder });
    try {
      const larder = await context.open();
      for (let count = 0; count < 2; count += 1) redis.push(await startRedis());
      const [ours = "", reference = ""] = redis.map(({ url }) => url);
      const stores: readonly PushStore[] = [
        { type: "redis", ours, reference },
        { type: "sqlite", ours: join(context.folder, "online.db"), reference: join(context.folder, "reference.db") },
      ];
      const measures: Measure[] = [];
      for (const store of stores) measures.push(...(await measureStore({ context, larder, duckdb }, store)));
      return measures;
    } finally {
      duckdb.close();
      await Promise.all(redis.map((server) => server.stop()));
    }
  },
};

interface World {
  readonly context: BenchContext;
  readonly larder: LarderHome;
  readonly duckdb: Duckdb;
}

async function measureStore({ context, larder, duckdb }: World, store: PushStore): Promise<readonly Measure[]> {
  const { type } = store;
  const project = await applyPushed(larder, duckdb, context.folder, store);
  const configOf = (side: "ours" | "reference") => bareConfig(larder, project, { type, address: store[side] });
  const configs = { ours: await configOf("ours"), reference: await configOf("reference") };
  const program = new URL("bare-server.ts", import.meta.url);
  const servers: Servers = { ours: await larder.startServe(project), reference: await startBare(configs.reference, { folder: context.folder, program }) };
  try {
    await assertSameRows(servers, configs);
    const measures: Measure[] = [];
    const nextSecond = counter(2);
    for (const connections of CONNECTIONS) {
      for (const rows of ROWS) measures.push(...(await measureOne({ context, servers, nextSecond }, { type, connections, rows })));
    }
    return [...measures, peakMemory(servers, `${type}: server's peak memory`)];
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
}

function counter(first: number): () => number {
  let next = first;
  return () => next++;
}

interface Shape {
  readonly type: PushStore["type"];
  readonly connections: number;
  readonly rows: number;
}

interface Running {
  readonly context: BenchContext;
  readonly servers: Servers;
  /** Each load pushes rows of a second of its own, later than all before: every row wins. */
  readonly nextSecond: () => number;
}

async function measureOne({ context: { quick, rounds, say }, servers, nextSecond }: Running, { type, connections, rows }: Shape): Promise<readonly Measure[]> {
  const load = () => {
    const second = nextSecond();
    const bodies = Array.from({ length: Math.max(20, Math.min(200, ROWS_READY / rows)) }, (_, index) =>
      pushBody({ rows, first: (index * 101) % DRIVERS, second }),
    );
    return { path: "/push", bodies, connections, seconds: quick ? 0.5 : 2, mark: { text: MARK, first: 0 } };
  };
  const results = await compareServers({ servers, rounds, warmUpSeconds: quick ? 0.5 : 2, load });
  const perSecond = (list: readonly { readonly requests: number; readonly seconds: number }[]): number[] =>
    list.map((one) => (one.requests * rows) / one.seconds);
  const what = `${type}, ${connections} connection${connections === 1 ? "" : "s"}, ${rows.toLocaleString("en-GB")} row${rows === 1 ? "" : "s"} a request`;
  const feast = connections === 1 ? FEAST[rows] : undefined;
  say(`${what}: done`);
  const ratio: Measure = { what, unit: "rows/s", ours: perSecond(results.ours), reference: perSecond(results.reference) };
  if (feast === undefined) return [ratio, ...timesOf(results)];
  return [{ ...ratio, limit: { min: feast * FEAST_TIMES }, feastElsewhere: feast }, ...timesOf(results)];
}
