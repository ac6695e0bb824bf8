import { isListType, isName, VALUE_TYPES, type ValueType } from "../../domain/index.ts";
import { NO_EXPECTATIONS } from "./expect-values.ts";
import type { ViewValues } from "./form-values.ts";

export type FeatureValues = ViewValues["features"][number];

export interface SourceColumnInfo {
  readonly name: string;
  readonly type: ValueType | null;
  readonly engineType: string;
}

/** What a column of the source can be for a view. */
export type ColumnRole = "join key" | "event time" | "created time" | "no type" | "feature";

export interface RoleOf {
  readonly joinKeys: readonly string[];
  readonly timestampField: string;
  readonly createdTimestampColumn: string | null;
}

export function roleOf({ name, type }: SourceColumnInfo, { joinKeys, timestampField, createdTimestampColumn }: RoleOf): ColumnRole {
  if (joinKeys.includes(name)) return "join key";
  if (name === timestampField) return "event time";
  if (name === createdTimestampColumn) return "created time";
  return type === null ? "no type" : "feature";
}

/** The feature that a ticked column becomes: its own name where that is one, its own type. */
export function featureOf({ name, type }: SourceColumnInfo): FeatureValues {
  const cleaned = name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "");
  return { name: isName(name) ? name : cleaned, column: name, type: type ?? "string", description: "", tags: {}, expect: { ...NO_EXPECTATIONS } };
}

/** The features with one column ticked or not. Those that were there keep their place; new ones stand in the order of the source. */
export function toggleColumn(
  features: readonly FeatureValues[],
  column: SourceColumnInfo,
  columns: readonly SourceColumnInfo[],
  before: readonly string[],
): FeatureValues[] {
  if (features.some((feature) => feature.column === column.name)) return features.filter((feature) => feature.column !== column.name);
  return inOrder([...features, featureOf(column)], columns, before);
}

export function inOrder(features: readonly FeatureValues[], columns: readonly SourceColumnInfo[], before: readonly string[]): FeatureValues[] {
  const place = ({ name, column }: FeatureValues) => {
    const old = before.indexOf(name);
    return old === -1 ? before.length + columns.findIndex((one) => one.name === column) : old;
  };
  return [...features].sort((a, b) => place(a) - place(b));
}

/** Types that a column may be given: lists stay lists. */
export function typesFor(type: ValueType): readonly ValueType[] {
  return VALUE_TYPES.filter((one) => isListType(one) === isListType(type));
}
