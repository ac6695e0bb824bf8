import {
  type Column,
  type ColumnBatch,
  type ColumnData,
  FUTURE_SKEW_SECONDS_DEFAULT,
  isTooFarAhead,
  NO_CREATED_TIME,
  type ValueType,
  type ViewVersion,
} from "../domain/index.ts";
import { formatDuration, formatTimestamp, LarderError, type Micros } from "../kit/index.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { RequestColumns } from "./entity-columns.ts";

/** Why one row was not written. */
export interface RowRejection {
  /** Place in the request, from 0; after a transform, place in what the transform gave. */
  readonly row: number;
  readonly field: string;
  readonly reason: string;
}

export interface TypedRows {
  /** The good rows, in their order. */
  readonly batch: ColumnBatch;
  readonly rejected: readonly RowRejection[];
}

export interface TypeRowsOptions {
  /** Receipt time: what a row without created time gets, and what event times may not lie too far beyond. */
  readonly now: Micros;
  readonly futureSkewSeconds?: number;
  /** Whether columns go by the source's names first, or by the features'. */
  readonly namedBy: "source" | "feature";
  /** Rows to leave out silently, and features to read as null where there is no column for them. */
  readonly lenient?: { readonly without: ReadonlySet<number> };
}

/**
 * Rows that came as columns of JSON values, as a view's types want them: keys without null, real times, values that fit.
 * Throws invalid_argument for what is wrong with all rows: a missing column, ragged columns, no rows.
 */
export function typeRows(view: ViewVersion, input: RequestColumns, options: TypeRowsOptions): TypedRows {
  const rowCount = commonLength(input);
  const rejections = new Map<number, RowRejection>();
  const refuser = (field: string) => (row: number, reason: string) => {
    if (!rejections.has(row)) rejections.set(row, { row, field, reason });
  };
  const columns = new Map<string, Column>();
  for (const { name, type } of view.joinKeys) {
    const column = coerceColumn(name, type, columnOf(input, [name], name), refuser(name));
    refuseNulls(column, refuser(name), "is null: an entity key has no null in it");
    columns.set(name, column);
  }
  const { event, created } = readTimes(view, input, rowCount, options, refuser);
  for (const { name, type, column } of view.features) {
    const values = featureValues(input, { name, column }, options);
    columns.set(name, values === null ? emptyColumn(name, type, rowCount) : coerceColumn(name, type, values, refuser(name)));
  }
  const batch: ColumnBatch = { rowCount, event, created, columns };
  const without = new Set([...rejections.keys(), ...(options.lenient?.without ?? [])]);
  const rejected = [...rejections.values()].filter(({ row }) => !options.lenient?.without.has(row)).sort((a, b) => a.row - b.row);
  return { batch: without.size === 0 ? batch : withoutRows(batch, without), rejected };
}

/** The number of rows of columns that came by name. Throws invalid_argument when they differ or there are none. */
export function commonLength(input: RequestColumns): number {
  const [first, ...others] = Object.entries(input);
  if (first === undefined || first[1].length === 0) throw new LarderError("invalid_argument", "df has no rows: give each column a list of values.");
  for (const [name, { length }] of others) {
    if (length === first[1].length) continue;
    throw new LarderError("invalid_argument", `df.${name} has ${length} values, but df.${first[0]} has ${first[1].length}: give one of each per row.`, {
      details: { field: `df.${name}` },
    });
  }
  return first[1].length;
}

function columnOf(input: RequestColumns, names: readonly string[], what: string): readonly unknown[] {
  const found = names.find((name) => Object.hasOwn(input, name));
  const values = found === undefined ? undefined : input[found];
  if (values !== undefined) return values;
  const list = [...new Set(names)].map((name) => `"${name}"`).join(" or ");
  throw new LarderError("invalid_argument", `df.${what} is missing: the rows need a column ${list}.`, { details: { field: `df.${what}` } });
}

function featureValues(input: RequestColumns, feature: { name: string; column: string }, options: TypeRowsOptions): readonly unknown[] | null {
  const names = options.namedBy === "source" ? [feature.column, feature.name] : [feature.name, feature.column];
  if (options.lenient !== undefined && !names.some((name) => Object.hasOwn(input, name))) return null;
  return columnOf(input, names, feature.name);
}

