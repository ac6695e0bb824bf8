import type { FeatureValue, ScalarType, ViewVersion } from "../../../domain/index.ts";
import type { Micros } from "../../../kit/index.ts";
import { quoteInt64, quoteText } from "./quote.ts";
import { storedTypeOf } from "./value-types.ts";
import type { ViewRows } from "./view-rows.ts";

/** Entity keys that someone asks about: the values of the view's join keys in their order. */
export interface AskedKeys {
  readonly view: ViewVersion;
  readonly keys: readonly (readonly FeatureValue[])[];
  /** Rows with an event time beyond this do not count. */
  readonly eventMax: Micros;
}

/** Conditions over raw columns: the good rows of these keys, in a form that reaches the file's statistics. */
export function rowsOfKeys(rows: ViewRows, { view, keys, eventMax }: AskedKeys): readonly string[] {
  const types = view.joinKeys.map(({ type }) => type);
  const tuples = keys.map((key) => key.map((value, index) => keyLiteral(types[index] ?? "string", value)).join(", "));
  const isAsked =
    rows.keys.length === 1 ? `${rows.keys[0]} IN (${tuples.join(", ")})` : `(${rows.keys.join(", ")}) IN (${tuples.map((tuple) => `(${tuple})`).join(", ")})`;
  return [
    `${rows.event} IS NOT NULL`,
    ...rows.eventWithin(null, eventMax),
    ...(rows.keys.length === 0 ? [] : [...ranges(rows, keys), isAsked]),
    ...(rows.fits === null ? [] : [rows.fits]),
  ];
}

/** Whole-number keys as a range, too: that reaches the statistics of a file. */
function ranges({ keys: columns }: ViewRows, keys: AskedKeys["keys"]): readonly string[] {
  return columns.flatMap((sql, index) => {
    const values = keys.map((key) => key[index]).filter((value): value is bigint => typeof value === "bigint");
    if (values.length !== keys.length) return [];
    const sorted = values.sort((a, b) => (a < b ? -1 : 1));
    const [min = 0n, max = 0n] = [sorted[0], sorted.at(-1)];
    return [`${sql} BETWEEN ${quoteInt64(min)} AND ${quoteInt64(max)}`];
  });
}

/** A value of a join key as SQL of its stored type. */
export function keyLiteral(type: ScalarType, value: FeatureValue | undefined): string {
  if (value === null || value === undefined) return "NULL"; // equal to nothing
  if (typeof value === "bigint") return quoteInt64(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return `${quoteText(String(value))}::DOUBLE::${storedTypeOf(type)}`;
  if (value instanceof Uint8Array) return `from_hex('${Buffer.from(value).toString("hex")}')`;
  return quoteText(String(value));
}
