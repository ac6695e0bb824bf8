import type {
  BatchSource,
  Bins,
  ColumnBatch,
  ExpectationCount,
  ExpectationFinding,
  ExpectedFeature,
  FeatureValue,
  FileFormat,
  Profile,
  ProfileMeasure,
  ScalarType,
  ValueType,
  ViewVersion,
} from "../domain/index.ts";
import type { Micros } from "../kit/index.ts";

/*
 * Words. A *stage* is a folder with the newest row per entity key of one view and window, cut into shards that are written online
 * one by one. *Rejected* rows are those that a view's types cannot hold or whose event time lies too far ahead; they are counted by reason.
 */

export type StageWindow =
  /** All rows up to and with `end`. */
  | { readonly kind: "everything"; readonly end: Micros }
  /** Event time in [start, end]. */
  | { readonly kind: "range"; readonly start: Micros; readonly end: Micros }
  /** Event time in (eventAfter, end], or created time in (createdAfter, createdUntil] where the source has created times. */
  | { readonly kind: "incremental"; readonly eventAfter: Micros; readonly end: Micros; readonly createdAfter: Micros | null; readonly createdUntil: Micros };

export interface StageRequest {
  readonly view: ViewVersion;
  readonly window: StageWindow;
  /** A folder of this stage's own; made, and emptied first. */
  readonly directory: string;
  readonly shardRows: number;
  /** Rows with an event time beyond this are rejected. */
  readonly eventMax: Micros;
}

export interface Rejection {
  readonly reason: string; // names field and value of an example
  readonly count: number;
}

export interface Stage {
  readonly directory: string;
  readonly shards: readonly { readonly file: string; readonly rows: number }[];
  readonly rowsRead: number;
  readonly keys: number;
  readonly bytes: number;
  readonly rejected: readonly Rejection[];
  readonly newestEvent: Micros | null;
  readonly newestCreated: Micros | null;
}

export interface StageCheckRequest {
  readonly stage: Stage;
  readonly view: ViewVersion;
  readonly expected: readonly ExpectedFeature[];
}

export interface StageCheck {
  /** That were looked at. */
  readonly rows: number;
  readonly findings: readonly ExpectationFinding[];
}

export interface DayFiguresRequest {
  readonly view: ViewVersion;
  /** Rows are counted that break what is expected of each row: bounds and sets. */
  readonly expected: readonly ExpectedFeature[];
  /** Event time in [start, end): whole days of UTC. */
  readonly start: Micros;
  readonly end: Micros;
}

/** What the rows of one day are like. */
export interface DayFigures {
  /** Its begin. */
  readonly day: Micros;
  readonly rows: number;
  /** Rows beyond the first of the same key, event time and created time. */
  readonly duplicates: number;
  /** In the order of the view's features. */
  readonly features: readonly DayFeature[];
}

export interface DayFeature {
  readonly feature: string;
  /** NaN counts as null. */
  readonly nulls: number;
  /** The values of a string or a bool, sorted and cut to 100 characters; null: of another type, or more than 200 values. */
  readonly categories: readonly string[] | null;
  readonly broken: readonly ExpectationCount[];
}

/** What tells whether the files behind a source are the ones read before: name → size and time of change. */
export type SourceFingerprint = Readonly<Record<string, { readonly size: number; readonly modifiedMs: number }>>;

export interface WindowEstimate {
  readonly rows: number | null; // null: unknown
  readonly bytes: number | null;
  readonly keys: number | null;
  /** Whether rows and keys were counted (true) or guessed from metadata. */
  readonly exact: boolean;
  /** How the estimate was made, for people. */
  readonly basis: string;
}

export interface RowFile {
  readonly path: string;
  /** What people call it, where that is not the path. */
  readonly name?: string;
  readonly format: FileFormat;
}

export interface JoinView {
  readonly view: ViewVersion;
  /** Features to fetch and the name of each in the output. */
  readonly features: readonly { readonly feature: string; readonly output: string }[];
  /** Join key → column of the entity rows, where the names differ. */
  readonly joinKeyMap: Readonly<Record<string, string>>;
}

