import { isListType, itemType, type ValueType } from "../../../domain/index.ts";
import type { WindowColumn } from "../../port.ts";
import { type EngineType, listItemOf, valueTypeOf } from "./value-types.ts";

/*
 * What is profiled of a column, as SQL: numbers as DOUBLE without NaN, categories as text. Lists and bytes count by their length,
 * times and whatever has no order or name only by being there.
 */

export type Measure = Pick<WindowColumn, "kind" | "measure">;

const NUMBER: Measure = { kind: "numeric", measure: "value" };
const CATEGORY: Measure = { kind: "categorical", measure: "value" };
const LENGTH: Measure = { kind: "numeric", measure: "length" };
const PRESENCE: Measure = { kind: "categorical", measure: "presence" };

export function measureOfType(type: ValueType): Measure {
  if (isListType(type)) return LENGTH;
  switch (itemType(type)) {
    case "int32":
    case "int64":
    case "float32":
    case "float64":
      return NUMBER;
    case "string":
    case "bool":
      return CATEGORY;
    case "bytes":
      return LENGTH;
    case "timestamp":
    case "unix_timestamp":
      return PRESENCE;
  }
}

/** What is profiled of a column of a file, by the engine's type of it. */
export function measureOfEngineType(engineType: EngineType): Measure {
  if (listItemOf(engineType) !== null) return LENGTH;
  const type = valueTypeOf(engineType);
  if (type !== null) return measureOfType(type);
  if (/^DECIMAL|HUGEINT$/.test(engineType)) return NUMBER;
  return engineType === "UUID" || engineType === "JSON" ? CATEGORY : PRESENCE;
}

/** The measured value of a column that is a list of the engine or holds bytes, a number or text. */
export function measureSql(sql: string, { kind, measure }: Measure, isList: boolean): string {
  if (measure === "presence") return `CASE WHEN ${sql} IS NOT NULL THEN 'any value' END`;
  if (measure === "length") return `${isList ? "len" : "octet_length"}(${sql})::DOUBLE`;
  return kind === "categorical" ? `${sql}::VARCHAR` : withoutNan(`${sql}::DOUBLE`);
}

export function withoutNan(sql: string): string {
  return `CASE WHEN NOT isnan(${sql}) THEN ${sql} END`;
}
