import { availableParallelism } from "node:os";
import type { ViewVersion } from "../../domain/index.ts";
import type { SourceInspector, SourcePreviewer } from "../../registry/index.ts";

import type { EventSpan, OfflineStore, SourceFingerprint, WindowCut, WindowSize } from "../port.ts";

import { checkStage } from "./duckdb/check-stage.ts";

import { copyRows, describeRows } from "./duckdb/describe-rows.ts";
import { drawEntityRows } from "./duckdb/draw-entity-rows.ts";
import { duckdbEngine } from "./duckdb/engine.ts";
import { estimateWindow } from "./duckdb/estimate-window.ts";
import { figuresByDay } from "./duckdb/figures-by-day.ts";
import { inspectSource, sourceColumns, sourceHead } from "./duckdb/inspect-source.ts";
import { joinViews } from "./duckdb/join.ts";
import { readColumns } from "./duckdb/json-columns.ts";
import { locateFiles } from "./duckdb/locate-files.ts";
import { countMatches } from "./duckdb/match-rows.ts";
import { newestRows } from "./duckdb/newest-rows.ts";
import { batchSourceOfView, type Opening, readOnce } from "./duckdb/open-view.ts";
import { openWindow } from "./duckdb/open-window.ts";
import { profileFeatures } from "./duckdb/profile-features.ts";
import { hasStage, readShard } from "./duckdb/read-shard.ts";
import { rowsAsOf } from "./duckdb/rows-as-of.ts";
import { sampleRows } from "./duckdb/sample-rows.ts";
import { sourceRhythm } from "./duckdb/source-rhythm.ts";
import { stageLatest } from "./duckdb/stage-latest.ts";
import { sourceTypesOf, transformPushed } from "./duckdb/transform-pushed.ts";

export interface DuckdbOfflineStoreOptions {
  /** What DuckDB may hold in memory before it spills to `tempDirectory`. */
  readonly memoryLimitMb: number;
  /** Cores to use; absent: those of the machine, as far as each has 64 MB. */
  readonly threads?: number;
  /** This store's own: emptied when it is disposed of. */
  readonly tempDirectory: string;
  /** Resolves `${VAR}` in the paths of sources. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** History in files (Parquet, CSV, JSON lines), read by DuckDB in this process. It opens at its first use. */
export function duckdbOfflineStore({
  memoryLimitMb,
  threads = coresFor(memoryLimitMb),
  tempDirectory,
  env,
}: DuckdbOfflineStoreOptions): OfflineStore & SourceInspector & SourcePreviewer {
  const engine = duckdbEngine({ memoryLimitMb, threads, tempDirectory });
  const opening = (signal?: AbortSignal): Opening => ({ engine, variables: env, signal });
  const sourceTypes = sourceTypesOf(opening());
  return {
    type: "duckdb",
    columns: (source, transform) => sourceColumns(opening(), source, transform),
    inspect: (source) => inspectSource(opening(), source),
    head: (source, limit) => sourceHead(opening(), source, limit),
    stageLatest: (request, signal) => stageLatest(opening(signal), request),
    hasStage,
    checkStage: (request, signal) => checkStage(engine, request, signal),
    readShard: (stage, shard, view) => readShard(engine, stage, shard, view),
    join: (request, signal) => joinViews(opening(signal), request),
    countMatches: (request, signal) => countMatches(opening(signal), request),
    drawEntityRows: (request, signal) => drawEntityRows(opening(signal), request),
    estimate: (view, window, timeoutMs) => estimateWindow(opening(), view, window, { timeoutMs }),
    fingerprint: (view) => fingerprintOf(view, env),
    eventSpan: (view) => eventSpan(opening(), view),
    windowSizes: (view, cut, signal) => windowSizes(opening(signal), view, cut),
    rhythm: (view, eventMax) => sourceRhythm(opening(), view, eventMax),
    sample: (request) => sampleRows(opening(), request),
    newestRows: (request) => newestRows(opening(AbortSignal.timeout(request.timeoutMs)), request),
    rowsAsOf: (request) => rowsAsOf(opening(AbortSignal.timeout(request.timeoutMs)), request),
    figuresByDay: (request, signal) => figuresByDay(opening(signal), request),
    profile: (view, features) => profileFeatures(opening(), view, features),
    withWindow: (scope, work, signal) => openWindow(opening(signal), scope, work),
    transformRows: (view, rows) => transformPushed(opening(), sourceTypes, view, rows),
    readColumns: (file, types) => readColumns(opening(), file, types),
    describeRows: (file, limit) => describeRows(opening(), file, limit),
    copyRows: (file, out, signal) => copyRows(opening(signal), file, out),
    dispose: () => engine.dispose(),
  };
}

function coresFor(memoryLimitMb: number): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(memoryLimitMb / 64)));
}

async function fingerprintOf(view: Pick<ViewVersion, "view" | "batchSource">, env: DuckdbOfflineStoreOptions["env"]): Promise<SourceFingerprint> {
  const { files } = await locateFiles(batchSourceOfView(view), env);
  return Object.fromEntries(files.map(({ path, size, modifiedMs }) => [path, { size, modifiedMs }]));
}

async function windowSizes(opening: Opening, view: ViewVersion, { seconds, offset, from }: WindowCut): Promise<readonly WindowSize[]> {
  const length = BigInt(seconds) * 1_000_000n;
  return readOnce(opening, view, async (session, rows) => {
    const keys = rows.keys.length === 0 ? "1" : `approx_count_distinct(hash(${rows.keys.join(", ")}))`;
    const found = await session.rows(`
      SELECT floor((${rows.event} - ${offset}) / ${length}.0)::BIGINT AS cut, count(*), ${keys} FROM ${rows.from}
      WHERE ${from === undefined ? `${rows.event} IS NOT NULL` : `${rows.event} >= ${from}`} GROUP BY cut ORDER BY cut`);
    return found.map(([cut, count, distinct]) => ({ start: BigInt(Number(cut)) * length + offset, rows: Number(count), keys: Number(distinct) }));
  });
}

async function eventSpan(opening: Opening, view: ViewVersion): Promise<EventSpan | null> {
  return readOnce(opening, view, async (session, rows) => {
    const [row] = await session.rows(`SELECT min(${rows.event}), max(${rows.event}) FROM ${rows.from}`);
    const [oldest, newest] = row ?? [];
    return typeof oldest === "bigint" && typeof newest === "bigint" ? { oldest, newest } : null;
  });
}
