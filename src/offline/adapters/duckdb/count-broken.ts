import type { DuckDBValue } from "@duckdb/node-api";
import {
  allowedValue,
  boundValue,
  type Expectation,
  type ExpectationExample,
  type ExpectedFeature,
  expectationsIn,
  type JoinKey,
  type ValueType,
} from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { Session } from "./engine.ts";
import { quoteInt64, quoteNumber, quoteText } from "./quote.ts";
import { shownKey, shownText } from "./shown-key.ts";

/*
 * How many rows break what is expected of them: one count for each expectation, all in one SELECT. Rows that show it are looked for
 * afterwards, for those that are broken only: an aggregate computes its arguments for every row, whether its filter takes the row or not.
 */

/** A feature as a SELECT reads it: `sql` gives its stored value. */
export interface ExpectedColumn {
  readonly feature: ExpectedFeature;
  readonly sql: string;
}

/** One expectation of one feature. */
export interface Broken {
  readonly column: ExpectedColumn;
  readonly expectation: Expectation;
}

export function expectationsOf(columns: readonly ExpectedColumn[]): readonly Broken[] {
  return columns.flatMap((column) => expectationsIn(column.feature.expect).map((expectation) => ({ column, expectation })));
}

/** The number of rows that break it; of `unique`, those beyond the first of each value. */
export function brokenSql({ column, expectation }: Broken): string {
  if (expectation === "unique") return `count(${present(column)}) - count(DISTINCT ${present(column)})`;
  return `count(*) FILTER (WHERE ${brokenWhen(column, expectation)})`;
}

export interface ExampleSearch {
  /** A table, or a SELECT in parentheses. */
  readonly from: string;
  /** SQL of the join keys in it. */
  readonly keys: readonly string[];
  readonly joinKeys: readonly JoinKey[];
  /** A column whose every value gets an example of its own; null: there is one for all. */
  readonly by: string | null;
}

/** Rows that show what is broken, by the value of `by`; under null where that is none. */
export async function findExamples(
  session: Session,
  { column, expectation }: Broken,
  search: ExampleSearch,
): Promise<ReadonlyMap<unknown, ExpectationExample>> {
  const { from, keys, joinKeys, by } = search;
  const texts = `[${[...keys, column.sql].map((sql) => `${sql}::VARCHAR`).join(", ")}]`;
  const value = present(column);
  const group = by === null ? "" : ` GROUP BY ${by}`;
  const found =
    expectation === "unique"
      ? await session.rows(`SELECT NULL, any_value(${texts}) FROM ${from} WHERE (${value}) IS NOT NULL GROUP BY ${value} HAVING count(*) > 1 LIMIT 1`)
      : await session.rows(`SELECT ${by ?? "NULL"}, any_value(${texts}) FROM ${from} WHERE ${brokenWhen(column, expectation)}${group}`);
  const examples = found.flatMap(([place, row]): [unknown, ExpectationExample][] => {
    const shown = textsIn(row);
    if (shown === null) return [];
    return [[place, { key: shownKey(joinKeys, shown), value: shownText(column.feature.type, shown[joinKeys.length] ?? null) }]];
  });
  return new Map(examples);
}

export function textsIn(value: DuckDBValue | undefined): readonly (string | null)[] | null {
  const items = (value as { readonly items?: readonly DuckDBValue[] } | null | undefined)?.items;
  return items?.map((item) => (item === null ? null : String(item))) ?? null;
}

/** The value, null where it is NaN. */
export function present({ feature: { type }, sql }: ExpectedColumn): string {
  return type === "float32" || type === "float64" ? `CASE WHEN NOT isnan(${sql}) THEN ${sql} END` : sql;
}

function brokenWhen(column: ExpectedColumn, expectation: Exclude<Expectation, "unique">): string {
  const { sql, feature } = column;
  const { type, expect } = feature;
  const mayBeNaN = type === "float32" || type === "float64";
  switch (expectation) {
    case "min": // NaN is the greatest number of the engine, so never below
      return `${sql} < ${literal(type, boundValue(type, expect.min ?? ""))}`;
    case "max":
      return `${sql} > ${literal(type, boundValue(type, expect.max ?? ""))}${mayBeNaN ? ` AND NOT isnan(${sql})` : ""}`;
    case "allowed":
      return `${sql} NOT IN (${(expect.allowed ?? []).map((one) => literal(type, allowedValue(type, one))).join(", ")})`;
    case "nullRateMax":
      return `${sql} IS NULL${mayBeNaN ? ` OR isnan(${sql})` : ""}`;
  }
}

/** In the feature's stored type, so that 0.1 means the float32 that is nearest to it. */
function literal(type: ValueType, value: string | number | bigint | boolean | null): string {
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return quoteInt64(value);
  if (typeof value === "number") return type === "int32" ? `${value}::INTEGER` : quoteNumber(value, type === "float32" ? "FLOAT" : "DOUBLE");
  throw new LarderError("invalid_definition", `An expectation of a ${type} feature names something that is no ${type}.`, { hint: "larder plan says which." });
}
