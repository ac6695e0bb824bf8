import type { Actor, AuditLog, Authorizer, JoinKey } from "../domain/index.ts";
import type { JobQueue } from "../jobs/index.ts";
import type { Clock, Logger, Page, PageRequest, Transaction, Transactor } from "../kit/index.ts";
import type { OfflineStore, RowFileDescription, ViewMatches } from "../offline/index.ts";
import type { Registry, SourceInspector } from "../registry/index.ts";
import type { RunLog } from "../runs/index.ts";

/*
 * Words. A *training set* is a saved join: what was asked (its *spec*) and what that meant when it was saved (its *pins*: the version and
 * ttl of every view), so that a new version of a view does not change it. An *upload* is a file of entity rows that someone sent; until a
 * training set uses it, it goes away by itself. A *result* is the file that a run made, named by its checksum: equal bytes, one file.
 */

/** A file that was sent, and what is in it. */
export interface Upload {
  readonly kind: "upload";
  readonly upload: string; // id
  readonly fileName: string;
  readonly format: "parquet" | "csv" | "jsonl";
  readonly bytes: number;
  readonly rows: number;
  readonly sha256: string;
  readonly columns: readonly { readonly name: string; readonly type: string | null }[];
}

/** Keys and event times of a data source, sampled. Times are ISO 8601, both ends included. */
export interface DrawnRows {
  readonly kind: "source";
  readonly source: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly limit: number;
  readonly seed: number;
  /** More columns to carry along: labels. */
  readonly keep: readonly string[];
}

export type EntityRowsSpec = Upload | DrawnRows;

/** What a training set is made of, as it was asked for. */
export interface TrainingSetSpec {
  readonly entityRows: EntityRowsSpec;
  readonly eventTimestampColumn: string;
  /** As view:feature; null: those of the service. */
  readonly features: readonly string[] | null;
  readonly service: string | null;
  readonly fullFeatureNames: boolean;
  /** With it, rows created later than the entity row's time less this delay do not exist yet. */
  readonly knownAtDelaySeconds: number | null;
  /** View → its join keys under other names, for features that no service names: { driver_stats: { driver_id: "courier" } }. */
  readonly keyMap: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One view in one role, as it was when the set was saved. */
export interface PinnedView {
  readonly view: string;
  readonly versionId: string;
  readonly version: number;
  readonly ttlSeconds: number | null;
  readonly joinKeys: readonly JoinKey[];
  readonly joinKeyMap: Readonly<Record<string, string>>;
  readonly features: readonly { readonly feature: string; readonly output: string }[];
}

export interface Pins {
  readonly views: readonly PinnedView[];
  /** All outputs in the order asked. */
  readonly outputs: readonly string[];
}

export interface TrainingSet {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly description: string;
  readonly spec: TrainingSetSpec;
  readonly pins: Pins;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** What the last run that succeeded made. */
  readonly result: TrainingReceipt | null;
  readonly resultRun: string | null;
  readonly resultAt: Date | null;
}

export interface NewTrainingSet extends Pick<TrainingSet, "id" | "project" | "name" | "description" | "spec" | "pins"> {
  readonly createdBy: Pick<Actor, "name">;
}

/** A source as it was read: enough to tell whether it is the same, not to list thousands of files. */
export interface SourceState {
  readonly source: string;
  readonly files: number;
  readonly bytes: number;
  /** Of the newest file, ISO 8601. */
  readonly modified: string | null;
  /** Of all names, sizes and times of change. */
  readonly digest: string;
}

export interface TrainedView extends Omit<ViewMatches, "rows">, Pick<PinnedView, "versionId" | "version" | "ttlSeconds"> {
  readonly source: SourceState;
}

/** What differs between two runs, or between a run and now. */
export interface TrainingChange {
  readonly what: "source" | "entity_rows" | "version" | "ttl" | "definition";
  readonly name: string;
  readonly note: string;
}

/** What a run made; kept with it. */
export interface TrainingReceipt {
  readonly set: string | null;
  readonly entityRows: { readonly from: string; readonly rows: number; readonly digest: string };
  readonly views: readonly TrainedView[];
  /** Digest of the spec and the pins. */
  readonly definition: string;
  readonly rows: number;
  readonly columns: readonly string[];
  readonly features: readonly string[];
  readonly rejected: readonly { readonly view: string; readonly reason: string; readonly count: number }[];
  readonly bytes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly checksum: string;
  /** The result below the training folder. */
  readonly file: string;
  readonly seconds: number;
  readonly phases: { readonly entityRows: number; readonly joining: number; readonly counting: number; readonly statistics: number };
  /** The result before this one, where there was one: whether the bytes are the same, and what had changed. */
  readonly compared: { readonly run: string; readonly sameBytes: boolean; readonly changed: readonly TrainingChange[] } | null;
}

export interface TrainingSetQuery extends PageRequest {
  readonly project: string;
  /** Every word must stand in the name, the description or a feature. */
  readonly text: string;
}

export interface TrainingSets {
  /** Throws already_exists. */
  create(tx: Transaction, set: NewTrainingSet): Promise<TrainingSet>;
  get(project: string, name: string): Promise<TrainingSet | null>;
  /** Newest change first. */
  list(query: TrainingSetQuery): Promise<Page<TrainingSet>>;
  /** Pins the views anew. */
  savePins(tx: Transaction, id: string, pins: Pins): Promise<TrainingSet>;
  /** False when the set was removed meanwhile. */
  saveResult(tx: Transaction, id: string, result: { readonly run: string; readonly at: Date; readonly receipt: TrainingReceipt }): Promise<boolean>;
  remove(tx: Transaction, id: string): Promise<void>;
  /** Those of these uploads that some set uses. */
  uploadsInUse(uploads: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface TrainingDeps {
  readonly registry: Registry;
  readonly inspector: SourceInspector;
  readonly offline: OfflineStore;
  readonly trainingSets: TrainingSets;
  readonly runLog: RunLog;
  readonly jobs: JobQueue;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder for uploads and results; shared by all processes of this machine. */
  readonly trainingDirectory: string;
}

/** An upload with the rows to show of it. */
export interface SavedUpload {
  readonly upload: Upload;
  readonly head: RowFileDescription["head"];
}
