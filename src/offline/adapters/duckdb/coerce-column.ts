import { isListType, itemType, type ScalarType, type ValueType } from "../../../domain/index.ts";
import { type EngineType, listItemOf, storedTypeOf } from "./value-types.ts";

/** A column as it stands in the source. `JSON` columns hold one JSON value each. */
export interface RawColumn {
  readonly sql: string;
  readonly engineType: EngineType;
}

/** SQL that reads a raw column as a declared type: `sql` is null where the value is null or none of that type. */
export interface Coercion {
  readonly sql: string;
  /** True for rows whose value fits; null when every value does. */
  readonly ok: string | null;
  /** The raw value as text, for messages. */
  readonly shown: string;
}

interface Scalar {
  readonly sql: string;
  readonly total: boolean; // cannot fail
}

/**
 * Checked conversion: what does not fit becomes null and `ok` false, nothing is wrapped, rounded to a whole number or raised.
 * Returns null where no conversion makes sense (a struct, a number as a timestamp).
 */
export function coerceColumn(raw: RawColumn, type: ValueType): Coercion | null {
  const shown = `CAST(${raw.sql} AS VARCHAR)`;
  if (isListType(type)) return coerceList(raw, type, shown);
  const isJson = raw.engineType === "JSON";
  const scalar = coerceScalar(isJson ? `(${raw.sql} ->> '$')` : raw.sql, isJson ? "VARCHAR" : raw.engineType, type as ScalarType);
  if (scalar === null) return null;
  return { sql: scalar.sql, ok: scalar.total ? null : fits(raw.sql, scalar.sql), shown };
}

function fits(raw: string, sql: string): string {
  return `(${raw} IS NULL OR (${sql}) IS NOT NULL)`;
}

function coerceList(raw: RawColumn, type: ValueType, shown: string): Coercion | null {
  const isText = raw.engineType === "VARCHAR" || raw.engineType === "JSON";
  const list = isText ? `TRY_CAST(TRY_CAST(${raw.sql} AS JSON) AS VARCHAR[])` : raw.sql;
  const itemEngine = isText ? "VARCHAR" : listItemOf(raw.engineType);
  if (itemEngine === null) return null;
  const item = coerceScalar("item", itemEngine, itemType(type));
  if (item === null) return null;
  const sql =
    itemEngine === storedTypeOf(itemType(type)) && item.total ? `CAST(${list} AS ${storedTypeOf(type)})` : `list_transform(${list}, lambda item: ${item.sql})`;
  const itemsFit = `len(list_filter(${list}, lambda item: item IS NOT NULL AND (${item.sql}) IS NULL)) = 0`;
  const conditions = [isText ? fits(raw.sql, list) : null, item.total ? null : `(${raw.sql} IS NULL OR coalesce(${itemsFit}, false))`].filter(
    (sql) => sql !== null,
  );
  return { sql, ok: conditions.length === 0 ? null : `(${conditions.join(" AND ")})`, shown };
}

function coerceScalar(x: string, from: EngineType, to: ScalarType): Scalar | null {
  const engine = from.startsWith("ENUM(") ? "VARCHAR" : from;
  const value = from === engine ? x : `CAST(${x} AS VARCHAR)`;
  switch (to) {
    case "string":
      return toText(value, engine);
    case "bytes":
      return toBytes(value, engine);
    case "bool":
      return toBool(value, engine);
    case "int32":
      return toWhole(value, engine, "INTEGER");
    case "int64":
      return toWhole(value, engine, "BIGINT");
    case "float32":
      return toFloat32(value, engine);
    case "float64":
      return toFloat64(value, engine);
    case "timestamp":
      return toMicros(value, engine);
    case "unix_timestamp":
      return toSeconds(value, engine);
  }
}

const INTEGER_BITS: Readonly<Record<EngineType, number>> = {
  TINYINT: 8,
  UTINYINT: 9,
  SMALLINT: 16,
  USMALLINT: 17,
  INTEGER: 32,
  UINTEGER: 33,
  BIGINT: 64,
  UBIGINT: 65,
  HUGEINT: 128,
  UHUGEINT: 129,
};

const isInteger = (engine: EngineType): boolean => INTEGER_BITS[engine] !== undefined;
const isFraction = (engine: EngineType): boolean => engine === "FLOAT" || engine === "DOUBLE" || engine.startsWith("DECIMAL(");
const isTime = (engine: EngineType): boolean => /^(TIMESTAMP|DATE$)/.test(engine);

