import type { Redis } from "ioredis";
import type { Duckdb } from "../harness/duckdb.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { FEATURES } from "./data.ts";

const SAMPLE = 500;
const NAMES = Object.keys(FEATURES);

/** Both stores must hold every key, and of a sample the very values of the source's newest rows. */
export async function assertSame(sides: {
  readonly duckdb: Duckdb;
  readonly sourcePath: string;
  readonly keys: number;
  readonly larder: LarderHome;
  readonly project: string;
  readonly view: string;
  readonly ours: Redis;
  readonly reference: Redis;
}): Promise<void> {
  const { duckdb, sourcePath, keys } = sides;
  const ids = Array.from({ length: SAMPLE }, (_, index) => (index * 7_919 + 13) % keys);
  const expected = await newestRows(duckdb, sourcePath, ids);
  const stored = { ours: await fromLarder(sides, ids), reference: await fromHashes(sides.reference, ids) };
  for (const side of ["ours", "reference"] as const) {
    const wrong = ids.find((_, index) => JSON.stringify(stored[side][index]) !== JSON.stringify(expected[index]));
    if (wrong !== undefined)
      throw new Error(`${side}: driver ${wrong} is ${stored[side][ids.indexOf(wrong)]}, the source says ${expected[ids.indexOf(wrong)]}`);
  }
  const rowsOfReference = await sides.reference.dbsize();
  const rowsOfOurs = await sides.ours.dbsize(); // a few keys of its own beside the rows
  if (rowsOfReference !== keys || rowsOfOurs < keys) throw new Error(`${keys} keys wanted, ${rowsOfOurs} and ${rowsOfReference} stored`);
}

/** Values as numbers, floats as float32: what every writing of a value agrees on. */
function normal(name: string, value: unknown): number {
  return FEATURES[name] === "float32" ? Math.fround(Number(value)) : Number(value);
}

async function newestRows(duckdb: Duckdb, sourcePath: string, ids: readonly number[]): Promise<number[][]> {
  const rows = await duckdb.rows(`SELECT driver_id, ${NAMES.join(", ")} FROM '${sourcePath}' WHERE driver_id IN (${ids.join(", ")})
    QUALIFY row_number() OVER (PARTITION BY driver_id ORDER BY datetime DESC) = 1`);
  const byId = new Map(rows.map(([id, ...values]) => [Number(id), values]));
  return ids.map((id) => NAMES.map((name, index) => normal(name, byId.get(id)?.[index])));
}

async function fromLarder({ larder, project, view }: Pick<Parameters<typeof assertSame>[0], "larder" | "project" | "view">, ids: readonly number[]) {
  const features = NAMES.map((name) => `${view}:${name}`).join(",");
  const answer = (await larder.cli("get-online-features", "--project", project, "--features", features, "--entities", JSON.stringify({ driver_id: ids }))) as {
    readonly results: readonly { readonly values: readonly unknown[] }[];
  };
  return ids.map((_, row) => NAMES.map((name, index) => normal(name, answer.results[index + 1]?.values[row])));
}

async function fromHashes(redis: Redis, ids: readonly number[]): Promise<number[][]> {
  const rows = await Promise.all(ids.map((id) => redis.hmget(`driver:${id}`, ...NAMES)));
  return rows.map((row) => NAMES.map((name, index) => normal(name, row[index])));
}
