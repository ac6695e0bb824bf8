import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { openDuckdb } from "../harness/duckdb.ts";
import { runProgram } from "../harness/processes.ts";
import { interleave } from "../harness/rounds.ts";
import type { Profiled, ProfileTask } from "./profile-process.ts";

interface ProfileSize {
  readonly name: string;
  readonly features: number;
  readonly rows: number;
}

const SIZES: readonly ProfileSize[] = [
  { name: "200 features × 1M rows", features: 200, rows: 1_000_000 },
  { name: "20 features × 10M rows", features: 20, rows: 10_000_000 },
];
const QUICK: readonly ProfileSize[] = [{ name: "20 features × 50k rows", features: 20, rows: 50_000 }];
/** What every process of Larder gives its engine by default, and room enough for anything. */
const MEMORY_MB = [256, 4_096];
/** SUMMARIZE of 200 columns runs out of memory with 256 MB. */
const REFERENCE_MB = 4_096;
const KINDS = [
  { what: "baseline", unit: "entity_key", title: "a baseline: exact bins, profiles, a sample; the newest row of each key" },
  { what: "window", unit: "entity_key", title: "a window over known bins; the newest row of each key" },
  { what: "window", unit: "row", title: "a window over known bins; all rows" },
] as const;

export const profileBench: Bench = {
  name: "profile",
  title: "profiles of a view, distinct random doubles, a key each",
  reference: "SUMMARIZE by a DuckDB of its own, with the same threads and 4 GB: sketched quantiles, no bins, no sample, no choice of rows",
  async run(context) {
    const measures: Measure[] = [];
    for (const size of context.quick ? QUICK : SIZES) {
      const path = await makeRows(context, size);
      for (const memoryMb of MEMORY_MB) for (const kind of KINDS) measures.push(...(await measureKind(context, { size, path, memoryMb, kind })));
    }
    return measures;
  },
};

async function makeRows({ folder, say }: BenchContext, { name, features, rows }: ProfileSize): Promise<string> {
  say(`making data: ${name}`);
  const path = join(folder, `${features}x${rows}.parquet`);
  const duckdb = await openDuckdb({ threads: availableParallelism(), memoryMb: 2_048, folder });
  const columns = Array.from({ length: features }, (_, index) => `(hash(i, ${index}) >> 11)::DOUBLE / 9007199254740992 AS f${index}`);
  try {
    await duckdb.run(`COPY (SELECT i AS driver_id, make_timestamptz(1764547200000000 + i * 1000) AS at, ${columns.join(", ")} FROM range(${rows}) t(i))
      TO '${path}' (FORMAT parquet)`);
    return path;
  } finally {
    duckdb.close();
  }
}

interface Kind {
  readonly size: ProfileSize;
  readonly path: string;
  readonly memoryMb: number;
  readonly kind: (typeof KINDS)[number];
}

async function measureKind({ folder, rounds, say }: BenchContext, { size, path, memoryMb, kind }: Kind): Promise<readonly Measure[]> {
  const task = { path, features: size.features, unit: kind.unit, memoryMb, folder };
  const results = await interleave({ rounds }, async (side) =>
    profiled(side === "ours" ? { ...task, what: kind.what } : { ...task, what: "summarize", memoryMb: REFERENCE_MB }),
  );
  assertSame(size, [...results.ours, ...results.reference]);
  const what = `${size.name}, ${memoryMb} MB: ${kind.title}`;
  say(`${what}: done`);
  const measure = (text: string, unit: string, of: (one: Profiled) => number): Measure => ({
    what: text,
    unit,
    ours: results.ours.map(of),
    reference: results.reference.map(of),
  });
  return [
    measure(what, "s", ({ seconds }) => seconds),
    measure("  processor time", "s", ({ cpuSeconds }) => cpuSeconds),
    measure("  peak memory of the process", "MB", ({ peakMb }) => peakMb),
  ];
}

/** Each in a process of its own, so that its memory is its own. */
async function profiled(task: ProfileTask): Promise<Profiled> {
  const program = fileURLToPath(new URL("profile-process.ts", import.meta.url));
  return JSON.parse(await runProgram(process.execPath, [program, JSON.stringify(task)]));
}

function assertSame({ rows }: ProfileSize, results: readonly Profiled[]): void {
  const [first] = results;
  for (const one of results)
    if (one.rows !== rows || Math.abs(one.mean - (first?.mean ?? 0)) > 1e-9) throw new Error(`the profiles do not agree: ${JSON.stringify(results)}`);
}
