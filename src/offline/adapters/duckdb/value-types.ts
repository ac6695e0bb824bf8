import { isListType, itemType, type ScalarType, type ValueType } from "../../../domain/index.ts";

/** What the engine calls a type, as DESCRIBE prints it: "BIGINT", "DECIMAL(10,2)", "FLOAT[3]", "TIMESTAMP WITH TIME ZONE". */
export type EngineType = string;

const VALUE_TYPE_OF: Readonly<Record<EngineType, ScalarType>> = {
  VARCHAR: "string",
  BLOB: "bytes",
  BOOLEAN: "bool",
  TINYINT: "int32",
  SMALLINT: "int32",
  INTEGER: "int32",
  UTINYINT: "int32",
  USMALLINT: "int32",
  UINTEGER: "int64",
  BIGINT: "int64",
  UBIGINT: "int64",
  FLOAT: "float32",
  DOUBLE: "float64",
  TIMESTAMP: "timestamp",
  TIMESTAMP_S: "timestamp",
  TIMESTAMP_MS: "timestamp",
  TIMESTAMP_NS: "timestamp",
  "TIMESTAMP WITH TIME ZONE": "timestamp",
};

/** The nearest type of Larder's, or null: decimal, date, map, json and the like have none. */
export function valueTypeOf(engineType: EngineType): ValueType | null {
  const item = listItemOf(engineType);
  if (item !== null) {
    const type = valueTypeOf(item);
    return type === null || isListType(type) ? null : `${type as ScalarType}[]`;
  }
  return engineType.startsWith("ENUM(") ? "string" : (VALUE_TYPE_OF[engineType] ?? null);
}

/** The item type of a list or of an array of fixed size; null for anything else. */
export function listItemOf(engineType: EngineType): EngineType | null {
  const match = /^(.*)\[\d*\]$/s.exec(engineType);
  return match?.[1] ?? null;
}

const STORED: Readonly<Record<ScalarType, EngineType>> = {
  bytes: "BLOB",
  string: "VARCHAR",
  int32: "INTEGER",
  int64: "BIGINT",
  float32: "FLOAT",
  float64: "DOUBLE",
  bool: "BOOLEAN",
  unix_timestamp: "BIGINT", // seconds
  timestamp: "BIGINT", // microseconds
};

/** How a value is kept while it is Larder's: times as whole numbers, so that no conversion can touch them. */
export function storedTypeOf(type: ValueType): EngineType {
  return isListType(type) ? `${STORED[itemType(type)]}[]` : STORED[itemType(type)];
}

/** A stored value as people want it in a file: timestamps as such (UTC), the rest unchanged. */
export function presentedSql(type: ValueType, sql: string): string {
  if (type === "timestamp") return `make_timestamptz(${sql})`;
  if (type === "timestamp[]") return `list_transform(${sql}, lambda item: make_timestamptz(item))`;
  return sql;
}

/** "an int64", "a timestamp". */
export function withArticle(type: string): string {
  return `${/^int/.test(type) ? "an" : "a"} ${type}`;
}
