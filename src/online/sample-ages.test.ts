import { expect, test } from "vitest";
import { memoryOnlineStore } from "./adapters/memory.ts";
import { toPackedBatch } from "./packed-batch.ts";
import { sampleAges } from "./sample-ages.ts";

const space = { project: "p", version: "1" };
const SECOND = 1_000_000n;

/** Rows begin with their event time, sortable as bytes: the sign bit is turned. */
function rowAt(event: bigint): Uint8Array {
  const row = Buffer.alloc(24);
  row.writeBigUInt64BE(BigInt.asUintN(64, event) ^ (1n << 63n));
  return row;
}

test("says how old the rows are, and how many the ttl has passed by", async () => {
  const store = memoryOnlineStore();
  expect(await sampleAges(store, { space, rowsMax: 10, ttlSeconds: null, now: 0n })).toBeNull();
  const entries = [3n, 1n, 2n].map((at) => ({ key: new Uint8Array([Number(at)]), value: rowAt(at * SECOND) }));
  await store.writeNewest(space, toPackedBatch(entries));
  const question = { space, rowsMax: 10, ttlSeconds: 1, now: 3n * SECOND };
  expect(await sampleAges(store, question)).toEqual({ rows: 3, whole: true, oldest: SECOND, median: 2n * SECOND, newest: 3n * SECOND, expired: 1 });
  expect(await sampleAges(store, { ...question, rowsMax: 2, ttlSeconds: null })).toMatchObject({ rows: 2, whole: false, expired: 0 });
});