function emptyColumn(name: string, type: ValueType, rowCount: number): Column {
  return coerceColumn(name, type, new Array<null>(rowCount).fill(null), () => {});
}

type Refuser = (field: string) => (row: number, reason: string) => void;

export interface TimeColumns {
  /** What the event time may be called, in order of preference. */
  readonly event: readonly string[];
  readonly created: readonly string[];
}

/** Time columns go by the source's names, else by `event_timestamp` and `created`, as Feast's clients call them. */
export function timeColumns({ source, joinKeys, features }: ViewVersion): TimeColumns {
  const sources = source.batch === null ? [source] : [source, source.batch];
  const isTaken = [...joinKeys, ...features].some(({ name }) => name === "created");
  return {
    event: [...sources.map(({ timestampField }) => timestampField), "event_timestamp"],
    created: [...sources.flatMap(({ createdTimestampColumn }) => createdTimestampColumn ?? []), ...(isTaken ? [] : ["created"])],
  };
}

/** The event times as they came. Throws invalid_argument when the rows have none. */
export function eventColumnOf(view: ViewVersion, input: RequestColumns): { readonly name: string; readonly values: readonly unknown[] } {
  const names = timeColumns(view).event;
  const values = columnOf(input, names, "event_timestamp");
  return { name: names.find((name) => input[name] === values) ?? "event_timestamp", values };
}

function readTimes(view: ViewVersion, input: RequestColumns, rowCount: number, options: TypeRowsOptions, refuser: Refuser) {
  const { name: eventName, values } = eventColumnOf(view, input);
  const event = coerceColumn(eventName, "timestamp", values, refuser(eventName));
  refuseNulls(event, refuser(eventName), "is null: every row needs an event time");
  const eventTimes = event.data as BigInt64Array; // what a timestamp column is
  const skewSeconds = options.futureSkewSeconds ?? FUTURE_SKEW_SECONDS_DEFAULT;
  for (let row = 0; row < rowCount; row += 1) {
    const time = eventTimes[row] ?? 0n;
    if (!isTooFarAhead(time, options.now, skewSeconds)) continue;
    refuser(eventName)(row, `${formatTimestamp(time)} is more than ${formatDuration(skewSeconds)} ahead of now: it would block every real row after it`);
  }
  const createdName = timeColumns(view).created.find((name) => Object.hasOwn(input, name));
  const created = new BigInt64Array(rowCount).fill(options.now);
  if (createdName !== undefined) fillCreated(created, coerceColumn(createdName, "timestamp", input[createdName] ?? [], refuser(createdName)));
  return { event: eventTimes, created };
}

function fillCreated(created: BigInt64Array, column: Column): void {
  const times = column.data as BigInt64Array; // what a timestamp column is
  for (let row = 0; row < created.length; row += 1) {
    if (column.valid === null || column.valid[row] === 1) created[row] = times[row] ?? NO_CREATED_TIME;
  }
}

function refuseNulls({ valid }: Column, refuse: (row: number, reason: string) => void, reason: string): void {
  if (valid === null) return;
  for (let row = 0; row < valid.length; row += 1) if (valid[row] !== 1) refuse(row, reason);
}

/** The batch without some rows: typed arrays are packed in place order. */
function withoutRows(batch: ColumnBatch, without: ReadonlySet<number>): ColumnBatch {
  const isKept = (_: unknown, row: number): boolean => !without.has(row);
  const keep = (data: ColumnData): ColumnData => (data as readonly unknown[]).filter(isKept) as unknown as ColumnData; // each array type filters to itself
  const columns = new Map<string, Column>();
  for (const [name, column] of batch.columns) {
    columns.set(name, { ...column, valid: column.valid === null ? null : column.valid.filter(isKept), data: keep(column.data) });
  }
  return { rowCount: batch.rowCount - without.size, event: batch.event.filter(isKept), created: batch.created.filter(isKept), columns };
}
