import { type FileFormat, isListType, itemType, type ScalarType, type ValueType } from "../domain/index.ts";
import type { SourceColumn } from "./port.ts";

/*
 * Which columns may fill which features. Widening is free. Narrowing among integers and among floats is checked row by row when data is
 * read: a value out of range is a rejected row, never wrapped. All else must be cast in the view's transform, where it can be seen.
 */

const FITS: Readonly<Partial<Record<ScalarType, readonly ScalarType[]>>> = {
  int32: ["int64", "float32", "float64", "unix_timestamp"],
  int64: ["int32", "float32", "float64", "unix_timestamp"],
  float32: ["float64"],
  float64: ["float32"],
  timestamp: ["unix_timestamp"],
};

/** Whether a column of one type may hold a feature or join key of another. */
export function columnFits(column: ValueType, declared: ValueType): boolean {
  if (column === declared) return true;
  if (isListType(column) !== isListType(declared)) return false;
  const from = itemType(column);
  return from === itemType(declared) || (FITS[from]?.includes(itemType(declared)) ?? false);
}

type FoundColumn = Pick<SourceColumn, "type" | "engineType">;

/** Whether a column that was found may hold what is declared; `text` is the format where types were only guessed. A day is its midnight, UTC. */
export function foundColumnFits(found: FoundColumn, declared: ValueType, text: FileFormat | null): boolean {
  if (found.engineType === "DATE" && declared === "timestamp") return true;
  return (found.type !== null && columnFits(found.type, declared)) || (text !== null && textColumnFits(text, found, declared));
}

/**
 * Whether a column of a text file may too. Text has no bytes (base64 instead), no times and, in CSV, no lists, so these are read from strings, checked
 * row by row; a JSON column that holds nothing yet may become anything. Types are only guessed there: what is declared a string is read as it
 * is written, be it a number in CSV ("42") or a day.
 */
export function textColumnFits(format: FileFormat, column: FoundColumn, declared: ValueType): boolean {
  if (column.engineType === "JSON") return true;
  if (declared === "string" && (format === "csv" || /^(DATE|TIME|UUID)/.test(column.engineType))) return true;
  return column.type === "string" && (isListType(declared) || declared === "bytes" || declared === "timestamp" || declared === "unix_timestamp");
}

const SQL_TYPES: Readonly<Record<ScalarType, string>> = {
  bytes: "blob",
  string: "varchar",
  int32: "integer",
  int64: "bigint",
  float32: "float",
  float64: "double",
  bool: "boolean",
  unix_timestamp: "bigint",
  timestamp: "timestamptz",
};

/** What to write into a transform so that a column gets a type: `cast(price as double)`; numbers become times as seconds since 1970. */
export function castTo(column: string, declared: ValueType, from: ValueType | null = null): string {
  if (declared === "timestamp" && (from === "int32" || from === "int64" || from === "float64")) return `to_timestamp(${column})`;
  return `cast(${column} as ${SQL_TYPES[itemType(declared)]}${isListType(declared) ? "[]" : ""})`;
}