export interface JoinRequest {
  readonly entityRows: RowFile;
  readonly eventTimestampColumn: string;
  readonly views: readonly JoinView[];
  /** All outputs in the order wanted; absent: view by view. */
  readonly outputs?: readonly string[];
  /** With it, rows created later than entity time less this delay do not exist yet. */
  readonly knownAtDelaySeconds: number | null;
  readonly out: { readonly path: string; readonly format: "parquet" | "csv" };
}

export interface JoinResult {
  readonly rows: number;
  /** The entity rows' columns in their order, then the features in the order asked. */
  readonly columns: readonly string[];
  /** Rows of the views' sources that are as good as not there, because a value does not fit its type. */
  readonly rejected: readonly { readonly view: string; readonly rejection: Rejection }[];
}

export interface MatchRequest extends Pick<JoinRequest, "entityRows" | "eventTimestampColumn" | "views" | "knownAtDelaySeconds"> {
  /** Look at so many of the entity rows; null: at all. */
  readonly sampleRows: number | null;
}

/** Entity rows by what a view has for them: an answer, only rows older than its ttl, or nothing. */
export interface ViewMatches {
  readonly view: string;
  readonly joinKeyMap: JoinView["joinKeyMap"];
  readonly rows: number;
  readonly matched: number;
  readonly expired: number;
  readonly notFound: number;
}

/** Keys and event times of a source as entity rows. */
export interface DrawRequest {
  readonly source: BatchSource;
  /** Columns to write, each read from a column of the source. */
  readonly keys: readonly { readonly name: string; readonly column: string; readonly type: ScalarType }[];
  readonly eventTimestampColumn: string;
  /** More columns of the source to carry along, labels for instance. */
  readonly keep: readonly string[];
  /** Both ends included; null: open. */
  readonly start: Micros | null;
  readonly end: Micros | null;
  readonly limit: number;
  /** Another seed, another sample. */
  readonly seed: number;
  /** A Parquet file. */
  readonly out: string;
}

export interface RowFileDescription {
  /** `type` null: no type of Larder's; then `engineType` says what it is. */
  readonly columns: readonly { readonly name: string; readonly type: ValueType | null; readonly engineType: string }[];
  readonly rows: number;
  /** The first rows, in order. */
  readonly head: Table;
}

export interface SampleRequest {
  readonly view: ViewVersion;
  readonly limit: number;
  /** newest: by event time, latest first; keys: distinct entity keys. */
  readonly of: "newest" | "keys";
}

export interface NewestRowsRequest {
  readonly view: ViewVersion;
  /** Entity keys: the values of the view's join keys in their order. */
  readonly keys: readonly (readonly FeatureValue[])[];
  /** Rows with an event time beyond this do not count, as in a stage. */
  readonly eventMax: Micros;
  readonly timeoutMs: number;
}

export interface NewestRow {
  readonly event: Micros;
  readonly created: Micros | null;
  /** In the order of the view's features. */
  readonly values: readonly FeatureValue[];
}

export interface RowsAsOfRequest {
  readonly view: ViewVersion;
  /** Entity keys, each with the moment it is asked about. */
  readonly asked: readonly { readonly key: readonly FeatureValue[]; readonly at: Micros }[];
  readonly timeoutMs: number;
}

/** The newest row with an event time up to a moment, whatever its age; `known`: among the rows created up to it (see domain/as-of.ts). */
export interface RowsAsOf {
  readonly newest: NewestRow | null;
  readonly known: NewestRow | null;
}

export interface Table {
  readonly columns: readonly { readonly name: string; readonly type: ScalarType | string }[];
  readonly rows: readonly (readonly FeatureValue[])[];
}

