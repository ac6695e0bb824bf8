import { join } from "node:path";
import { FUTURE_SKEW_SECONDS_DEFAULT } from "../domain/index.ts";
import type { Logger } from "../kit/index.ts";
import type { OnlineStore } from "../online/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../registry/index.ts";
import type { Patience, ProgressReporter } from "../runs/index.ts";
import { checkStage } from "./check-stage.ts";
import type { Checkpoint, MaterializeRequest } from "./documents.ts";
import type { MaterializeDeps } from "./port.ts";
import { resolveWindow } from "./resolve-window.ts";

/** Rows per shard: a shard is written, read back and noted as one. Small enough to lose little, large enough to be quick. */
const SHARD_ROWS = 50_000;

export interface PrepareStage {
  readonly deps: MaterializeDeps;
  readonly run: string;
  readonly request: MaterializeRequest;
  readonly snapshot: RegistrySnapshot;
  readonly view: SnapshotView;
  readonly store: OnlineStore;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly progress: ProgressReporter;
  readonly logger: Logger;
}

/** Settles what to read, reads it into a stage, holds that against what is expected, and gives the checkpoint from which the writing begins. */
export async function prepareStage(work: PrepareStage): Promise<Checkpoint> {
  const { deps, run, request, snapshot, view, store, patience, signal } = work;
  const { newest } = view;
  const startedAt = deps.clock.now();
  const { epoch } = await patience.store(() => store.epoch(snapshot.project.onlineId));
  const state = await patience.database(() => deps.registry.onlineState(newest.versionId, store.type));
  const fingerprint = await deps.offline.fingerprint(newest);
  const hasCreatedTime = newest.batchSource?.createdTimestampColumn != null;
  const resolved = resolveWindow(request.window, { state, epoch, fingerprint, hasCreatedTime, now: startedAt });
  work.progress.begin("reading", { total: null, unit: "rows" });
  await work.progress.advance(0);
  const started = performance.now();
  const stage = await deps.offline.stageLatest(
    {
      view: newest,
      window: resolved.window,
      directory: join(deps.stagingDirectory, run),
      shardRows: SHARD_ROWS,
      eventMax: startedAt + BigInt(FUTURE_SKEW_SECONDS_DEFAULT) * 1_000_000n,
    },
    signal,
  );
  const checks = await checkStage({ deps, request, view, stage, signal });
  return {
    versionId: newest.versionId,
    store: store.type,
    epoch,
    startedAt,
    resolved,
    fingerprint: { ...fingerprint },
    stage: { ...stage, shards: [...stage.shards], rejected: [...stage.rejected] },
    checks: { ...checks, findings: [...checks.findings] },
    shardsDone: 0,
    counts: { written: 0, created: 0, unchanged: 0, skippedOlder: 0, bytes: 0 },
    checksums: { offline: [], online: [] },
    seconds: { staging: (performance.now() - started) / 1000, writing: 0, verifying: 0 },
  };
}
