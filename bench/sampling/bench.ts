import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SamplingRate } from "../../src/serve/index.ts";
import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { openDuckdb } from "../harness/duckdb.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { type LoadResult, runLoad } from "../harness/load.ts";
import type { Started } from "../harness/processes.ts";
import { interleave, type Side } from "../harness/rounds.ts";
import { fillStore, makeSources, projectOf, requestBody } from "../serving/fixture.ts";
import { measureInProcess } from "./in-process.ts";
import { measureOverload } from "./overload.ts";

const DRIVERS = 20_000;
const BODIES = 200;
const ROUNDS_MIN = 10;
const PROJECT = projectOf("sqlite");
const OFF: SamplingRate = { rate: 0, rowsPerSecondMax: 1 };
/** Serving looks at the settings every two seconds. */
const FOLLOWED_MS = 2_600;
const TARGET = { min: 0.97 };

const SHAPES = [
  { what: "default (1 %, 1 row/s a view), 1 connection, 1 entity", on: { rate: 0.01, rowsPerSecondMax: 1 }, connections: 1, entities: 1 },
  { what: "default (1 %, 1 row/s a view), 16 connections, 10 entities", on: { rate: 0.01, rowsPerSecondMax: 1 }, connections: 16, entities: 10 },
  { what: "all it can (100 %, 100 rows/s a view), 16 connections, 10 entities", on: { rate: 1, rowsPerSecondMax: 100 }, connections: 16, entities: 10 },
] as const;

const ALONE = [
  { rate: SHAPES[0].on, entities: 1 },
  { rate: SHAPES[0].on, entities: 10 },
  { rate: SHAPES[2].on, entities: 10 },
] as const;

interface SampledServer extends Started {
  readonly port: number;
}

export const samplingBench: Bench = {
  name: "sampling",
  title: "get-online-features with its answers sampled, 50 features of 5 views on SQLite",
  reference: "the same process with sampling turned off, in turn",
  async run(context) {
    const duckdb = await openDuckdb({ threads: 2, memoryMb: 1_024, folder: context.folder });
    try {
      const larder = await context.open();
      const views = await makeSources(duckdb, context.folder, DRIVERS);
      await fillStore(larder, context.folder, { type: "sqlite", address: join(context.folder, "online.db"), views });
      const measures: Measure[] = [];
      for (const { rate, entities } of ALONE) {
        measures.push(...(await measureInProcess({ larder, project: PROJECT, rate, entities, rounds: Math.max(context.rounds, ROUNDS_MIN) })));
      }
      const server = await larder.startServe(PROJECT);
      for (const shape of SHAPES) measures.push(...(await measureShape(context, { larder, server, views: views.map(({ name }) => name) }, shape)));
      const overloaded = { larder, server, load: () => runLoad(loadOf(server, { connections: 16, entities: 100, seconds: context.quick ? 2 : 5 })) };
      await setRates(
        larder,
        views.map(({ name }) => name),
        { rate: 1, rowsPerSecondMax: 100 },
      );
      return [...measures, ...(await measureOverload(overloaded))];
    } finally {
      duckdb.close();
    }
  },
};

interface Sampled {
  readonly larder: LarderHome;
  readonly server: SampledServer;
  readonly views: readonly string[];
}

async function measureShape(
  { quick, rounds, say }: BenchContext,
  { larder, server, views }: Sampled,
  shape: (typeof SHAPES)[number],
): Promise<readonly Measure[]> {
  const load = { connections: shape.connections, entities: shape.entities, seconds: quick ? 1 : 3 };
  await runLoad(loadOf(server, { ...load, seconds: quick ? 0.5 : 2 }));
  const results = await interleave({ rounds: quick ? rounds : Math.max(rounds, ROUNDS_MIN) }, async (side) => {
    await setRates(larder, views, side === "ours" ? shape.on : OFF);
    const before = server.processorSeconds();
    const result = await runLoad(loadOf(server, load));
    return { ...result, processorMicros: ((server.processorSeconds() - before) * 1e6) / result.requests };
  });
  say(`${shape.what}: done`);
  return [
    { ...measureOf(shape.what, "req/s", results, ({ requests, seconds }) => requests / seconds), target: TARGET },
    measureOf("  p50", "ms", results, ({ p50Ms }) => p50Ms),
    measureOf("  p99", "ms", results, ({ p99Ms }) => p99Ms),
    measureOf("  server's processor time per request", "µs", results, ({ processorMicros }) => processorMicros),
  ];
}

type Result = LoadResult & { readonly processorMicros: number };

function measureOf(what: string, unit: string, results: Record<Side, readonly Result[]>, of: (one: Result) => number): Measure {
  return { what, unit, ours: results.ours.map(of), reference: results.reference.map(of) };
}

function loadOf(
  { port }: SampledServer,
  { connections, entities, seconds }: { readonly connections: number; readonly entities: number; readonly seconds: number },
) {
  const bodies = Array.from({ length: BODIES }, (_, index) => requestBody(entities, index * 101, DRIVERS));
  return { port, path: "/get-online-features", bodies, connections, seconds, mark: null };
}

/** As a click sets them; returns when serving follows. */
async function setRates({ runtime }: LarderHome, views: readonly string[], rate: SamplingRate): Promise<void> {
  const at = runtime.clock.now();
  await runtime.transactor.transact(async (tx) => {
    for (const view of views) await runtime.servedSamples.setRate(tx, { project: PROJECT, view, ...rate, by: "bench", at });
  });
  await sleep(FOLLOWED_MS);
}