export interface FeatureProfile {
  readonly feature: string;
  readonly rows: number;
  readonly nulls: number;
  readonly distinctApprox: number | null;
  readonly min: FeatureValue;
  readonly max: FeatureValue;
  readonly mean: number | null;
  readonly sd: number | null;
  /** 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 of a numeric feature. */
  readonly quantiles: readonly number[] | null;
  /** Equal-width bins of a numeric feature, most frequent values of another. */
  readonly histogram: readonly { readonly label: string; readonly low: number | null; readonly high: number | null; readonly count: number }[];
}

/** [start, end); null: open. */
export interface TimeRange {
  readonly start: Micros | null;
  readonly end: Micros | null;
}

/** The rows to profile: of a view, or of a file that no view knows. */
export type WindowScope =
  | {
      readonly kind: "view";
      readonly view: ViewVersion;
      /** Features, and join keys where they are wanted as columns too. */
      readonly columns: readonly string[];
      /** Event time in one of these. */
      readonly ranges: readonly TimeRange[];
      /** entity_key: the newest row of each key in each range, since rows of one entity depend on each other. */
      readonly unit: "entity_key" | "row";
    }
  | {
      readonly kind: "file";
      readonly file: RowFile;
      /** Absent: all columns but the key and the event time. */
      readonly columns: readonly string[] | null;
      /** Columns that are measured as they were elsewhere, whatever the file's own types. */
      readonly like: readonly WindowColumn[];
      /** With these, the newest row of each key counts: by event time where the file has that column, then by place. Empty: every row does. */
      readonly keys: readonly string[];
      readonly eventTimestampColumn: string;
    };

export interface WindowColumn {
  readonly name: string;
  readonly kind: Bins["kind"];
  readonly measure: ProfileMeasure;
}

export interface ProfileOptions {
  /** Whether profiles of numbers get a sample of rows. */
  readonly sampled: boolean;
}

/** A column and the bins to count it in. */
export interface BinnedColumn {
  readonly name: string;
  readonly bins: Bins;
}

/** The rows of one part of a window, as one column of them looks. */
export interface SegmentProfile {
  /** Bin of the dividing column; null: it has no value. */
  readonly bin: number | null;
  readonly profile: Omit<Profile, "sample">;
}

/** The rows of a window, opened for some readings. Answers stand in the order asked; a name that is no column is invalid_argument. */
export interface RowWindow {
  readonly rows: number;
  readonly columns: readonly WindowColumn[];
  /** Bins with this window as their baseline, exact. */
  freezeBins(names: readonly string[]): Promise<readonly Bins[]>;
  /** Profiles over bins frozen here or on another window: one scan for all columns, and one for the few rows of a sample. */
  profile(columns: readonly BinnedColumn[], options: ProfileOptions): Promise<readonly Profile[]>;
  /** Divides the rows by the bins of one column and profiles another in each part that has rows; one scan. */
  segments(by: BinnedColumn, of: BinnedColumn): Promise<readonly SegmentProfile[]>;
  /** All values of a numeric column but nulls and NaN, ascending, in chunks. */
  sortedValues(column: string): AsyncIterable<Float64Array>;
}

export interface EventSpan {
  readonly oldest: Micros;
  readonly newest: Micros;
}

export interface WindowSize {
  readonly start: Micros;
  readonly rows: number;
  /** Entity keys, nearly. */
  readonly keys: number;
}

/** Windows of so many seconds, one of them beginning at `offset`. */
export interface WindowCut {
  readonly seconds: number;
  readonly offset: Micros;
  /** Rows before this are not looked at; absent: all rows are. */
  readonly from?: Micros;
}

/** How a source's rows come, told from the last weeks of them. */
export interface SourceRhythm {
  readonly newestEvent: Micros | null;
  /** How old the newest row gets before the next one is there, on nine days of ten; null: too little history to tell. */
  readonly usualAgeSeconds: number | null;
}

