import type { JobDefinition, JobQueue } from "../jobs/index.ts";
import type { Transaction } from "../kit/index.ts";
import type { NewRun, Run, RunLog } from "./port.ts";

/** Every run is carried out by a job that knows only the run's id: what to do stands in the run. */
export type RunJob = JobDefinition<{ readonly run: string }>;

/** A killed worker uses up one retry; a run should outlive a bad day. */
const RETRIES_MAX = 50;

/** The job of a kind of run; the queue is named like the kind. */
export function runJob(kind: string): RunJob {
  return { name: kind, retriesMax: RETRIES_MAX };
}

export interface StartRunDeps {
  readonly runLog: RunLog;
  readonly jobs: JobQueue;
}

/** Queues a run and its job in the caller's transaction, or joins the active run of the same key. */
export async function startRun({ runLog, jobs }: StartRunDeps, tx: Transaction, run: NewRun): Promise<{ readonly run: Run; readonly joined: boolean }> {
  const started = await runLog.create(tx, run);
  if (!started.joined) await jobs.enqueue(tx, runJob(run.kind), { run: run.id });
  return started;
}
