import { open } from "node:fs/promises";
import type { Duckdb } from "../harness/duckdb.ts";

/** Ten features of the kinds that models mostly have. */
export const FEATURES: Readonly<Record<string, "float32" | "int32" | "int64">> = {
  conv_rate: "float32",
  acc_rate: "float32",
  cancel_rate: "float32",
  rating_mean: "float32",
  minutes_mean: "float32",
  trips_day: "int32",
  trips_week: "int32",
  offers_day: "int32",
  trips_ever: "int64",
  metres_ever: "int64",
};

const START = 1_704_067_200_000_000; // 2024-01-01, in microseconds
const HOUR = 3_600_000_000;
const GENERATION = 24 * HOUR;

export interface SourceSize {
  readonly keys: number;
  /** Each key once, then again in the hours before. */
  readonly rowsPerKey: number;
  /** A later generation holds later rows of the same keys, with other values. */
  readonly generation: number;
}

/** A source in order of time, as it would be appended: one row per key and hour. */
export async function makeSource(duckdb: Duckdb, path: string, { keys, rowsPerKey, generation }: SourceSize): Promise<void> {
  const values = Object.entries(FEATURES).map(([name, type], index) => `${valueSql(type, generation * 100 + index)} AS ${name}`);
  const start = START + generation * GENERATION;
  await duckdb.run(`COPY (
    SELECT (i % ${keys})::BIGINT AS driver_id, make_timestamptz(${start} + (i // ${keys}) * ${HOUR}) AS datetime,
      make_timestamptz(${start} + (i // ${keys}) * ${HOUR} + 60000000) AS created, ${values.join(", ")}
    FROM range(${keys * rowsPerKey}) t(i)
  ) TO '${path}' (FORMAT parquet)`);
}

function valueSql(type: "float32" | "int32" | "int64", seed: number): string {
  const noise = `hash(i * 31 + ${seed})`;
  if (type === "float32") return `((${noise} % 1000000) / 1e6)::FLOAT`;
  return type === "int32" ? `(${noise} % 1000)::INT` : `(${noise} % 1000000000000)::BIGINT`;
}

/** The newest rows of a source as HSET commands in Redis' protocol, for `redis-cli --pipe`. Not timed. */
export async function writeProtocol(duckdb: Duckdb, sourcePath: string, protocolPath: string, keys: number): Promise<void> {
  const names = Object.keys(FEATURES);
  const argument = (sql: string): string => `'$' || strlen(${sql}) || chr(13) || chr(10) || ${sql} || chr(13) || chr(10)`;
  const fields = names.map((name) => `${argument(`'${name}'`)} || ${argument(`${name}::VARCHAR`)}`);
  const command = `'*${2 + 2 * names.length}' || chr(13) || chr(10) || ${argument("'HSET'")} || ${argument("'driver:' || driver_id")} || ${fields.join(" || ")}`;
  const file = await open(protocolPath, "w");
  const step = 50_000;
  for (let from = 0; from < keys; from += step) {
    const newest = `SELECT * FROM '${sourcePath}' WHERE driver_id >= ${from} AND driver_id < ${from + step} QUALIFY row_number() OVER (PARTITION BY driver_id ORDER BY datetime DESC) = 1`;
    const rows = await duckdb.rows(`SELECT string_agg(${command}, '') FROM (${newest})`);
    await file.write(String(rows[0]?.[0] ?? ""));
  }
  await file.close();
}
