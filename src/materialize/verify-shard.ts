import { createHash, type Hash } from "node:crypto";
import { LarderError } from "../kit/index.ts";
import { keyList, type OnlineStore, type PackedBatch, type RowSpace } from "../online/index.ts";

/** Bytes at the front of a packed row that hold its place in the order of rows. */
const ORDER_BYTES = 16;
const READ_KEYS = 5_000;

export interface ShardChecksums {
  /** sha256 over key and row of every staged row that should stand online. */
  readonly offline: string;
  /** The same over what the store gave back. */
  readonly online: string;
}

/**
 * Reads a shard back, for comparison with what was staged. Keys whose online row is newer by now (a push came in between) are left
 * out of both checksums; a row that is missing, older or different makes them differ.
 */
export async function verifyShard(store: OnlineStore, space: RowSpace, batch: PackedBatch): Promise<ShardChecksums> {
  const sums: Sums = { offline: createHash("sha256"), online: null };
  const keys = keyList(batch);
  const read = (from: number) => store.read([{ space, keys: keys.slice(from, from + READ_KEYS) }]);
  // The store reads the next keys while these are compared.
  let next = batch.count === 0 ? null : read(0);
  for (let from = 0; next !== null; from += READ_KEYS) {
    const [found = []] = await next;
    const to = Math.min(batch.count, from + READ_KEYS);
    next = to < batch.count ? read(to) : null;
    next?.catch(() => undefined); // awaited in the next turn
    addChunk(sums, batch, { from, to, found });
  }
  const offline = sums.offline.digest("hex");
  return { offline, online: sums.online === null ? offline : sums.online.digest("hex") };
}

interface Sums {
  readonly offline: Hash;
  /** null: nothing has differed so far, so that the one sum is both. */
  online: Hash | null;
}

interface Chunk {
  readonly from: number;
  readonly to: number;
  readonly found: readonly (Uint8Array | null)[];
}

/** One update per chunk and column: hashing row by row costs more than the rows. */
function addChunk(sums: Sums, batch: PackedBatch, chunk: Chunk): void {
  const { from, to, found } = chunk;
  const keyBytes = batch.keys.subarray(startOf(batch.keyEnds, from), startOf(batch.keyEnds, to));
  const rowBytes = batch.values.subarray(startOf(batch.valueEnds, from), startOf(batch.valueEnds, to));
  if (isSame(batch, chunk)) {
    sums.offline.update(keyBytes).update(rowBytes);
    sums.online?.update(keyBytes).update(rowBytes);
    return;
  }
  sums.online ??= sums.offline.copy();
  const keys = entries(batch.keys, batch.keyEnds, from, to);
  const staged = entries(batch.values, batch.valueEnds, from, to);
  const kept = (part: Uint8Array, index: number): Uint8Array => (isNewer(found[index], staged[index]) ? NOTHING : part);
  const keptKeys = Buffer.concat(keys.map(kept));
  sums.offline.update(keptKeys).update(Buffer.concat(staged.map(kept)));
  sums.online.update(keptKeys).update(Buffer.concat(found.map((row, index) => kept(row ?? NOTHING, index))));
}

const NOTHING = new Uint8Array(0);

/** Whether the store holds exactly the staged rows; compares in place, as there are as many as in the stage. */
function isSame({ values, valueEnds }: PackedBatch, { from, to, found }: Chunk): boolean {
  for (let row = from, start = startOf(valueEnds, from); row < to; row += 1) {
    const end = valueEnds[row] ?? start;
    const stands = found[row - from];
    if (!stands || stands.length !== end - start) return false;
    for (let at = 0; at < stands.length; at += 1) if (stands[at] !== values[start + at]) return false;
    start = end;
  }
  return true;
}

function isNewer(stands: Uint8Array | null | undefined, staged: Uint8Array | undefined): boolean {
  return !!stands && !!staged && Buffer.compare(stands.subarray(0, ORDER_BYTES), staged.subarray(0, ORDER_BYTES)) > 0;
}

/** Where entry `row` begins; of the entry after the last, where that one ends. */
function startOf(ends: Uint32Array, row: number): number {
  return row === 0 ? 0 : (ends[row - 1] ?? 0);
}

function entries(bytes: Uint8Array, ends: Uint32Array, from: number, to: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let row = from; row < to; row += 1) parts.push(bytes.subarray(startOf(ends, row), ends[row]));
  return parts;
}

/** Throws internal when what stands online is not what was staged. */
export function assertSame(checksums: ShardChecksums, shard: number): void {
  if (checksums.offline === checksums.online) return;
  throw new LarderError("internal", `Shard ${shard} reads back from the online store with other bytes than were written.`, {
    hint: "Rows that were written stay; run it again. If it happens twice, check the store's memory policy: it may evict keys.",
  });
}

/** One checksum of many, in their order. */
export function combineChecksums(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("")).digest("hex").slice(0, 32);
}
