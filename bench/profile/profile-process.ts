import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Bins, ViewVersion } from "../../src/domain/index.ts";
import type { RowWindow, WindowScope } from "../../src/offline/index.ts";
import { openOfflineStore, readEnvironment } from "../../src/runtime/index.ts";
import { openDuckdb } from "../harness/duckdb.ts";

/*
 * One process that profiles a file, and says how long that took and how much memory it held at most.
 *   baseline   freezes bins on all rows and profiles them, as the monitor does once
 *   window     profiles the rows over bins that are known, as the monitor does for each window
 *   summarize  DuckDB's own SUMMARIZE of the same columns
 */

export interface Profiled {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** Rows, and the mean of the first feature, so that both sides can be held against each other. */
  readonly rows: number;
  readonly mean: number;
}

export interface ProfileTask {
  readonly what: "baseline" | "window" | "summarize";
  readonly path: string;
  readonly features: number;
  readonly unit: "entity_key" | "row";
  readonly memoryMb: number;
  readonly folder: string;
}

const task: ProfileTask = JSON.parse(process.argv[2] ?? "{}"); // the bench wrote it
const names = Array.from({ length: task.features }, (_, index) => `f${index}`);

function view(): ViewVersion {
  const source = { name: "rows", type: "file", timestampField: "at", createdTimestampColumn: null } as const;
  return {
    project: "bench",
    view: "wide",
    versionId: "1",
    versionNumber: 1,
    joinKeys: [{ name: "driver_id", type: "int64" }],
    features: names.map((name) => ({ name, type: "float64", column: name })),
    source: { ...source, query: null, batch: null },
    transform: null,
    ttlSeconds: null,
    online: true,
    batchSource: { ...source, kind: "data_source", description: "", owner: null, tags: {}, path: task.path, pathAsWritten: task.path, format: "parquet" },
  };
}

/** Deciles of even numbers in [0, 1): what a baseline would have frozen. */
const KNOWN: Bins = { kind: "numeric", edges: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] };

async function profile(): Promise<Pick<Profiled, "rows" | "mean">> {
  const offline = openOfflineStore(
    readEnvironment({ ...process.env, LARDER_HOME: task.folder, LARDER_DUCKDB_MEMORY_MB: String(task.memoryMb) }),
    "bench-profile",
  );
  const scope: WindowScope = { kind: "view", view: view(), columns: names, ranges: [{ start: null, end: null }], unit: task.unit };
  try {
    return await offline.withWindow(scope, async (window: RowWindow) => {
      const bins = task.what === "baseline" ? await window.freezeBins(names) : names.map(() => KNOWN);
      const profiles = await window.profile(
        names.map((name, index) => ({ name, bins: bins[index] ?? KNOWN })),
        { sampled: true },
      );
      return { rows: profiles[0]?.rows ?? 0, mean: profiles[0]?.moments?.mean ?? Number.NaN };
    });
  } finally {
    await offline.dispose();
  }
}

async function summarize(): Promise<Pick<Profiled, "rows" | "mean">> {
  const duckdb = await openDuckdb({ threads: availableParallelism(), memoryMb: task.memoryMb, folder: join(task.folder, "summarize") });
  try {
    const [first] = await duckdb.rows(`SELECT "count", "avg" FROM (SUMMARIZE SELECT ${names.join(", ")} FROM '${task.path}')`);
    return { rows: Number(first?.[0]), mean: Number(first?.[1]) };
  } finally {
    duckdb.close();
  }
}

const started = performance.now();
const found = await (task.what === "summarize" ? summarize() : profile());
const seconds = (performance.now() - started) / 1_000;
const { user, system } = process.cpuUsage();
const peakMb = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1_000;
writeFileSync(process.stdout.fd, JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMb, ...found } satisfies Profiled));
