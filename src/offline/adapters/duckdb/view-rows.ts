import type { FeatureField, JoinKey, ValueType, ViewVersion } from "../../../domain/index.ts";
import { LarderError, type Micros } from "../../../kit/index.ts";
import { type Coercion, coerceColumn } from "./coerce-column.ts";
import { quoteInt64 } from "./quote.ts";
import { type RawRows, requireColumn } from "./read-source.ts";
import { type EngineType, storedTypeOf, withArticle } from "./value-types.ts";

/*
 * The rows of a view as every operation reads them, under names of our own that cannot meet a user's:
 * k0, k1, … join keys; f0, f1, … features, in the view's order, as their declared types; ev, cr event and created time in
 * microseconds; r the place in the source, which grows. A row is *rejected* when a value does not fit; `reason` numbers why.
 */

export interface ViewRows {
  readonly view: ViewVersion;
  readonly from: string;
  /** SQL of each column over `from`. Null place: rows can be read once, but not found again. */
  readonly place: string | null;
  readonly event: string;
  readonly created: string;
  readonly keys: readonly string[];
  readonly features: readonly string[];
  /** True for rows whose values all fit; null: they always do. Nulls in event time and join keys are another matter. */
  readonly fits: string | null;
  /** Number of the first reason against a row, or null; `shown` is the value to blame. */
  readonly reason: string;
  readonly shown: string;
  readonly reasons: readonly string[];
  /** A condition on event times in the form that reaches the file's statistics. */
  eventWithin(from: Micros | null, to: Micros | null): readonly string[];
}

export const keyColumn = (index: number): string => `k${index}`;
export const featureColumn = (index: number): string => `f${index}`;

interface Check {
  readonly rejectWhen: string;
  readonly shown: string;
  readonly message: string; // {} stands for the value
}

/** Reads raw rows as rows of a view. Throws invalid_definition for a column that is not there or cannot hold its type. */
export function viewRows(view: ViewVersion, raw: RawRows, subject: string): ViewRows {
  const { timestampField, createdTimestampColumn } = view.batchSource ?? view.source;
  const column = (name: string, what: string, type: ValueType): Coercion => coerceOrThrow(raw, name, what, type, subject);
  const event = column(timestampField, "event time", "timestamp");
  const created = createdTimestampColumn === null ? null : column(createdTimestampColumn, "created time", "timestamp");
  const keys = view.joinKeys.map((key) => column(key.name, "join key", key.type));
  const features = view.features.map((feature) => column(feature.column, "feature", feature.type));
  const eventColumn = requireColumn(raw, timestampField, "event time", subject);
  const checks: Check[] = [
    { rejectWhen: `${eventColumn.sql} IS NULL`, shown: "NULL", message: `${timestampField}: event time is null` },
    { rejectWhen: `${event.sql} IS NULL`, shown: event.shown, message: `${timestampField}: {} is not a timestamp` },
    ...keys.flatMap((key, index) => keyChecks(view.joinKeys[index], key)),
    ...fitChecks(created, createdTimestampColumn ?? "", "timestamp"),
    ...features.flatMap((feature, index) => featureChecks(view.features[index], feature)),
  ];
  const fits = [created, ...features].flatMap((coercion) => coercion?.ok ?? []);
  return {
    view,
    from: raw.from,
    place: raw.place,
    event: event.sql,
    created: created?.sql ?? "NULL::BIGINT",
    keys: keys.map(({ sql }) => sql),
    features: features.map(({ sql }) => sql),
    fits: fits.length === 0 ? null : fits.join(" AND "),
    reason: `CASE ${checks.map(({ rejectWhen }, index) => `WHEN ${rejectWhen} THEN ${index}`).join(" ")} END`,
    shown: `CASE ${checks.map(({ rejectWhen, shown }) => `WHEN ${rejectWhen} THEN ${shown}`).join(" ")} END`,
    reasons: checks.map(({ message }) => message),
    eventWithin: (from, to) => eventWithin(eventColumn, event.sql, from, to),
  };
}

