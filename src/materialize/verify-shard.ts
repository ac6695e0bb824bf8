import { createHash } from "node:crypto";
import { LarderError } from "../kit/index.ts";
import type { OnlineStore, PackedBatch, RowSpace } from "../online/index.ts";

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
  const offline = createHash("sha256");
  const online = createHash("sha256");
  for (let from = 0; from < batch.count; from += READ_KEYS) {
    const to = Math.min(batch.count, from + READ_KEYS);
    const keys = entries(batch.keys, batch.keyEnds, from, to);
    const staged = entries(batch.values, batch.valueEnds, from, to);
    const [found = []] = await store.read([{ space, keys }]);
    const kept = (part: Uint8Array, index: number): Uint8Array => (isNewer(found[index], staged[index]) ? NOTHING : part);
    // One update per chunk and column: hashing row by row costs more than the rows.
    const keptKeys = Buffer.concat(keys.map(kept));
    offline.update(keptKeys).update(Buffer.concat(staged.map(kept)));
    online.update(keptKeys).update(Buffer.concat(found.map((row, index) => kept(row ?? NOTHING, index))));
  }
  return { offline: offline.digest("hex"), online: online.digest("hex") };
}

const NOTHING = new Uint8Array(0);

function isNewer(stands: Uint8Array | null | undefined, staged: Uint8Array | undefined): boolean {
  return !!stands && !!staged && Buffer.compare(stands.subarray(0, ORDER_BYTES), staged.subarray(0, ORDER_BYTES)) > 0;
}

function entries(bytes: Uint8Array, ends: Uint32Array, from: number, to: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let row = from; row < to; row += 1) parts.push(bytes.subarray(row === 0 ? 0 : ends[row - 1], ends[row]));
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
