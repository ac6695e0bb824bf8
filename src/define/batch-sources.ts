import { dirname, resolve } from "node:path";
import { type BatchSource, FILE_FORMATS, type FileFormat, type FileSource, type PostgresSource } from "../domain/index.ts";
import { type CallSite, callSiteOf } from "./call-site.ts";
import { draftFrom } from "./draft.ts";
import { formatOfPath } from "./file-format.ts";
import { draftOfKind, makeHandle, type SourceHandle } from "./handle.ts";
import { DESCRIBED_KEYS, type DescribedOptions, type OptionReader, readOptions } from "./option-reader.ts";
import { isUnloaded } from "./unloaded.ts";

interface TimedOptions extends DescribedOptions {
  /** The column that holds event time; a timestamp without a zone is UTC. */
  readonly timestampField: string;
  /** The column that says when the source knew the row; it breaks ties and finds late rows. */
  readonly createdTimestampColumn?: string;
}

export interface FileSourceOptions extends TimedOptions {
  /** Relative to the file that holds this line. A glob, a folder of partitions and `${VAR}` work too. */
  readonly path: string;
  /** Only where the path's ending does not tell (.parquet, .csv, .tsv, .jsonl, .ndjson, .json; also .gz). */
  readonly format?: FileFormat;
}

export type PostgresSourceOptions = TimedOptions & {
  /** A connection string, or `${VAR}`: kept as written, resolved where it is used. */
  readonly connection: string;
} & ({ readonly table: string; readonly query?: never } | { readonly query: string; readonly table?: never });

export const TIME_KEYS = ["timestampField", "createdTimestampColumn"] as const;

/** Rows in files: Parquet, CSV or JSON lines. */
export function fileSource(options: FileSourceOptions): SourceHandle<"file"> {
  const site = callSiteOf(fileSource);
  const reader = readOptions("data source", options, [...DESCRIBED_KEYS, ...TIME_KEYS, "path", "format"], site);
  const described = reader.described();
  const times = readTimes(reader);
  const pathAsWritten = reader.text("path");
  const path = absolutePath(pathAsWritten, site);
  const definition: FileSource = { kind: "data_source", type: "file", ...described, ...times, path, pathAsWritten, format: readFormat(reader, path) };
  const usable = described.name !== "" && times.timestampField !== "" && pathAsWritten !== "";
  return makeHandle<SourceHandle<"file">>({ kind: "data_source", type: "file", name: described.name }, draftFrom(reader, usable ? definition : null));
}

/** Rows of a PostgreSQL table or query. */
export function postgresSource(options: PostgresSourceOptions): SourceHandle<"postgres"> {
  const reader = readOptions("data source", options, [...DESCRIBED_KEYS, ...TIME_KEYS, "table", "query", "connection"], callSiteOf(postgresSource));
  const described = reader.described();
  const times = readTimes(reader);
  const query = reader.optionalText("query");
  const table = reader.optionalText("table");
  if ((query === null) === (table === null) && !isUnloaded(reader.raw("query")) && !isUnloaded(reader.raw("table"))) {
    reader.note(query === null ? "say what to read: table or query" : "table and query exclude each other");
  }
  const definition: PostgresSource = { kind: "data_source", type: "postgres", ...described, ...times, query, table, connection: reader.text("connection") };
  const usable = described.name !== "" && times.timestampField !== "" && definition.connection !== "" && (query ?? table) !== null;
  return makeHandle<SourceHandle<"postgres">>({ kind: "data_source", type: "postgres", name: described.name }, draftFrom(reader, usable ? definition : null));
}

/** The batch source beside a stream, or null where none is given or it is not usable. */
export function readBatchSource(reader: OptionReader): BatchSource | null {
  const value = reader.raw("batchSource");
  if (value === undefined || isUnloaded(value)) return null;
  const draft = draftOfKind("data_source", value);
  if (draft !== null) reader.adopt(draft);
  const source = draft?.definition ?? null;
  if (source?.type === "file" || source?.type === "postgres") return source;
  if (draft === null || source !== null) reader.note("batchSource must be a fileSource or a postgresSource");
  return null;
}

function readTimes(reader: OptionReader) {
  return { timestampField: reader.text("timestampField"), createdTimestampColumn: reader.optionalText("createdTimestampColumn") };
}

/** `${VAR}/…` and addresses such as s3://… stay as they are; all else is relative to the file of the call. */
function absolutePath(path: string, site: CallSite | null): string {
  if (path === "" || /^\$\{/.test(path) || /^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return path;
  return resolve(site === null ? "." : dirname(site.file), path);
}

function readFormat(reader: OptionReader, path: string): FileFormat {
  const given = reader.raw("format");
  if (given !== undefined && !isUnloaded(given)) {
    const format = FILE_FORMATS.find((known) => known === given);
    if (format === undefined) reader.note(`format must be one of ${FILE_FORMATS.join(", ")}`);
    return format ?? "parquet";
  }
  const format = path === "" ? "parquet" : formatOfPath(path);
  if (format === null) reader.note(`the ending of "${path}" does not tell its format: add format: "parquet", "csv" or "jsonl"`);
  return format ?? "parquet";
}
