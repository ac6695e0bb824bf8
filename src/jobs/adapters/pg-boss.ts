import { fromPrisma, type JobWithMetadata, PgBoss } from "pg-boss";
import { LarderError, type Logger, type Transaction, transactionHandle } from "../../kit/index.ts";
import type { JobDefinition, JobHandler, JobQueue, WorkerPool } from "../port.ts";

/** Beside Prisma's tables in the same database; pg-boss makes and migrates it. */
const SCHEMA = "jobs";
const WORKER_NAME = "larder-worker";
/** A dead worker's job moves on about this long plus one supervision after its last heartbeat; pg-boss takes no less than 10. */
const HEARTBEAT_SECONDS = 10;
const SUPERVISE_SECONDS = 4;

interface QueueOptions {
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/** Enqueues and watches; does not work, supervise or migrate, so any number of processes may hold one. */
export function pgBossJobQueue({ databaseUrl, logger }: QueueOptions): JobQueue {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
    application_name: "larder-queue",
  });
  boss.on("error", (error) => logger.warn({ error: error.message }, "the job queue lost its database; it connects again by itself"));
  const queues = new Set<string>();
  let started: Promise<unknown> | null = null;

  async function open(): Promise<void> {
    started ??= boss.start();
    try {
      await started;
    } catch (cause) {
      started = null;
      throw new LarderError("unavailable", "The job queue's database does not answer.", { cause, hint: "Check that PostgreSQL runs and is reachable." });
    }
  }

  return {
    async enqueue<Payload extends object>(tx: Transaction, job: JobDefinition<Payload>, payload: Payload) {
      await open();
      if (!queues.has(job.name)) {
        await ensureQueue(boss, job);
        queues.add(job.name);
      }
      // The Transactor hands out Prisma's interactive transaction; the job is inserted in it.
      await boss.send(job.name, payload, { db: fromPrisma(transactionHandle(tx) as Parameters<typeof fromPrisma>[0]) });
    },
    async liveWorkers() {
      await open();
      const instances = await boss.getInstances();
      return instances.filter(({ live, name }) => live && name === WORKER_NAME).length;
    },
    async dispose() {
      if (started) await boss.stop({ graceful: false });
    },
  };
}

async function ensureQueue(boss: PgBoss, job: JobDefinition<object>): Promise<void> {
  await boss.createQueue(job.name, {
    policy: "standard",
    retryLimit: job.retriesMax,
    retryDelay: 1,
    expireInSeconds: 24 * 3600 - 1,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    notify: true,
    deleteAfterSeconds: 24 * 3600,
  });
}

/** Takes jobs, renews leases, and hands jobs of dead workers on. */
export async function pgBossWorkerPool({ databaseUrl, logger, worker }: QueueOptions & { readonly worker: string }): Promise<WorkerPool> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    max: 6,
    application_name: WORKER_NAME,
    instanceName: WORKER_NAME,
    instanceHeartbeatSeconds: 5,
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    queueCacheIntervalSeconds: 5,
    schedule: false,
  });
  boss.on("error", (error) => logger.warn({ error: error.message }, "the worker lost its database; it connects again by itself"));
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  await boss.start({ attempts: 30 });

  return {
    async work<Payload extends object>(job: JobDefinition<Payload>, concurrency: number, handler: JobHandler<Payload>) {
      await ensureQueue(boss, job);
      const options = {
        includeMetadata: true as const,
        localConcurrency: concurrency,
        heartbeatRefreshSeconds: 3,
        pollingIntervalSeconds: 1,
        // Retries and backlog send no notification: with the default of 30 s they would stand still beside idle workers.
        notifyPollingIntervalSeconds: 1,
      };
      await boss.work(job.name, options, async ([taken]: JobWithMetadata<Payload>[]) => {
        if (!taken) return;
        const handled = handler(taken.data, { signal: AbortSignal.any([taken.signal, stopping.signal]), worker });
        running.add(handled);
        await handled.finally(() => running.delete(handled));
      });
    },
    async stop() {
      stopping.abort(new LarderError("cancelled", "The worker is stopping; another one takes the job up."));
      await Promise.allSettled(running);
      await boss.stop({ graceful: true, timeout: 2_000 });
    },
  };
}
