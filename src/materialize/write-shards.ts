import type { ViewVersion } from "../domain/index.ts";
import { type OnlineStore, type PackedBatch, packRows, type RowSpace, type WriteCounts } from "../online/index.ts";
import type { Patience, ProgressReporter } from "../runs/index.ts";
import type { Checkpoint } from "./documents.ts";
import type { MaterializeDeps } from "./port.ts";
import { assertSame, type ShardChecksums, verifyShard } from "./verify-shard.ts";

export interface WriteShards {
  readonly deps: Pick<MaterializeDeps, "offline">;
  readonly store: OnlineStore;
  readonly space: RowSpace;
  readonly view: ViewVersion;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly progress: ProgressReporter;
  readonly saveCheckpoint: (checkpoint: Checkpoint) => Promise<void>;
}

export type Written =
  | { readonly outcome: "done"; readonly checkpoint: Checkpoint }
  /** The store is another one than before (a new epoch): all that was settled is void. */
  | { readonly outcome: "flushed" }
  /** The store went away and came back; it may have lost what it took last, so every shard must be written again. */
  | { readonly outcome: "interrupted" };

/**
 * Writes the shards after the checkpoint, each in four steps: read and pack, write, read back, note. Neighbours overlap: while one shard is
 * written, the one before it is read back and noted, and the one after it is read and packed.
 */
export async function writeShards(work: WriteShards, from: Checkpoint): Promise<Written> {
  const { stage } = from;
  const keysDone = stage.shards.slice(0, from.shardsDone).reduce((sum, shard) => sum + shard.rows, 0);
  work.progress.begin("writing", { total: stage.keys, unit: "keys", done: keysDone });
  const prepared = prepareAhead(work, from);
  let settled: Settled = { outcome: "settled", checkpoint: from };
  let writing: Promise<ShardWritten | null> = Promise.resolve(null);
  try {
    for (;;) {
      const written = await writing;
      const batch = await prepared();
      work.signal.throwIfAborted();
      writing = batch === null ? Promise.resolve(null) : writeShard(work, batch);
      writing.catch(() => undefined); // awaited in the next turn
      if (written !== null) settled = await settle(work, settled.checkpoint, written);
      if (settled.outcome !== "settled") return settled;
      if (batch === null) return { outcome: "done", checkpoint: settled.checkpoint };
    }
  } finally {
    await writing.catch(() => undefined); // nothing is written any more once this run has ended
  }
}

/** Gives the batches after the checkpoint in turn, then null; each is made while the one before it is at work. */
function prepareAhead({ deps, view }: WriteShards, { stage, shardsDone }: Checkpoint): () => Promise<PackedBatch | null> {
  let shard = shardsDone;
  const prepare = async (): Promise<PackedBatch | null> => {
    if (shard === stage.shards.length) return null;
    shard += 1;
    return packRows(view, await deps.offline.readShard(stage, shard - 1, view)).batch;
  };
  let next = prepare();
  return async () => {
    const batch = await next;
    next = prepare();
    next.catch(() => undefined); // awaited in the next turn; until then it is nobody's
    return batch;
  };
}

type Settled =
  | { readonly outcome: "settled"; readonly checkpoint: Checkpoint }
  | (Exclude<Written, { readonly outcome: "done" }> & { readonly checkpoint: Checkpoint });

/** Reads a written shard back and notes it, unless the store is not what it was. */
async function settle(work: WriteShards, checkpoint: Checkpoint, { batch, counts, seconds }: ShardWritten): Promise<Settled> {
  const started = performance.now();
  const checksums = await work.patience.store(() => verifyShard(work.store, work.space, batch));
  const { epoch } = await work.patience.store(() => work.store.epoch(work.space.project));
  if (epoch !== checkpoint.epoch) return { outcome: "flushed", checkpoint };
  if (work.patience.storeWasAway()) return { outcome: "interrupted", checkpoint };
  assertSame(checksums, checkpoint.shardsDone);
  const verifying = (performance.now() - started) / 1000;
  const next = withShard(checkpoint, batch, { counts, checksums, seconds: { writing: seconds, verifying } });
  await work.saveCheckpoint(next);
  const keysDone = next.stage.shards.slice(0, next.shardsDone).reduce((sum, shard) => sum + shard.rows, 0);
  await work.progress.advance(keysDone);
  return { outcome: "settled", checkpoint: next };
}

/** The same stage from its first shard. */
export function fromFirstShard(checkpoint: Checkpoint): Checkpoint {
  const counts = { written: 0, created: 0, unchanged: 0, skippedOlder: 0, bytes: 0 };
  return { ...checkpoint, shardsDone: 0, counts, checksums: { offline: [], online: [] } };
}

interface ShardWritten {
  readonly batch: PackedBatch;
  readonly counts: WriteCounts;
  readonly seconds: number;
}

async function writeShard({ store, space, patience }: WriteShards, batch: PackedBatch): Promise<ShardWritten> {
  const started = performance.now();
  const counts = await patience.store(() => store.writeNewest(space, batch));
  return { batch, counts, seconds: (performance.now() - started) / 1000 };
}

interface ShardSettled {
  readonly counts: WriteCounts;
  readonly checksums: ShardChecksums;
  readonly seconds: { readonly writing: number; readonly verifying: number };
}

function withShard(before: Checkpoint, batch: PackedBatch, { counts, checksums, seconds }: ShardSettled): Checkpoint {
  return {
    ...before,
    shardsDone: before.shardsDone + 1,
    counts: {
      written: before.counts.written + counts.written,
      created: before.counts.created + counts.created,
      unchanged: before.counts.unchanged + counts.unchanged,
      skippedOlder: before.counts.skippedOlder + counts.skippedOlder,
      bytes: before.counts.bytes + batch.keys.length + batch.values.length,
    },
    checksums: { offline: [...before.checksums.offline, checksums.offline], online: [...before.checksums.online, checksums.online] },
    seconds: {
      staging: before.seconds.staging,
      writing: before.seconds.writing + seconds.writing,
      verifying: before.seconds.verifying + seconds.verifying,
    },
  };
}
