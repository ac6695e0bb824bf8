import { setTimeout as sleepMs } from "node:timers/promises";
import { MATERIALIZE, retireVersions, runMaterialize, sweepStages } from "../materialize/index.ts";
import { runJob } from "../runs/index.ts";
import type { Runtime } from "../runtime/index.ts";

const MATERIALIZE_AT_ONCE = 2;
const HOUSEKEEPING_MS = 30_000;

export interface Worker {
  /** Gives running jobs back to the queue, where they go on at their checkpoints, and stops. */
  stop(): Promise<void>;
}

/** Takes up the jobs of this store, and keeps house: rows of retired versions, stages that nobody came back for, what killed processes spilled. */
export async function startWorker(runtime: Runtime): Promise<Worker> {
  const pool = await runtime.openWorkerPool();
  await pool.work(runJob(MATERIALIZE), MATERIALIZE_AT_ONCE, (payload, context) => runMaterialize(runtime, payload, context));
  const stopping = new AbortController();
  const housekeeping = keepHouse(runtime, stopping.signal);
  runtime.logger.info({}, "the worker takes jobs");
  return {
    async stop() {
      stopping.abort();
      await Promise.all([pool.stop(), housekeeping]);
    },
  };
}

async function keepHouse(runtime: Runtime, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await retireVersions(runtime);
      await sweepStages(runtime.stagingDirectory, Date.now());
      await runtime.sweepSpill();
    } catch (error) {
      runtime.logger.warn({ error: (error as Error).message }, "housekeeping did not finish; it tries again");
    }
    await sleepMs(HOUSEKEEPING_MS, undefined, { signal }).catch(() => undefined);
  }
}
