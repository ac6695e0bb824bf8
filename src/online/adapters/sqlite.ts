import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { entityKeyAt } from "../packed-batch.ts";
import type { EventTimes, OnlineStore, PackedBatch, ReadRequest, RowSpace, WriteCounts } from "../port.ts";
import { keyOrder } from "./key-order.ts";
import { type OpenFile, type SqliteFile, type SqliteOptions, sqliteFile } from "./sqlite-file.ts";
import { countRows, dropSome, findSpace, firstColumn, makeSpace, scanSome, timesOfSome } from "./sqlite-space.ts";
import { writeSome } from "./sqlite-write.ts";

const TIMES_AT_ONCE = 20_000;
const PAUSE_MS = 2; // longer than the looks of those who wait, see sqlite-file.ts
const READ = "SELECT value FROM online_rows WHERE space = ?1 AND key = ?2";

/** The online store in one SQLite file, made with its folder at the first use, and shared by all processes of a machine. */
export function sqliteOnlineStore(options: SqliteOptions): OnlineStore {
  const file = sqliteFile(options);
  return {
    type: "sqlite",
    place: file.path,
    writeNewest: (space, batch) => writeNewest(file, space, batch),
    read: (requests) => file.look((open) => read(open, requests)),
    scan: (space, batchRows) => scan(file, space, batchRows),
    count: (space) =>
      file.use((open) => {
        const id = findSpace(open, space);
        return id === null ? { keys: 0, exact: true, bytes: 0 } : countRows(open, id);
      }),
    readsTimesCheaply: true,
    eventTimes: (space, rowsMax) => eventTimes(file, space, rowsMax),
    drop: (spaces) => drop(file, spaces),
    epoch: (project) => file.use((open) => epoch(open, project)),
    ping: () => file.use((open) => void open.statement("SELECT 1").get()),
    dispose: file.dispose,
  };
}

async function writeNewest(file: SqliteFile, space: RowSpace, batch: PackedBatch): Promise<WriteCounts> {
  const total = { written: 0, created: 0, unchanged: 0, skippedOlder: 0 };
  const ordered = { batch, order: keyOrder(batch) };
  for (let from = 0; from < batch.count; ) {
    if (from > 0) await sleep(PAUSE_MS); // another process that waits for the lock takes it now
    const { next, counts } = await file.use((open) => writeSome(open, makeSpace(open, space), ordered, from));
    total.written += counts.written;
    total.created += counts.created;
    total.unchanged += counts.unchanged;
    total.skippedOlder += counts.skippedOlder;
    from = next;
  }
  return total;
}

/** All in one transaction: one state of the file, and one lock for all keys instead of one each. */
function read(open: OpenFile, requests: readonly ReadRequest[]): (Uint8Array | null)[][] {
  const statement = open.statement(READ);
  return open.transact("read", () =>
    requests.map(({ space, keys }) => {
      const id = findSpace(open, space);
      if (id === null) return keys.map(() => null);
      return keys.map((key) => (firstColumn(statement.get(id, key)) as Uint8Array | undefined) ?? null); // the column is a blob
    }),
  );
}

async function* scan(file: SqliteFile, space: RowSpace, batchRows: number): AsyncGenerator<PackedBatch> {
  let after: Uint8Array = new Uint8Array(0);
  for (;;) {
    const from = after;
    const batch = await file.use((open) => {
      const id = findSpace(open, space);
      return id === null ? null : scanSome(open, id, { after: from, limit: batchRows });
    });
    if (batch === null || batch.count === 0) return;
    yield batch;
    after = entityKeyAt(batch, batch.count - 1);
  }
}

/** In chunks, so that the lock and this process are free in between. */
async function eventTimes(file: SqliteFile, space: RowSpace, rowsMax: number): Promise<EventTimes> {
  const events: bigint[] = [];
  for (let after: Uint8Array = new Uint8Array(0); ; ) {
    const limit = Math.min(TIMES_AT_ONCE, rowsMax + 1 - events.length);
    const from = after;
    const some = await file.use((open) => {
      const id = findSpace(open, space);
      return id === null ? null : timesOfSome(open, id, { after: from, limit });
    });
    for (const event of some?.events ?? []) events.push(event);
    if (some?.last == null || some.events.length < limit || events.length > rowsMax) break;
    after = some.last;
    await sleep(0);
  }
  return { events: BigInt64Array.from(events.slice(0, rowsMax)), exact: events.length <= rowsMax };
}

async function drop(file: SqliteFile, spaces: readonly RowSpace[]): Promise<number> {
  let total = 0;
  for (const space of spaces) {
    for (;;) {
      const removed = await file.use((open) => {
        const id = findSpace(open, space);
        return id === null ? 0 : dropSome(open, id);
      });
      if (removed === 0) break;
      total += removed;
      await sleep(PAUSE_MS); // as in writeNewest
    }
  }
  return total;
}

function epoch(open: OpenFile, project: string): { readonly epoch: string; readonly isNew: boolean } {
  const find = open.statement("SELECT epoch FROM epochs WHERE project = ?");
  const known = firstColumn(find.get(project));
  if (known !== undefined) return { epoch: String(known), isNew: false };
  const word = randomBytes(12).toString("hex");
  const made = open.statement("INSERT INTO epochs (project, epoch) VALUES (?, ?) ON CONFLICT DO NOTHING").run(project, word).changes;
  return { epoch: String(firstColumn(find.get(project))), isNew: made === 1 };
}
