import { join } from "node:path";
import { startRedis } from "../../src/testing/redis-server.ts";
import { bareConfig, startBare } from "../bare/start-bare.ts";
import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { openDuckdb } from "../harness/duckdb.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { compareServers, peakMemory, type Servers, timesOf } from "../harness/servers.ts";
import { assertSameAnswers } from "./check.ts";
import { type FilledStore, fillStore, makeSources, projectOf, requestBody, type StoreType } from "./fixture.ts";

const DRIVERS = 20_000;
const ENTITIES = [1, 10, 100];
const CONNECTIONS = [1, 16];
const BODIES = 200;
const TARGET = { min: 0.6 };
/** Requests per second at one connection, by entities. */
const FEAST: Readonly<Record<number, number>> = { 1: 753, 10: 192, 100: 24.5 };

export const servingBench: Bench = {
  name: "serving",
  title: "get-online-features by HTTP, 50 features of 5 views",
  reference: "a bare node:http server that reads the same bytes with the same client, decodes them and builds an equal body with JSON.stringify",
  async run(context) {
    const redis = await startRedis();
    const duckdb = await openDuckdb({ threads: 2, memoryMb: 1_024, folder: context.folder });
    try {
      const larder = await context.open();
      const views = await makeSources(duckdb, context.folder, DRIVERS);
      const measures: Measure[] = [];
      const stores: readonly FilledStore[] = [
        { type: "redis", address: redis.url, views },
        { type: "sqlite", address: join(context.folder, "online.db"), views },
      ];
      for (const store of stores) {
        await fillStore(larder, context.folder, store);
        measures.push(...(await measureStore(context, larder, store)));
      }
      return measures;
    } finally {
      duckdb.close();
      await redis.stop();
    }
  },
};

async function measureStore(context: BenchContext, larder: LarderHome, { type, address }: FilledStore): Promise<readonly Measure[]> {
  const project = projectOf(type);
  const program = new URL("bare-server.ts", import.meta.url);
  const reference = await startBare(await bareConfig(larder, project, { type, address }), { folder: context.folder, program });
  const servers: Servers = { ours: await larder.startServe(project), reference };
  try {
    await assertSameAnswers(servers, DRIVERS);
    const measures: Measure[] = [];
    for (const connections of CONNECTIONS) {
      for (const entities of ENTITIES) measures.push(...(await measureOne(context, servers, { type, connections, entities })));
    }
    return [...measures, peakMemory(servers, `${type}: server's peak memory`)];
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
}

interface Shape {
  readonly type: StoreType;
  readonly connections: number;
  readonly entities: number;
}

async function measureOne({ quick, rounds, say }: BenchContext, servers: Servers, { type, connections, entities }: Shape): Promise<readonly Measure[]> {
  const bodies = Array.from({ length: BODIES }, (_, index) => requestBody(entities, index * 101, DRIVERS));
  const load = () => ({ path: "/get-online-features", bodies, connections, seconds: quick ? 0.5 : 2, mark: null });
  const results = await compareServers({ servers, rounds, warmUpSeconds: quick ? 0.5 : 1.5, load });
  const perSecond = (list: readonly { readonly requests: number; readonly seconds: number }[]): number[] => list.map((one) => one.requests / one.seconds);
  const what = `${type}, ${connections} connection${connections === 1 ? "" : "s"}, ${entities} entit${entities === 1 ? "y" : "ies"}`;
  const feast = connections === 1 && FEAST[entities] !== undefined ? { feastElsewhere: FEAST[entities] } : {};
  const measure: Measure = { what, unit: "req/s", ours: perSecond(results.ours), reference: perSecond(results.reference), target: TARGET, ...feast };
  say(`${what}: done`);
  return [measure, ...timesOf(results)];
}
