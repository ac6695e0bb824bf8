import type { Transaction } from "../kit/index.ts";

/** A kind of job as declared data; its handler is given where workers are put together. */
export interface JobDefinition<Payload> {
  readonly name: string; // the queue's name
  readonly retriesMax: number;
  /** Type carrier only. */
  readonly payload?: Payload;
}

export interface JobContext {
  /** Aborted when the process stops, the job was cancelled or its lease was lost; rethrow what throwIfAborted() throws. */
  readonly signal: AbortSignal;
  /** From 1; above 1 a worker died or a try failed. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  readonly worker: string;
}

export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

export interface JobQueue {
  /** Enqueues in the caller's transaction: rolled back with it. `key`: at most one job of this key is queued or running. */
  enqueue<Payload extends object>(tx: Transaction, job: JobDefinition<Payload>, payload: Payload, options: { readonly key: string }): Promise<void>;
  /** Live workers, by their heartbeat. */
  liveWorkers(): Promise<number>;
  dispose(): Promise<void>;
}

export interface WorkerPool {
  /** Begins to take jobs; `concurrency` of them at a time. */
  work<Payload extends object>(job: JobDefinition<Payload>, concurrency: number, handler: JobHandler<Payload>): Promise<void>;
  /** Aborts running handlers, gives their jobs back to the queue, and ends. */
  stop(): Promise<void>;
}
