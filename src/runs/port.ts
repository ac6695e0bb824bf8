import type { Actor } from "../domain/index.ts";
import type { Page, PageRequest, Transaction } from "../kit/index.ts";

/*
 * A run is one execution of one job on one subject. Its states:
 *
 *   queued ──▶ running ──▶ succeeded
 *     │          │  ├────▶ failed ────▶ (resume) queued
 *     └──────────┴──┴────▶ cancelled ─▶ (resume) queued
 *
 * A running run may wait for a server (`waitingFor`); it stays running. A worker that dies leaves it running: the queue hands the
 * job to another worker, which begins a new attempt and goes on at the checkpoint. All writes of a worker name their attempt;
 * a write of an older attempt is refused with "conflict", so that a worker that was only slow stops.
 */
export const RUN_STATES = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];

export function isFinished(state: RunState): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

export interface RunProgress {
  readonly stage: string; // "reading", "writing", "verifying"
  readonly done: number;
  readonly total: number | null;
  readonly unit: string; // "keys"
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

export interface RunFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** `Request`, `Receipt` and `Checkpoint` are JSON records that belong to the kind of run. */
export interface Run {
  readonly id: string;
  readonly group: string;
  readonly project: string;
  readonly kind: string;
  readonly subject: string; // "feature_view:driver_stats"
  readonly state: RunState;
  readonly request: unknown;
  readonly progress: RunProgress | null;
  readonly checkpoint: unknown;
  readonly receipt: unknown;
  readonly error: RunFailure | null;
  readonly waitingFor: string | null;
  readonly actor: Pick<Actor, "kind" | "id" | "name">;
  readonly attempt: number;
  readonly worker: string | null;
  readonly cancelRequested: boolean;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface NewRun {
  readonly id: string;
  readonly group: string;
  readonly project: string;
  readonly kind: string;
  readonly subject: string;
  readonly request: unknown;
  readonly actor: Actor;
  /** A second request with the same key joins the queued or running run instead of starting another. */
  readonly key: string;
}

export interface RunEvent {
  readonly id: number; // grows; follow from here
  readonly run: string;
  readonly project: string;
  readonly at: Date;
  readonly type: "state" | "progress" | "log";
  readonly body: unknown;
}

export interface RunFilter extends PageRequest {
  readonly project: string;
  readonly states?: readonly RunState[];
  readonly kinds?: readonly string[];
  readonly subject?: string;
  /** Part of the subject's name, in any case. */
  readonly about?: string;
  readonly actors?: readonly string[]; // names
  /** Asked for at or after. */
  readonly from?: Date;
  /** Asked for before. */
  readonly to?: Date;
  readonly group?: string;
}

/** What the runs of a project can be told apart by. */
export interface RunChoices {
  readonly kinds: readonly string[];
  readonly actors: readonly string[];
}

/** Identifies one attempt of a run; what a worker holds while it works. */
export interface Attempt {
  readonly run: string;
  readonly attempt: number;
}

export interface RunLog {
  /** Queues a run, or gives the active one of the same key (`joined`). */
  create(tx: Transaction, run: NewRun): Promise<{ readonly run: Run; readonly joined: boolean }>;
  get(id: string): Promise<Run | null>;
  list(filter: RunFilter): Promise<Page<Run>>;
  choices(project: string): Promise<RunChoices>;
  ofGroup(group: string): Promise<readonly Run[]>;
  /** Takes the run up: state running, attempt + 1, worker noted. Null when it is finished or its cancel was requested (then it is cancelled). */
  begin(id: string, worker: string): Promise<Run | null>;
  progress(attempt: Attempt, progress: RunProgress): Promise<void>;
  waiting(attempt: Attempt, what: string | null): Promise<void>;
  checkpoint(attempt: Attempt, checkpoint: unknown): Promise<void>;
  log(attempt: Attempt, level: "info" | "warn" | "error", message: string): Promise<void>;
  /** Ends the run and frees its key. Given a transaction, in it: the receipt and the watermark move together. */
  finish(attempt: Attempt, end: RunEnd, tx?: Transaction): Promise<void>;
  /** Asks for cancellation; a queued run is cancelled at once. False when it is finished already. */
  requestCancel(tx: Transaction, id: string): Promise<{ readonly run: Run; readonly accepted: boolean }>;
  isCancelRequested(attempt: Attempt): Promise<boolean>;
  /** Puts a failed or cancelled run back into the queue with its checkpoint; conflict when another run of its key is active. */
  requeue(tx: Transaction, id: string): Promise<Run>;
  /** Events after `after` in order; waits for new ones until the signal aborts. Nothing is lost or doubled over a reconnect. */
  follow(options: { readonly after: number; readonly project?: string; readonly run?: string; readonly signal: AbortSignal }): AsyncIterable<RunEvent>;
  /** The newest event id, to follow from now. */
  lastEventId(): Promise<number>;
  events(run: string, limit: number): Promise<readonly RunEvent[]>;
}

export type RunEnd =
  | { readonly state: "succeeded"; readonly receipt: unknown }
  | { readonly state: "failed"; readonly error: RunFailure; readonly receipt?: unknown }
  | { readonly state: "cancelled"; readonly receipt?: unknown };