export interface OfflineStore {
  readonly type: string; // "duckdb"
  /** The newest row per entity key of the window (order of rows: event, created, place in the source), transform applied, as a stage. */
  stageLatest(request: StageRequest, signal?: AbortSignal): Promise<Stage>;
  /** Whether all files of a stage are still there. */
  hasStage(stage: Stage): Promise<boolean>;
  /** Holds the newest rows of a stage against what is expected of them, by one scan. Examples are of any row that breaks it. */
  checkStage(request: StageCheckRequest, signal?: AbortSignal): Promise<StageCheck>;
  readShard(stage: Stage, shard: number, view: ViewVersion): Promise<ColumnBatch>;
  /** Point-in-time join (see domain/as-of.ts): every entity row once, in its order. */
  join(request: JoinRequest, signal?: AbortSignal): Promise<JoinResult>;
  /** What the join would find, per view: without values, and so sooner than the join itself. */
  countMatches(request: MatchRequest, signal?: AbortSignal): Promise<readonly ViewMatches[]>;
  /** Draws entity rows from a source: the same ones while the source is the same. Gives their number. */
  drawEntityRows(request: DrawRequest, signal?: AbortSignal): Promise<number>;
  /** Cheap: answers from metadata where it can, within `timeoutMs` or with nulls. */
  estimate(view: ViewVersion, window: StageWindow, timeoutMs: number): Promise<WindowEstimate>;
  fingerprint(view: Pick<ViewVersion, "view" | "batchSource">): Promise<SourceFingerprint>;
  /** First and last event time of the source, null when it has no rows. */
  eventSpan(view: ViewVersion): Promise<EventSpan | null>;
  /** What each window holds by event time, in the order of time; windows without rows are left out. */
  windowSizes(view: ViewVersion, cut: WindowCut, signal?: AbortSignal): Promise<readonly WindowSize[]>;
  /**
   * By event time, and created time where the source has one: a row that is known late makes the source old meanwhile. Rows later than
   * `eventMax` do not count, as materialize refuses them; where there are no others, the newest is one of these.
   */
  rhythm(view: ViewVersion, eventMax: Micros): Promise<SourceRhythm>;
  sample(request: SampleRequest): Promise<Table>;
  /** The row that a stage would hold for each of these keys, in their order; null where there is none. Throws timeout after `timeoutMs`. */
  newestRows(request: NewestRowsRequest): Promise<readonly (NewestRow | null)[]>;
  /** The point-in-time answer for some keys without regard to ttl, in the order asked. Throws timeout after `timeoutMs`. */
  rowsAsOf(request: RowsAsOfRequest): Promise<readonly RowsAsOf[]>;
  /** What a view's rows are like, day by day in order; days without rows are not in it. Rows that a run would reject do not count. */
  figuresByDay(request: DayFiguresRequest, signal?: AbortSignal): Promise<readonly DayFigures[]>;
  profile(view: ViewVersion, features: readonly string[]): Promise<readonly FeatureProfile[]>;
  /**
   * Opens a window for the time of `work`, which may run again when a file changed under it. Rows that a run would reject are not in it.
   * Throws not_found for a feature, invalid_argument for a column that is not there or cannot be measured like another.
   */
  withWindow<T>(scope: WindowScope, work: (window: RowWindow) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Applies the view's transform to rows that were pushed; rows come and go as columns by name, JSON values. */
  transformRows(view: ViewVersion, rows: readonly Readonly<Record<string, unknown>>[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /**
   * All rows of a file as columns of JSON values (timestamps ISO, int64 as bigint, bytes base64), for small files. Columns of `types` are
   * read from text as their type has it: "007" of a string stays "007", and what the type cannot hold stays text.
   */
  readColumns(file: RowFile, types?: ReadonlyMap<string, ValueType>): Promise<Readonly<Record<string, readonly unknown[]>>>;
  /** Columns, number of rows and the first rows of a file. Throws not_found, invalid_argument. */
  describeRows(file: RowFile, limit: number): Promise<RowFileDescription>;
  /** The same rows in the same order in a file of another format. */
  copyRows(file: RowFile, out: JoinRequest["out"], signal?: AbortSignal): Promise<void>;
  dispose(): Promise<void>;
}
