import { setTimeout as sleepMs } from "node:timers/promises";
import type { JobContext } from "../jobs/index.ts";
import { isLarderError, LarderError, type Logger, toLarderError } from "../kit/index.ts";
import { patience } from "./patience.ts";
import type { Attempt, Run, RunEnd, RunLog } from "./port.ts";

const CANCEL_POLL_MS = 500;

export interface WorkOnRunDeps {
  readonly runLog: RunLog;
  readonly logger: Logger;
}

/** One attempt of a run under way. */
export interface RunWork {
  readonly run: Run;
  readonly attempt: Attempt;
  /** Aborted by a cancel, a stopping worker or a lost lease. */
  readonly signal: AbortSignal;
}

/**
 * Takes a run up and does its work, which ends the run as succeeded; what it throws ends it as failed or cancelled. An attempt that is
 * interrupted (worker stopped, lease lost) leaves the run running and throws, so that the queue hands it on.
 */
export async function workOnRun(
  deps: WorkOnRunDeps,
  { run: id }: { readonly run: string },
  context: JobContext,
  work: (running: RunWork) => Promise<void>,
): Promise<void> {
  const run = await deps.runLog.begin(id, context.worker);
  if (!run) return;
  const attempt: Attempt = { run: id, attempt: run.attempt };
  const cancel = watchForCancel(deps.runLog, attempt, context.signal);
  try {
    await work({ run, attempt, signal: AbortSignal.any([context.signal, cancel.signal]) });
  } catch (error) {
    if (context.signal.aborted) throw error;
    await endBadly(deps, attempt, cancel.signal.aborted ? { state: "cancelled" } : failure(run, error, deps.logger), context.signal);
  } finally {
    cancel.stop();
  }
}

function failure({ kind }: Run, error: unknown, logger: Logger): RunEnd {
  const { code, message, hint } = toLarderError(error);
  if (!isLarderError(error)) logger.error({ error: String(error), stack: (error as Error).stack }, `a ${kind} run failed unexpectedly`);
  return { state: "failed", error: { code, message, hint: hint ?? null } };
}

async function endBadly({ runLog, logger }: WorkOnRunDeps, attempt: Attempt, end: RunEnd, signal: AbortSignal): Promise<void> {
  const quiet = patience({ runLog, attempt, storeType: "", signal, logger });
  try {
    await quiet.database(() => runLog.finish(attempt, end));
  } catch (error) {
    // Another worker holds the run by now: its outcome counts, not ours.
    if (!isLarderError(error, "conflict")) throw error;
  }
}

function watchForCancel(runLog: RunLog, attempt: Attempt, until: AbortSignal): { readonly signal: AbortSignal; stop(): void } {
  const cancelled = new AbortController();
  const stopped = new AbortController();
  const loop = async () => {
    const signal = AbortSignal.any([until, stopped.signal]);
    while (!signal.aborted) {
      await sleepMs(CANCEL_POLL_MS, undefined, { signal });
      // A database that is away answers later; a cancel waits as the run does.
      const requested = await runLog.isCancelRequested(attempt).catch(() => false);
      if (requested) cancelled.abort(new LarderError("cancelled", "The run was cancelled."));
    }
  };
  loop().catch(() => undefined); // ends by abort
  return { signal: cancelled.signal, stop: () => stopped.abort() };
}
