import type { AuditLog, Authorizer, ExpectationFinding } from "../domain/index.ts";
import type { JobQueue } from "../jobs/index.ts";
import type { Clock, Logger, Micros, Transaction, Transactor } from "../kit/index.ts";
import type { OfflineStore, Rejection, WindowEstimate } from "../offline/index.ts";
import type { OnlineStore } from "../online/index.ts";
import type { Project, Registry } from "../registry/index.ts";
import type { RunLog } from "../runs/index.ts";

/** Gives the online store that a project's settings name; opened once, lazily. */
export interface OnlineStores {
  forProject(project: Project): OnlineStore;
}

export interface MaterializeDeps {
  readonly registry: Registry;
  readonly offline: OfflineStore;
  readonly onlineStores: OnlineStores;
  readonly runLog: RunLog;
  readonly jobs: JobQueue;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder for stages; shared by all workers of this machine. */
  readonly stagingDirectory: string;
}

/** A view with a schedule, and the operational state of it. */
export interface ScheduledView {
  readonly project: string;
  readonly view: string;
  readonly team: string | null;
  readonly schedule: string;
  /** When its definition changed last: ticks before it are not made up for. */
  readonly definedAt: Micros;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  /** The newest tick that was acted on. */
  readonly lastTickAt: Micros | null;
  /** A materialize run of the view is queued or running. */
  readonly isRunning: boolean;
}

/** What is known of schedules besides their definition; apply never touches it. */
export interface Schedules {
  /** Every view with a schedule, of all projects. */
  list(): Promise<readonly ScheduledView[]>;
  /** Null: there is no such view, or it has no schedule. */
  find(project: string, view: string): Promise<ScheduledView | null>;
  /** Notes that the ticks up to this one were acted on. */
  ticked(tx: Transaction, project: string, ticks: readonly { readonly view: string; readonly at: Micros }[]): Promise<void>;
  setPause(
    tx: Transaction,
    view: { readonly project: string; readonly view: string },
    pause: { readonly at: Micros; readonly by: string } | null,
  ): Promise<void>;
}

/** What the caller asks for. Times in microseconds; an end after now is now. */
export type MaterializeWindow =
  | { readonly kind: "incremental"; readonly end: Micros | null }
  | { readonly kind: "range"; readonly start: Micros; readonly end: Micros }
  | { readonly kind: "everything" };

/** What the rows of a run were found to be like before they were written. */
export interface MaterializeChecks {
  /** How many expectations they were held against. */
  readonly expected: number;
  /** Those that do not hold. */
  readonly findings: readonly ExpectationFinding[];
  /** A finding would have blocked the run, had it not been started in spite of that. */
  readonly overridden: boolean;
}

/** What a finished materialize did; kept with the run. Times ISO 8601. */
export interface MaterializeReceipt {
  readonly view: string;
  readonly version: number;
  readonly store: string;
  /** What was read, for people: "everything", "since 2026-11-23T08:00:00Z, looking back 1h". */
  readonly windowNote: string;
  readonly start: string | null;
  readonly end: string;
  readonly rowsRead: number;
  readonly keys: number;
  readonly written: number;
  readonly unchanged: number;
  readonly skippedOlder: number;
  readonly rejected: number;
  readonly rejections: readonly Rejection[];
  readonly checks: MaterializeChecks;
  readonly bytes: number;
  readonly seconds: number;
  /** Seconds of work; writing and verifying overlap. */
  readonly phases: { readonly staging: number; readonly writing: number; readonly verifying: number };
  readonly checksumOffline: string;
  readonly checksumOnline: string;
  readonly newestEvent: string | null;
}

/** What a materialize would do, for the dialog before it: every figure with its basis, null where it is unknown. */
export interface MaterializePreview {
  readonly view: string;
  readonly store: string; // "redis"
  readonly place: string; // where the store is, without secrets
  readonly from: string; // path as written
  readonly windowNote: string;
  readonly lastRunAt: Date | null;
  readonly reads: WindowEstimate;
  readonly keysMax: number | null;
  readonly onlineBytes: number | null;
  readonly onlineKeysNow: number | null;
  readonly onlineKeysExact: boolean;
  readonly secondsEstimate: number | null;
  readonly secondsBasis: string;
  /** Expectations that rows are held against before any is written, and how many of them block. */
  readonly checks: { readonly expected: number; readonly blocking: number };
  readonly command: string; // the command line that does the same
  /** An active run of this view and window that a start would join. */
  readonly activeRun: string | null;
  readonly problem: string | null; // why it cannot run now
}

export interface StartedRuns {
  readonly group: string;
  readonly runs: readonly { readonly run: string; readonly view: string; readonly joined: boolean }[];
}
