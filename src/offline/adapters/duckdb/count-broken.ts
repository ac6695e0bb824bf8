import type { DuckDBValue } from "@duckdb/node-api";
import {
  allowedValue,
  boundValue,
  type Expectation,
  type ExpectationCount,
  type ExpectedFeature,
  expectationsIn,
  type ValueType,
} from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import { quoteInt64, quoteNumber, quoteText } from "./quote.ts";

/*
 * How many rows break what is expected of them, as columns of one SELECT: for each expectation a count, and a list of texts that shows one
 * such row. `unique` has no example here: it takes a look at the rows again.
 */

/** A feature as a SELECT reads it: `sql` gives its stored value. */
export interface ExpectedColumn {
  readonly feature: ExpectedFeature;
  readonly sql: string;
}

/** Two columns per expectation, in the order of `expectationsIn`. `shown`: SQL of the texts that tell a row from others. */
export function brokenSql(columns: readonly ExpectedColumn[], shown: readonly string[]): readonly string[] {
  return columns.flatMap((column) =>
    expectationsIn(column.feature.expect).flatMap((expectation) => {
      if (expectation === "unique") return [`count(${present(column)}) - count(DISTINCT ${present(column)})`, "NULL"];
      const broken = brokenWhen(column, expectation);
      return [`count(*) FILTER (WHERE ${broken})`, `any_value([${[...shown, `${column.sql}::VARCHAR`].join(", ")}]) FILTER (WHERE ${broken})`];
    }),
  );
}

/** Reads the columns of `brokenSql` back. */
export function readBroken(
  columns: readonly ExpectedColumn[],
  values: readonly DuckDBValue[],
  example: (texts: readonly (string | null)[], type: ValueType) => ExpectationCount["example"],
): readonly ExpectationCount[] {
  let at = 0;
  return columns.flatMap(({ feature: { name, type, expect } }) =>
    expectationsIn(expect).map((expectation) => {
      const [rows, texts] = values.slice(at, at + 2);
      at += 2;
      const shown = textsIn(texts);
      return { feature: name, expectation, rows: Number(rows ?? 0), example: shown === null ? null : example(shown, type) };
    }),
  );
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
  const { type, expect } = column.feature;
  const value = `(${present(column)})`;
  switch (expectation) {
    case "min":
      return `${value} < ${literal(type, boundValue(type, expect.min ?? ""))}`;
    case "max":
      return `${value} > ${literal(type, boundValue(type, expect.max ?? ""))}`;
    case "allowed":
      return `${value} NOT IN (${(expect.allowed ?? []).map((one) => literal(type, allowedValue(type, one))).join(", ")})`;
    case "nullRateMax":
      return `${value} IS NULL`;
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
