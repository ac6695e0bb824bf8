import { entityKeyAt, packedRowAt } from "../packed-batch.ts";
import type { PackedBatch, WriteCounts } from "../port.ts";
import type { OpenFile } from "./sqlite-file.ts";
import { COUNT_MORE, firstColumn } from "./sqlite-space.ts";

const INSERT = "INSERT INTO online_rows (space, key, value) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const REPLACE = "UPDATE online_rows SET value = ?3 WHERE space = ?1 AND key = ?2 AND substr(?3, 1, 16) >= substr(value, 1, 16) AND value <> ?3";
const IS_SAME = "SELECT value = ?3 FROM online_rows WHERE space = ?1 AND key = ?2";

const TRANSACTION_MS = 15;
const ROWS_BETWEEN_LOOKS = 64;

/** A batch and the order in which its entries are written. */
export interface OrderedBatch {
  readonly batch: PackedBatch;
  readonly order: Uint32Array;
}

/** Writes entries from the `from`th of the order on in one short transaction; how far it came, and what it did. */
export function writeSome(
  file: OpenFile,
  space: number,
  { batch, order }: OrderedBatch,
  from: number,
): { readonly next: number; readonly counts: WriteCounts } {
  const insert = file.statement(INSERT);
  const replace = file.statement(REPLACE);
  const isSame = file.statement(IS_SAME);
  return file.transact("write", () => {
    const counts = { written: 0, created: 0, unchanged: 0, skippedOlder: 0 };
    const endAt = performance.now() + TRANSACTION_MS;
    let isNew = true; // keys that are there, and keys that are not, come in runs: what held for the last is tried first
    let next = from;
    for (; next < batch.count; next += 1) {
      if (next > from && next % ROWS_BETWEEN_LOOKS === 0 && performance.now() > endAt) break;
      const index = order[next] ?? 0;
      const key = entityKeyAt(batch, index);
      const value = packedRowAt(batch, index);
      isNew &&= insert.run(space, key, value).changes === 1;
      if (isNew) counts.created += 1;
      else if (replace.run(space, key, value).changes === 1) counts.written += 1;
      else {
        const same = firstColumn(isSame.get(space, key, value));
        isNew = same === undefined && insert.run(space, key, value).changes === 1;
        if (isNew) counts.created += 1;
        else if (same === 1) counts.unchanged += 1;
        else counts.skippedOlder += 1;
      }
    }
    if (counts.created > 0) file.statement(COUNT_MORE).run(space, counts.created);
    return { next, counts: { ...counts, written: counts.written + counts.created } };
  });
}
