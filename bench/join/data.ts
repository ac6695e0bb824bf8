import { join } from "node:path";
import type { Duckdb } from "../harness/duckdb.ts";

export interface JoinSize {
  readonly name: string;
  readonly entityRows: number;
  readonly viewRows: number;
}

/** A view of the bench: its file, its ttl, its features. */
export interface JoinedView {
  readonly name: string;
  readonly path: string;
  readonly ttlDays: number;
  readonly features: Readonly<Record<string, "float32" | "int32">>;
}

export interface JoinData {
  readonly entityPath: string;
  readonly views: readonly JoinedView[];
}

const START = 1_764_547_200_000_000; // 2025-12-01, in microseconds
const SPAN = 60 * 86_400_000_000;
const ROWS_PER_KEY = 50;

/**
 * Two views of `viewRows` rows, in order of time as they would be appended. One row in 20 repeats key and event time of the row before it:
 * half of these with a later created time, half with the same. One in ten entity rows has a key that no view knows.
 */
export async function makeJoinData(duckdb: Duckdb, folder: string, { name, entityRows, viewRows }: JoinSize): Promise<JoinData> {
  const keys = Math.round(viewRows / ROWS_PER_KEY);
  const step = Math.floor(SPAN / viewRows);
  const views = [
    { name: "trips", ttlDays: 7, seed: 1 },
    { name: "ratings", ttlDays: 30, seed: 2 },
  ].map(({ name: view, ttlDays, seed }) => ({ name: view, path: join(folder, `${name}-${view}.parquet`), ttlDays, seed, features: featuresOf(view) }));
  for (const { path, seed, features } of views) {
    const values = Object.entries(features).map(([feature, type], index) => `${valueSql(type, seed * 10 + index)} AS ${feature}`);
    await duckdb.run(`COPY (
      SELECT (hash(j * 7 + ${seed}) % ${keys})::BIGINT AS driver_id, make_timestamptz(${START} + j * ${step}) AS datetime,
        make_timestamptz(${START} + j * ${step} + CASE WHEN i % 40 = 20 THEN 3600000000 ELSE 0 END) AS created, ${values.join(", ")}
      FROM (SELECT i, i - (i % 20 = 0)::INT AS j FROM range(1, ${viewRows + 1}) t(i))
    ) TO '${path}' (FORMAT parquet)`);
  }
  const entityPath = join(folder, `${name}-entities.parquet`);
  await duckdb.run(`COPY (
    SELECT (hash(i * 3) % ${Math.round(keys * 1.1)})::BIGINT AS driver_id, make_timestamptz((${START} + hash(i * 11) % ${SPAN})::BIGINT) AS event_timestamp,
      i::INT AS label FROM range(${entityRows}) t(i)
  ) TO '${entityPath}' (FORMAT parquet)`);
  return { entityPath, views };
}

function featuresOf(view: string): Readonly<Record<string, "float32" | "int32">> {
  return { [`${view}_rate`]: "float32", [`${view}_share`]: "float32", [`${view}_count`]: "int32" };
}

function valueSql(type: "float32" | "int32", seed: number): string {
  return type === "int32" ? `(hash(i * 31 + ${seed}) % 500)::INT` : `((hash(i * 17 + ${seed}) % 1000000) / 1e6)::FLOAT`;
}
