import { runPeriodically } from "../jobs/index.ts";
import { MATERIALIZE, retireVersions, runMaterialize, runSchedules, sweepStages } from "../materialize/index.ts";
import { startProbes, startWatch } from "../monitor/index.ts";
import { runJob } from "../runs/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { runTrainingSet, sweepTrainingFiles, TRAINING_SET } from "../training/index.ts";

const MATERIALIZE_AT_ONCE = 2;
const TRAINING_SETS_AT_ONCE = 1;
const HOUSEKEEPING_MS = 30_000;
const SCHEDULES_MS = 5_000;
const HEARTBEAT_MS = 10_000;
const HEARTBEATS_KEPT = 7n * 86_400_000_000n;

export interface Worker {
  /** Gives running jobs back to the queue, where they go on at their checkpoints, and stops. */
  stop(): Promise<void>;
}

/** Takes up the jobs of this store, starts what schedules ask for, and keeps house. */
export async function startWorker(runtime: Runtime): Promise<Worker> {
  const pool = await runtime.openWorkerPool();
  await pool.work(runJob(MATERIALIZE), MATERIALIZE_AT_ONCE, (payload, context) => runMaterialize(runtime, payload, context));
  await pool.work(runJob(TRAINING_SET), TRAINING_SETS_AT_ONCE, (payload, context) => runTrainingSet(runtime, payload, context));
  const stopping = new AbortController();
  const { leases, processName: holder, logger } = runtime;
  const loop = { logger, signal: stopping.signal };
  const background = [
    runPeriodically({ ...loop, name: "heartbeat", everyMs: HEARTBEAT_MS, lease: null }, () => runtime.heartbeats.beat(holder, "worker", runtime.clock.now())),
    runPeriodically({ ...loop, name: "schedules", everyMs: SCHEDULES_MS, lease: { leases, holder } }, async () => void (await runSchedules(runtime))),
    startWatch(runtime, stopping.signal),
    startProbes(runtime, stopping.signal),
    runPeriodically({ ...loop, name: "housekeeping", everyMs: HOUSEKEEPING_MS, lease: null }, () => keepHouse(runtime)),
  ];
  logger.info({}, "the worker takes jobs");
  return {
    async stop() {
      stopping.abort();
      await Promise.all([pool.stop(), ...background]);
    },
  };
}

/** Rows of retired versions, stages that nobody came back for, uploads that nothing uses, what killed processes spilled, processes long gone. */
async function keepHouse(runtime: Runtime): Promise<void> {
  await retireVersions(runtime);
  await sweepStages(runtime.stagingDirectory, Date.now());
  await sweepTrainingFiles(runtime, Date.now());
  await runtime.sweepSpill();
  await runtime.heartbeats.forget(runtime.clock.now() - HEARTBEATS_KEPT);
}
