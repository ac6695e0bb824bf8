import { toPackedBatch } from "../packed-batch.ts";
import type { EventTimes, KeyCount, PackedBatch } from "../port.ts";
import { eventTimeOf } from "../row-layout.ts";
import { readKeys } from "./redis-command.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { entityKeyIn, type RowKeys } from "./redis-keys.ts";

const EVENT_BYTES = 8;
const SCAN_COUNT = 1_000;
const SAMPLE_KEYS = 20;
const SAMPLE_STEPS = 50;

/** The keys of a space's rows, one step of SCAN at a time (often none), each step on whatever connection there is by then. */
async function* rowKeysOf(connection: RedisConnection, { pattern }: RowKeys): AsyncGenerator<Buffer[]> {
  let cursor = "0";
  do {
    const from = cursor;
    const [next, found] = await connection.use((redis) => redis.scanBuffer(from, "MATCH", pattern, "COUNT", SCAN_COUNT));
    cursor = next.toString();
    yield found;
  } while (cursor !== "0");
}

export async function* scanSpace(connection: RedisConnection, space: RowKeys, batchRows: number): AsyncGenerator<PackedBatch> {
  let waiting: Buffer[] = [];
  for await (const found of rowKeysOf(connection, space)) {
    waiting = waiting.concat(found);
    for (; waiting.length >= batchRows; waiting = waiting.slice(batchRows)) yield await load(connection, space, waiting.slice(0, batchRows));
  }
  if (waiting.length > 0) yield await load(connection, space, waiting);
}

async function load(connection: RedisConnection, space: RowKeys, keys: readonly Buffer[]): Promise<PackedBatch> {
  const rows = await connection.use((redis) => readKeys(redis, keys));
  const entries = rows.flatMap((value, index) => (value === null ? [] : [{ key: entityKeyIn(keys[index] ?? value, space), value }]));
  return toPackedBatch(entries);
}

/** Event times by SCAN and the first bytes of each row; its order has nothing to do with time, so that a part is a fair sample. */
export async function timesOfSpace(connection: RedisConnection, space: RowKeys, rowsMax: number): Promise<EventTimes> {
  const events = new Map<string, bigint>(); // a scan may bring a key twice
  for await (const found of rowKeysOf(connection, space)) {
    if (found.length === 0) continue;
    const heads = await connection.use((redis) => Promise.all(found.map((key) => redis.getrangeBuffer(key, 0, EVENT_BYTES - 1))));
    for (const [index, head] of heads.entries()) {
      if (head.length === EVENT_BYTES) events.set(found[index]?.toString("latin1") ?? "", eventTimeOf(head));
    }
    if (events.size > rowsMax) break;
  }
  return { events: BigInt64Array.from([...events.values()].slice(0, rowsMax)), exact: events.size <= rowsMax };
}

/** Rows by the writers' own count; bytes by weighing some of them. */
export async function countSpace(connection: RedisConnection, space: RowKeys): Promise<KeyCount> {
  const counted = await connection.use((redis) => redis.hget(space.hash, "rows"));
  const keys = Math.max(0, Number(counted ?? 0));
  if (keys === 0) return { keys, exact: false, bytes: 0 };
  const sizes = await sampleSizes(connection, space).catch(() => []); // some hosts do not offer MEMORY
  const bytes = sizes.length === 0 ? null : Math.round((keys * sizes.reduce((sum, size) => sum + size, 0)) / sizes.length);
  return { keys, exact: false, bytes };
}

async function sampleSizes(connection: RedisConnection, space: RowKeys): Promise<number[]> {
  const sample: Buffer[] = [];
  let steps = 0;
  for await (const found of rowKeysOf(connection, space)) {
    sample.push(...found.slice(0, SAMPLE_KEYS - sample.length));
    steps += 1;
    if (sample.length === SAMPLE_KEYS || steps === SAMPLE_STEPS) break;
  }
  const sizes = await connection.use((redis) => Promise.all(sample.map((key) => redis.memory("USAGE", key))));
  return sizes.filter((size) => size !== null);
}

/** Removes a space's rows and its hash; the number of rows removed. */
export async function dropSpace(connection: RedisConnection, space: RowKeys): Promise<number> {
  let removed = 0;
  for await (const found of rowKeysOf(connection, space)) {
    if (found.length > 0) removed += await connection.use((redis) => redis.unlink(...found));
  }
  await connection.use((redis) => redis.unlink(space.hash));
  return removed;
}
