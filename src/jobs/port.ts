import type { Micros, Transaction } from "../kit/index.ts";

/*
 * Words. A *job* is a piece of work in a queue that outlives the process that asked for it. A worker holds a *lease* on the job it
 * works on and renews it by heartbeat; when the heartbeats stop, another worker gets the job. A job may therefore be tried more than
 * once, and twice at a time when a worker was only slow: handlers are idempotent and fence themselves.
 */

/** A kind of job as declared data; its handler is given where workers are put together. */
export interface JobDefinition<Payload> {
  /** The queue's name. */
  readonly name: string;
  /** How often a job is tried again after its worker died. */
  readonly retriesMax: number;
  /** Type carrier only. */
  readonly payload?: Payload;
}

export interface JobContext {
  /** Aborted when the process stops or the lease was lost; rethrow what throwIfAborted() throws. */
  readonly signal: AbortSignal;
  readonly worker: string;
}

export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

export interface JobQueue {
  /** Enqueues in the caller's transaction: rolled back with it. */
  enqueue<Payload extends object>(tx: Transaction, job: JobDefinition<Payload>, payload: Payload): Promise<void>;
  /** Live workers, by their heartbeat. */
  liveWorkers(): Promise<number>;
  dispose(): Promise<void>;
}

export interface WorkerPool {
  /** Begins to take jobs, `concurrency` of them at a time. */
  work<Payload extends object>(job: JobDefinition<Payload>, concurrency: number, handler: JobHandler<Payload>): Promise<void>;
  /** Aborts running handlers, gives their jobs back to the queue, and ends. */
  stop(): Promise<void>;
}

/** Things that one process at a time may do, whichever it is: what runs on a clock instead of on request. */
export interface Leases {
  /** Takes the lease, or keeps it for longer; false while another holder has it. */
  hold(name: string, holder: string, forSeconds: number): Promise<boolean>;
  /** Lets it go before its time, so that another need not wait. */
  release(name: string, holder: string): Promise<void>;
}

/** The last sign of life of the processes that work; kept, so that silence can be told from any process. */
export interface Heartbeats {
  beat(process: string, kind: ProcessKind, now: Micros): Promise<void>;
  /** The newest beat of any process of this kind; null: there never was one. */
  last(kind: ProcessKind): Promise<Micros | null>;
  /** Forgets processes that have been silent since before this time. */
  forget(before: Micros): Promise<void>;
}

export type ProcessKind = "worker";
