import { randomBytes } from "node:crypto";
import { entityKeyAt, packedRowAt, toPackedBatch } from "../packed-batch.ts";
import type { OnlineStore, PackedBatch, RowSpace, WriteCounts } from "../port.ts";
import { eventTimeOf } from "../row-layout.ts";

const ORDER_BYTES = 16;

/** Rows of a space by their entity key's bytes as latin1 text. */
type Rows = Map<string, Uint8Array>;

export interface MemoryOnlineStore extends OnlineStore {
  /** Empties the store as a server's flush would. */
  flush(): void;
}

/** An online store in this process's memory: for tests, and gone with the process. */
export function memoryOnlineStore(): MemoryOnlineStore {
  const spaces = new Map<string, Rows>();
  const epochs = new Map<string, string>();
  const rowsOf = (space: RowSpace): Rows => spaces.get(spaceKey(space)) ?? new Map();
  return {
    type: "memory",
    place: "this process",
    async writeNewest(space, batch) {
      const rows = rowsOf(space);
      spaces.set(spaceKey(space), rows);
      return writeNewest(rows, batch);
    },
    async read(requests) {
      return requests.map(({ space, keys }) => {
        const rows = rowsOf(space);
        return keys.map((key) => rows.get(text(key)) ?? null);
      });
    },
    async *scan(space, batchRows) {
      const entries = [...rowsOf(space)].map(([key, value]) => ({ key: Buffer.from(key, "latin1"), value }));
      for (let from = 0; from < entries.length; from += batchRows) yield toPackedBatch(entries.slice(from, from + batchRows));
    },
    readsTimesCheaply: true,
    async eventTimes(space, rowsMax) {
      const rows = [...rowsOf(space).values()];
      return { events: BigInt64Array.from(rows.slice(0, rowsMax), eventTimeOf), exact: rows.length <= rowsMax };
    },
    async count(space) {
      const rows = rowsOf(space);
      let bytes = 0;
      for (const [key, value] of rows) bytes += key.length + value.length;
      return { keys: rows.size, exact: true, bytes };
    },
    async drop(dropped) {
      const removed = dropped.map((space) => rowsOf(space).size);
      for (const space of dropped) spaces.delete(spaceKey(space));
      return removed.reduce((sum, rows) => sum + rows, 0);
    },
    async epoch(project) {
      const known = epochs.get(project);
      if (known !== undefined) return { epoch: known, isNew: false };
      const epoch = randomBytes(12).toString("hex");
      epochs.set(project, epoch);
      return { epoch, isNew: true };
    },
    async ping() {},
    async dispose() {},
    flush() {
      spaces.clear();
      epochs.clear();
    },
  };
}

function spaceKey({ project, version }: RowSpace): string {
  return JSON.stringify([project, version]);
}

function text(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString("latin1");
}

function writeNewest(rows: Rows, batch: PackedBatch): WriteCounts {
  const counts = { written: 0, created: 0, unchanged: 0, skippedOlder: 0 };
  for (let index = 0; index < batch.count; index += 1) {
    const key = text(entityKeyAt(batch, index));
    const row = packedRowAt(batch, index);
    const stands = rows.get(key);
    if (stands !== undefined && Buffer.compare(stands, row) === 0) {
      counts.unchanged += 1;
    } else if (stands !== undefined && Buffer.compare(row.subarray(0, ORDER_BYTES), stands.subarray(0, ORDER_BYTES)) < 0) {
      counts.skippedOlder += 1;
    } else {
      rows.set(key, row.slice());
      counts.written += 1;
      if (stands === undefined) counts.created += 1;
    }
  }
  return counts;
}
