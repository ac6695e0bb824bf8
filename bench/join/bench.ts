import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { JoinRequest } from "../../src/offline/index.ts";
import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { type Duckdb, openDuckdb } from "../harness/duckdb.ts";
import { writeFeatureRepo } from "../harness/feature-repo.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { interleave } from "../harness/rounds.ts";
import { type JoinData, type JoinSize, makeJoinData } from "./data.ts";
import { referenceSql } from "./reference.ts";

const SIZES: readonly (JoinSize & { readonly feastSeconds?: number })[] = [
  { name: "100k rows over two views of 1M", entityRows: 100_000, viewRows: 1_000_000, feastSeconds: 0.93 },
  { name: "1M rows over two views of 5M", entityRows: 1_000_000, viewRows: 5_000_000 },
];
const QUICK: readonly JoinSize[] = [{ name: "10k rows over two views of 100k", entityRows: 10_000, viewRows: 100_000 }];
/** What every process of Larder gives its engine by default, and what a training machine would. */
const MEMORY_MB = [256, 4_096];
const TARGET = { max: 1.15 };

export const joinBench: Bench = {
  name: "join",
  title: "point-in-time join, Parquet to Parquet, 5 % ties, ttl, order kept",
  reference: "hand-written DuckDB SQL with the same answer, in the same process with the same threads and memory",
  async run(context) {
    const maker = await openDuckdb({ threads: availableParallelism(), memoryMb: 4_096, folder: context.folder });
    try {
      const measures: Measure[] = [];
      for (const size of context.quick ? QUICK : SIZES) {
        context.say(`making data: ${size.name}`);
        const data = await makeJoinData(maker, context.folder, size);
        for (const memoryMb of MEMORY_MB) measures.push(...(await measureSize({ context, maker, size, data, memoryMb })));
      }
      return measures;
    } finally {
      maker.close();
    }
  },
};

interface Work {
  readonly context: BenchContext;
  readonly maker: Duckdb;
  readonly size: JoinSize & { readonly feastSeconds?: number };
  readonly data: JoinData;
  readonly memoryMb: number;
}

async function measureSize({ context, maker, size, data, memoryMb }: Work): Promise<readonly Measure[]> {
  const { folder, rounds, say } = context;
  const project = `join_${size.entityRows}_${memoryMb}`;
  const larder = await context.open({ env: { LARDER_DUCKDB_MEMORY_MB: String(memoryMb) }, name: project });
  const duckdb = await openDuckdb({ threads: availableParallelism(), memoryMb, folder });
  try {
    const [ours, theirs] = [join(folder, "ours.parquet"), join(folder, "reference.parquet")];
    const request = await joinRequest(larder, { folder, project, data, out: ours });
    const sql = referenceSql(data, theirs);
    const work = { ours: () => larder.runtime.offline.join(request), reference: () => duckdb.run(sql) };
    await work.ours();
    await work.reference();
    await assertSame(maker, data, ours, theirs);
    const results = await interleave({ rounds }, async (side) => clocked(work[side]));
    say(`${size.name}, ${memoryMb} MB: done`);
    const what = `${size.name}, ${memoryMb} MB`;
    const feast = size.feastSeconds === undefined ? {} : { feastElsewhere: size.feastSeconds };
    return [
      { what, unit: "s", ours: results.ours.map(({ wall }) => wall), reference: results.reference.map(({ wall }) => wall), target: TARGET, ...feast },
      { what: "  processor time", unit: "s", ours: results.ours.map(({ cpu }) => cpu), reference: results.reference.map(({ cpu }) => cpu) },
    ];
  } finally {
    duckdb.close();
    await larder.dispose();
  }
}

async function clocked(work: () => Promise<unknown>): Promise<{ readonly wall: number; readonly cpu: number }> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - started) / 1_000, cpu: (user + system) / 1e6 };
}

interface RequestOf {
  readonly folder: string;
  readonly project: string;
  readonly data: JoinData;
  readonly out: string;
}

async function joinRequest(larder: LarderHome, { folder, project, data, out }: RequestOf): Promise<JoinRequest> {
  const views = data.views.map(({ name, path, ttlDays, features }) => ({ name, path, ttl: `${ttlDays}d`, schema: features }));
  const repo = await writeFeatureRepo(folder, { project, onlineStore: { type: "sqlite", connectionString: join(folder, "unused.db") }, views });
  await larder.cli("apply", "--repo", repo, "--yes");
  const snapshot = await larder.runtime.registry.snapshot(project);
  return {
    entityRows: { path: data.entityPath, format: "parquet" },
    eventTimestampColumn: "event_timestamp",
    views: data.views.map(({ name, features }) => {
      const view = snapshot?.views.get(name)?.newest;
      if (view === undefined) throw new Error(`the view ${name} was not applied`);
      return { view, features: Object.keys(features).map((feature) => ({ feature, output: feature })), joinKeyMap: {} };
    }),
    knownAtDelaySeconds: null,
    out: { path: out, format: "parquet" },
  };
}

/** Row by row in their order, column by column. */
async function assertSame(duckdb: Duckdb, { entityPath, views }: JoinData, ours: string, theirs: string): Promise<void> {
  const columns = ["driver_id", "event_timestamp", "label", ...views.flatMap(({ features }) => Object.keys(features))];
  const differ = columns.map((name) => `a.${name} IS DISTINCT FROM b.${name}`).join(" OR ");
  const present = views.map(({ features }) => `count(a.${Object.keys(features)[0]})`).join(", ");
  const [row = []] = await duckdb.rows(`SELECT (SELECT count(*) FROM '${entityPath}'), count(*), count(*) FILTER (${differ}), ${present}
    FROM (FROM '${ours}') a POSITIONAL JOIN (FROM '${theirs}') b`);
  const [asked, rows, different, ...found] = row.map(Number);
  const isEmpty = found.some((count) => count === 0);
  if (rows === asked && different === 0 && !isEmpty) return;
  throw new Error(`the joins do not agree: ${asked} rows asked, ${rows} answered, ${different} differ, values found ${found.join(", ")}`);
}
