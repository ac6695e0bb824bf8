import type { ViewVersion } from "../domain/index.ts";
import { type OnlineStore, type PackedBatch, packRows, type RowSpace, type WriteCounts } from "../online/index.ts";
import type { Checkpoint } from "./documents.ts";
import type { Patience } from "./patience.ts";
import type { MaterializeDeps } from "./port.ts";
import type { ProgressReporter } from "./report-progress.ts";
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

/** Writes the shards after the checkpoint one by one: pack, write, read back, note. The next shard is read and packed while one is written. */
export async function writeShards(work: WriteShards, from: Checkpoint): Promise<Written> {
  const { deps, view, progress, signal } = work;
  const { stage } = from;
  let checkpoint = from;
  let keysDone = stage.shards.slice(0, from.shardsDone).reduce((sum, shard) => sum + shard.rows, 0);
  progress.begin("writing", { total: stage.keys, unit: "keys", done: keysDone });
  const prepare = async (shard: number): Promise<PackedBatch> => packRows(view, await deps.offline.readShard(stage, shard, view)).batch;
  let next = from.shardsDone < stage.shards.length ? prepare(from.shardsDone) : null;
  while (next) {
    const shard = checkpoint.shardsDone;
    const batch: PackedBatch = await next;
    next = shard + 1 < stage.shards.length ? prepare(shard + 1) : null;
    next?.catch(() => undefined); // awaited in the next round; until then it is nobody's
    signal.throwIfAborted();
    const { counts, checksums, seconds } = await writeShard(work, batch);
    const epoch = await work.patience.store(() => work.store.epoch(work.space.project));
    if (epoch.epoch !== from.epoch) return { outcome: "flushed" };
    if (work.patience.storeWasAway()) return { outcome: "interrupted" };
    assertSame(checksums, shard);
    checkpoint = withShard(checkpoint, batch, { counts, checksums, seconds });
    await work.saveCheckpoint(checkpoint);
    keysDone += batch.count;
    await progress.advance(keysDone);
  }
  return { outcome: "done", checkpoint };
}

/** The same stage from its first shard. */
export function fromFirstShard(checkpoint: Checkpoint): Checkpoint {
  const counts = { written: 0, created: 0, unchanged: 0, skippedOlder: 0, bytes: 0 };
  return { ...checkpoint, shardsDone: 0, counts, checksums: { offline: [], online: [] } };
}

interface ShardWritten {
  readonly counts: WriteCounts;
  readonly checksums: ShardChecksums;
  readonly seconds: { readonly writing: number; readonly verifying: number };
}

async function writeShard({ store, space, patience }: WriteShards, batch: PackedBatch): Promise<ShardWritten> {
  const started = performance.now();
  const counts = await patience.store(() => store.writeNewest(space, batch));
  const written = performance.now();
  const checksums = await patience.store(() => verifyShard(store, space, batch));
  return { counts, checksums, seconds: { writing: (written - started) / 1000, verifying: (performance.now() - written) / 1000 } };
}

function withShard(before: Checkpoint, batch: PackedBatch, { counts, checksums, seconds }: ShardWritten): Checkpoint {
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
