import type { Expectations } from "./expectations.ts";
import type { ScalarType, ValueType } from "./value-type.ts";

/*
 * Definitions: what a team writes down, as plain frozen records that survive JSON. Durations are whole seconds.
 * They refer to each other by name; validate.ts checks that the names lead somewhere.
 */

export type Tags = Readonly<Record<string, string>>;

interface Described {
  readonly name: string;
  readonly description: string;
  readonly owner: string | null; // a contact
  readonly tags: Tags;
}

export interface JoinKey {
  readonly name: string;
  readonly type: ScalarType;
}

export interface Entity extends Described {
  readonly kind: "entity";
  readonly joinKeys: readonly JoinKey[];
}

interface SourceBase extends Described {
  readonly kind: "data_source";
  /** The column that holds event time. */
  readonly timestampField: string;
  /** The column that holds created time, where the source has one. */
  readonly createdTimestampColumn: string | null;
}

export type FileFormat = "parquet" | "csv" | "jsonl";

export interface FileSource extends SourceBase {
  readonly type: "file";
  /** Absolute, a glob or a folder of partitions allowed; may hold `${VAR}`, resolved where it is used. */
  readonly path: string;
  /** The path as the repo wrote it, for people. */
  readonly pathAsWritten: string;
  readonly format: FileFormat;
}

export interface PostgresSource extends SourceBase {
  readonly type: "postgres";
  readonly query: string | null; // either query or table
  readonly table: string | null;
  readonly connection: string; // kept as written, `${VAR}` and all
}

export interface KafkaSource extends SourceBase {
  readonly type: "kafka";
  readonly bootstrapServers: string;
  readonly topic: string;
  readonly format: MessageFormat;
  /** How late a row may be and still count as on time. */
  readonly watermarkSeconds: number | null;
  readonly batchSource: BatchSource | null;
}

export interface MessageFormat {
  readonly type: "json";
  readonly fields: Readonly<Record<string, ValueType>>;
}

/** Its time columns are those of its batch source. */
export interface PushSource extends SourceBase {
  readonly type: "push";
  readonly batchSource: BatchSource | null;
}

export type BatchSource = FileSource | PostgresSource;
export type StreamSource = KafkaSource | PushSource;
export type DataSource = BatchSource | StreamSource;

export interface Feature {
  readonly name: string;
  readonly type: ValueType;
  /** The source's column, where its name differs. */
  readonly column: string;
  readonly description: string;
  readonly tags: Tags;
  /** What its values should be like; absent: nothing is said. */
  readonly expect?: Expectations;
}

export interface FeatureView extends Described {
  readonly kind: "feature_view";
  readonly type: "batch" | "stream";
  readonly entities: readonly string[]; // empty: one row
  readonly ttlSeconds: number | null; // null: no limit (0 is read as null)
  readonly features: readonly Feature[];
  readonly source: string; // name of a data source
  /** SQL over `input`, the source's rows; applies to the batch source and to the stream alike. */
  readonly transform: string | null;
  readonly online: boolean;
  readonly team: string | null; // who decides about it
  readonly schedule: string | null; // cron, UTC unless CRON_TZ=Zone stands before it
  readonly freshnessSeconds: number | null; // objective
}

export interface Projection {
  readonly view: string;
  /** null: all features of the view, whatever they are at the time. */
  readonly features: readonly string[] | null;
  /** Full names are `alias__feature`; null: the view's name. */
  readonly alias: string | null;
  /** The view's join keys under other names: {join key: name in the request}. */
  readonly joinKeyMap: Readonly<Record<string, string>>;
}

export interface FeatureService extends Described {
  readonly kind: "feature_service";
  readonly projections: readonly Projection[];
}

export type Definition = Entity | DataSource | FeatureView | FeatureService;
export type DefinitionKind = Definition["kind"];

/** Where a definition was written: a file relative to the repo and a line from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

export interface LocatedDefinition {
  readonly definition: Definition;
  readonly origin: Origin | null; // null: made in the console
}

export function definitionKey(definition: { readonly kind: DefinitionKind; readonly name: string }): string {
  return `${definition.kind}:${definition.name}`;
}

/** The source that holds a view's history: the source itself, or the batch source beside a stream. */
export function batchSourceOf(source: DataSource): BatchSource | null {
  switch (source.type) {
    case "file":
    case "postgres":
      return source;
    case "kafka":
    case "push":
      return source.batchSource;
  }
}