function toWhole(x: string, engine: EngineType, target: "INTEGER" | "BIGINT"): Scalar | null {
  const bits = INTEGER_BITS[engine];
  if (engine === target) return { sql: x, total: true };
  if (bits !== undefined)
    return bits <= (target === "INTEGER" ? 32 : 64) ? { sql: `CAST(${x} AS ${target})`, total: true } : { sql: `TRY_CAST(${x} AS ${target})`, total: false };
  if (isFraction(engine)) return { sql: `CASE WHEN ${x} = trunc(${x}) THEN TRY_CAST(${x} AS ${target}) END`, total: false };
  if (engine === "BOOLEAN") return { sql: `CAST(${x} AS ${target})`, total: true };
  if (engine !== "VARCHAR") return null;
  return { sql: `CASE WHEN regexp_full_match(trim(${x}), '[+-]?[0-9]+([.]0*)?') THEN TRY_CAST(trim(${x}) AS ${target}) END`, total: false };
}

function toFloat64(x: string, engine: EngineType): Scalar | null {
  if (engine === "DOUBLE") return { sql: x, total: true };
  if (isInteger(engine) || isFraction(engine) || engine === "BOOLEAN") return { sql: `CAST(${x} AS DOUBLE)`, total: true };
  if (engine !== "VARCHAR") return null;
  // The engine reads "1e400" as Infinity; only text that says so may be infinite.
  return { sql: `CASE WHEN isinf(TRY_CAST(${x} AS DOUBLE)) AND NOT contains(lower(${x}), 'inf') THEN NULL ELSE TRY_CAST(${x} AS DOUBLE) END`, total: false };
}

function toFloat32(x: string, engine: EngineType): Scalar | null {
  if (engine === "FLOAT") return { sql: x, total: true };
  const double = toFloat64(x, engine);
  if (double === null) return null;
  const total = double.total && engine !== "DOUBLE" && !engine.endsWith("HUGEINT"); // only those can be too big
  return { sql: `TRY_CAST(${double.sql} AS FLOAT)`, total };
}

function toBool(x: string, engine: EngineType): Scalar | null {
  if (engine === "BOOLEAN") return { sql: x, total: true };
  if (engine === "VARCHAR") return { sql: `TRY_CAST(${x} AS BOOLEAN)`, total: false };
  return isInteger(engine) || isFraction(engine) ? { sql: `CASE WHEN ${x} = 0 THEN false WHEN ${x} = 1 THEN true END`, total: false } : null;
}

function toText(x: string, engine: EngineType): Scalar | null {
  if (engine === "VARCHAR") return { sql: x, total: true };
  if (engine === "BLOB") return { sql: `TRY(decode(${x}))`, total: false }; // UTF-8 or nothing
  const hasText = isInteger(engine) || isFraction(engine) || isTime(engine) || engine === "BOOLEAN" || engine === "UUID";
  return hasText ? { sql: `CAST(${x} AS VARCHAR)`, total: true } : null;
}

function toBytes(x: string, engine: EngineType): Scalar | null {
  if (engine === "BLOB") return { sql: x, total: true };
  return engine === "VARCHAR" ? { sql: `TRY(from_base64(${x}))`, total: false } : null;
}

/** Microseconds since 1970, UTC; a time without a zone is UTC, digits past the microsecond are cut, an infinite time is none. */
function toMicros(x: string, engine: EngineType): Scalar | null {
  if (engine === "DATE") return { sql: `epoch_us(CAST(${x} AS TIMESTAMP))`, total: true };
  if (engine === "TIMESTAMP_NS") return { sql: `((epoch_ns(${x}) - (((epoch_ns(${x}) % 1000) + 1000) % 1000)) // 1000)`, total: true };
  if (isTime(engine)) return { sql: `epoch_us(${x})`, total: true };
  return engine === "VARCHAR" ? { sql: `epoch_us(TRY_CAST(${x} AS TIMESTAMPTZ))`, total: false } : null;
}

function toSeconds(x: string, engine: EngineType): Scalar | null {
  const wholeSeconds = (micros: string): string => `((${micros} - (((${micros} % 1000000) + 1000000) % 1000000)) // 1000000)`;
  const micros = toMicros(x, engine);
  const whole = toWhole(x, engine, "BIGINT");
  if (engine === "VARCHAR" && micros !== null && whole !== null) return { sql: `coalesce(${whole.sql}, ${wholeSeconds(micros.sql)})`, total: false };
  return micros === null ? whole : { sql: wholeSeconds(micros.sql), total: micros.total };
}