/** Rows of a view whose source has no file yet. */
export function noRows(view: ViewVersion): ViewRows {
  const nothing = (type: EngineType): string => `NULL::${type}`;
  return {
    view,
    from: "(SELECT 1 WHERE false)",
    place: nothing("BIGINT"),
    event: nothing("BIGINT"),
    created: nothing("BIGINT"),
    keys: view.joinKeys.map(({ type }) => nothing(storedTypeOf(type))),
    features: view.features.map(({ type }) => nothing(storedTypeOf(type))),
    fits: null,
    reason: nothing("INTEGER"),
    shown: nothing("VARCHAR"),
    reasons: [],
    eventWithin: () => [],
  };
}

export interface SelectOptions {
  /** Features to select, by index. */
  readonly features: readonly number[];
  /** Conditions over raw columns. */
  readonly where?: readonly string[];
  /** Adds `reason` and `shown`. */
  readonly verdict?: boolean;
}

/** A SELECT of a view's rows under our names. */
export function selectRows(rows: ViewRows, { features, where = [], verdict = false }: SelectOptions): string {
  const columns = [
    ...rows.keys.map((sql, index) => `${sql} AS ${keyColumn(index)}`),
    `${rows.event} AS ev`,
    `${rows.created} AS cr`,
    ...(rows.place === null ? [] : [`${rows.place} AS r`]),
    ...features.map((index) => `${rows.features[index]} AS ${featureColumn(index)}`),
    ...(verdict ? [`${rows.reason} AS reason`, `${rows.shown} AS shown`] : []),
  ];
  return `SELECT ${columns.join(", ")} FROM ${rows.from}${where.length === 0 ? "" : ` WHERE ${where.map((sql) => `(${sql})`).join(" AND ")}`}`;
}

/** The message of a reason with an example put in. */
export function reasonText(rows: ViewRows, reason: number, shown: string | null): string {
  const value = shown === null ? "null" : JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}...` : shown);
  return (rows.reasons[reason] ?? "unknown reason").replace("{}", () => value);
}

function coerceOrThrow(raw: RawRows, name: string, what: string, type: ValueType, subject: string): Coercion {
  const column = requireColumn(raw, name, what, subject);
  const coercion = coerceColumn(column, type);
  if (coercion !== null) return coercion;
  throw new LarderError("invalid_definition", `${subject}: the column "${name}" (${what}) is ${column.engineType}, which cannot be read as ${type}.`, {
    hint: "Cast it in the view's transform.",
  });
}

function keyChecks(key: JoinKey | undefined, { ok, sql, shown }: Coercion): readonly Check[] {
  const name = key?.name ?? "";
  const unfit = ok === null ? [] : [{ rejectWhen: `NOT ${ok}`, shown, message: `${name}: {} is not ${withArticle(key?.type ?? "")}` }];
  return [...unfit, { rejectWhen: `(${sql}) IS NULL`, shown: "NULL", message: `${name}: the join key is null` }];
}

function featureChecks(feature: FeatureField | undefined, coercion: Coercion): readonly Check[] {
  if (feature === undefined) return [];
  const { name, column, type } = feature;
  return fitChecks(coercion, name === column ? name : `${name} (column ${column})`, type);
}

function fitChecks(coercion: Coercion | null, label: string, type: string): readonly Check[] {
  if (!coercion?.ok) return [];
  return [{ rejectWhen: `NOT ${coercion.ok}`, shown: coercion.shown, message: `${label}: {} is not ${withArticle(type)}` }];
}

const YEAR_1 = -62_135_596_800_000_000n;
const YEAR_9999 = 253_402_300_799_999_999n;

function eventWithin(
  raw: { readonly sql: string; readonly engineType: EngineType },
  micros: string,
  from: Micros | null,
  to: Micros | null,
): readonly string[] {
  const make = { TIMESTAMP: "make_timestamp", "TIMESTAMP WITH TIME ZONE": "make_timestamptz" }[raw.engineType];
  const side = (operator: string, bound: Micros | null): readonly string[] => {
    if (bound === null) return [];
    const isPlain = make !== undefined && bound >= YEAR_1 && bound <= YEAR_9999;
    return [isPlain ? `${raw.sql} ${operator} ${make}(${quoteInt64(bound)})` : `${micros} ${operator} ${quoteInt64(bound)}`];
  };
  return [...side(">=", from), ...side("<=", to)];
}
