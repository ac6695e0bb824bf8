import { join } from "node:path";
import type { Duckdb } from "../harness/duckdb.ts";
import { writeFeatureRepo } from "../harness/feature-repo.ts";
import type { LarderHome } from "../harness/larder-home.ts";

export const DRIVERS = 20_000;
export const PUSH_SOURCE = "trips_push";
const VIEW = "trips";

/** What is pushed: ten features of one view, of the types that models use. */
const FEATURES = {
  trips_0: "float32",
  trips_1: "float32",
  trips_2: "float32",
  trips_3: "float32",
  trips_4: "float64",
  trips_5: "int32",
  trips_6: "int32",
  trips_7: "int64",
  trips_8: "string",
  trips_9: "bool",
} as const;

export interface PushStore {
  readonly type: "redis" | "sqlite";
  /** Where Larder writes, and where the reference does: redis://… or a path. */
  readonly ours: string;
  readonly reference: string;
}

/** Applies a view with a push source to a project of its own on this store; its name. */
export async function applyPushed(larder: LarderHome, duckdb: Duckdb, folder: string, { type, ours }: PushStore): Promise<string> {
  const project = `bench_push_${type}`;
  const path = join(folder, `${project}.parquet`);
  const columns = Object.entries(FEATURES).map(([name, feature]) => `NULL::${SQL_TYPES[feature]} AS ${name}`);
  await duckdb.run(`COPY (SELECT 0::BIGINT AS driver_id, make_timestamptz(0) AS datetime, make_timestamptz(0) AS created, ${columns.join(", ")} WHERE false)
    TO '${path}' (FORMAT parquet)`);
  const view = { name: VIEW, path, ttl: "36500d", schema: FEATURES, pushSource: PUSH_SOURCE };
  const repo = await writeFeatureRepo(folder, { project, onlineStore: { type, connectionString: ours }, views: [view] });
  await larder.cli("apply", "--repo", repo, "--yes");
  return project;
}

const SQL_TYPES = { float32: "FLOAT", float64: "DOUBLE", int32: "INT", int64: "BIGINT", string: "VARCHAR", bool: "BOOLEAN" } as const;

/** Stands in a body where the load writes the number of the request: the microseconds of every event time. */
export const MARK = "######";

/** A push of so many rows, one value in fifty null; all with an event time in this second, `MARK` microseconds after it. */
export function pushBody({ rows, first, second }: { readonly rows: number; readonly first: number; readonly second: number }): string {
  const ids = Array.from({ length: rows }, (_, index) => (first + index * 37) % DRIVERS);
  const time = `${new Date(BASE + second * 1_000).toISOString().slice(0, 19)}.${MARK}Z`;
  const features = Object.entries(FEATURES).map(([name, type], place) => [
    name,
    ids.map((id) => {
      const noise = Math.abs(Math.imul(id * 31 + place * 101 + first, 2_654_435_761));
      return noise % 50 === 7 ? null : pushedValue(type, noise);
    }),
  ]);
  const times = { event_timestamp: ids.map(() => time), created: ids.map(() => time) };
  return JSON.stringify({ push_source_name: PUSH_SOURCE, df: { driver_id: ids, ...times, ...Object.fromEntries(features) }, to: "online" });
}

const BASE = Date.UTC(2026, 0, 1);

function pushedValue(type: (typeof FEATURES)[keyof typeof FEATURES], noise: number): unknown {
  switch (type) {
    case "float32":
      return (noise % 1_000_000) / 1e6;
    case "float64":
      return (noise % 1_000_000_000) / 7e6;
    case "int32":
      return noise % 1_000;
    case "int64":
      return noise * 1_009;
    case "string":
      return `zone-${noise % 97}`;
    case "bool":
      return noise % 2 === 0;
  }
}
