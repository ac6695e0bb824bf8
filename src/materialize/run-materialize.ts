import { rm } from "node:fs/promises";
import { findingText } from "../domain/index.ts";
import type { JobContext } from "../jobs/index.ts";
import { openProject } from "../registry/index.ts";
import { type Patience, patience, progressReporter, type RunWork, workOnRun } from "../runs/index.ts";
import { refuseBlocked } from "./check-stage.ts";
import { type Checkpoint, type MaterializeRequest, readCheckpoint, readRequest, toDocument } from "./documents.ts";
import { materializableView } from "./find-view.ts";
import { materializeReceipt, nextOnlineState } from "./finish-materialize.ts";
import type { MaterializeDeps, MaterializeReceipt } from "./port.ts";
import { prepareStage } from "./prepare-stage.ts";
import { fromFirstShard, type Written, writeShards } from "./write-shards.ts";

interface Attempting extends RunWork {
  readonly deps: MaterializeDeps;
}

/** The job behind a materialize run: stage the newest row per key, write it by shards with a checkpoint after each, finish with a receipt. */
export async function runMaterialize(deps: MaterializeDeps, job: { readonly run: string }, context: JobContext): Promise<void> {
  await workOnRun(deps, job, context, (work) => materialize({ ...work, deps }));
}

async function materialize(attempting: Attempting): Promise<void> {
  const { deps, run, attempt, signal } = attempting;
  const { logger } = deps;
  const request = readRequest(run.request);
  const snapshot = await openProject(deps.registry, run.project);
  const view = materializableView(snapshot, request.view);
  const store = deps.onlineStores.forProject(snapshot.project);
  const patient = patience({ runLog: deps.runLog, attempt, storeType: store.type, signal, logger });
  const progress = progressReporter((report) => patient.database(() => deps.runLog.progress(attempt, report)));
  const space = { project: snapshot.project.onlineId, version: view.newest.versionId };
  const saveCheckpoint = (checkpoint: Checkpoint) => patient.database(() => deps.runLog.checkpoint(attempt, toDocument(checkpoint)));
  const work = { deps, store, space, view: view.newest, patience: patient, signal, progress, saveCheckpoint };
  const say = (message: string, level: "info" | "warn" = "info") => patient.database(() => deps.runLog.log(attempt, level, message));

  let checkpoint = await resumable(attempting, view.newest.versionId, store.type, patient);
  if (checkpoint) await say(`Going on at shard ${checkpoint.shardsDone + 1} of ${checkpoint.stage.shards.length}.`);
  for (;;) {
    if (!checkpoint) {
      const prepared: Checkpoint = await prepareStage({ deps, run: run.id, request, snapshot, view, store, patience: patient, signal, progress, logger });
      await say(`Reading ${prepared.resolved.note}: ${prepared.stage.rowsRead} rows, ${prepared.stage.keys} keys.`);
      for (const finding of prepared.checks.findings) await say(`Not as expected: ${findingText(finding)}.`, "warn");
      await refuse(request, prepared);
      checkpoint = prepared;
      await saveCheckpoint(checkpoint);
    }
    const written: Written = await writeShards(work, checkpoint);
    if (written.outcome === "done") {
      const receipt = await finish(attempting, view, written.checkpoint, patient);
      logger.info({ run: run.id, view: receipt.view, keys: receipt.keys, seconds: receipt.seconds }, "materialized");
      return;
    }
    const flushed = written.outcome === "flushed";
    checkpoint = flushed ? null : fromFirstShard(checkpoint);
    await say(`${store.type} ${flushed ? "lost its rows: beginning again from the source" : "was away: writing again from the first shard"}.`);
  }
}

/** A blocked run keeps nothing: when it is resumed, it reads the source as it is by then. */
async function refuse(request: MaterializeRequest, { checks, stage }: Checkpoint): Promise<void> {
  try {
    refuseBlocked(request, checks);
  } catch (error) {
    await rm(stage.directory, { recursive: true, force: true });
    throw error;
  }
}

/** The checkpoint to go on from: of this version and store, its stage still on this disk, and the store not flushed since. */
async function resumable({ deps, run }: Attempting, versionId: string, storeType: string, patient: Patience): Promise<Checkpoint | null> {
  const checkpoint = readCheckpoint(run.checkpoint);
  if (!checkpoint || checkpoint.versionId !== versionId || checkpoint.store !== storeType) return null;
  const project = await patient.database(() => deps.registry.findProject(run.project));
  if (!project || !(await deps.offline.hasStage(checkpoint.stage))) return null;
  const { epoch } = await patient.store(() => deps.onlineStores.forProject(project).epoch(project.onlineId));
  return epoch === checkpoint.epoch ? checkpoint : null;
}

type View = ReturnType<typeof materializableView>;

async function finish({ deps, run, attempt }: Attempting, view: View, done: Checkpoint, patient: Patience): Promise<MaterializeReceipt> {
  const seconds = (Date.now() - (run.startedAt ?? new Date()).getTime()) / 1000;
  const receipt = materializeReceipt(view, done, seconds);
  await patient.database(() =>
    deps.transactor.transact(async (tx) => {
      const before = await deps.registry.onlineState(done.versionId, done.store);
      await deps.registry.saveOnlineState(tx, run.project, nextOnlineState(before, done, run.id));
      await deps.runLog.finish(attempt, { state: "succeeded", receipt }, tx);
    }),
  );
  await rm(done.stage.directory, { recursive: true, force: true });
  return receipt;
}
