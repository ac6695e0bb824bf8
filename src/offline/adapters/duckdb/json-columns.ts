import { toJsonValue, type ValueType } from "../../../domain/index.ts";
import type { RowFile } from "../../port.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { Session } from "./engine.ts";
import type { Opening } from "./open-view.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { describeColumns } from "./read-source.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import type { ErrorContext } from "./translate-error.ts";
import { type EngineType, valueTypeOf } from "./value-types.ts";

/** Columns of JSON values: whole numbers that a double cannot hold are bigints, timestamps ISO 8601, bytes base64. */
export type JsonColumns = Readonly<Record<string, readonly unknown[]>>;

/** All rows of a small file. Throws not_found, invalid_argument. */
export async function readColumns(opening: Opening, file: RowFile): Promise<JsonColumns> {
  const context: ErrorContext = { failure: `The file ${file.path} cannot be read`, code: "invalid_argument" };
  return opening.engine.use((session) => jsonColumnsOf(session, `SELECT * FROM ${rowFileReader(file)}`, context), { signal: opening.signal });
}

/** Runs a query and gives its columns as JSON values. */
export async function jsonColumnsOf(session: Session, query: string, context: ErrorContext): Promise<JsonColumns> {
  const described = await describeColumns(session, query, context);
  const fields = [...described].map(([name, engineType]) => ({ name, ...jsonForm(name, engineType) }));
  const { rowCount, columns } = await readTable(session, `SELECT ${fields.map(({ sql }) => sql).join(", ")} FROM (${query})`, fields, context);
  return Object.fromEntries(
    columns.map((column) => [column.name, Array.from({ length: rowCount }, (_, row) => exactNumber(toJsonValue(column.type, valueAtRow(column, row))))]),
  );
}

/** The type to read a column as, and how. What has no type of Larder's comes as the nearest number or as text. */
export function jsonForm(name: string, engineType: EngineType): { readonly type: ValueType; readonly sql: string } {
  const type = valueTypeOf(engineType) ?? (engineType === "DATE" ? "timestamp" : isNumber(engineType) ? "float64" : "string");
  const sql = coerceColumn({ sql: quoteIdentifier(name), engineType }, type)?.sql ?? `CAST(${quoteIdentifier(name)} AS VARCHAR)`;
  return { type, sql };
}

function isNumber(engineType: EngineType): boolean {
  return engineType.startsWith("DECIMAL(") || engineType.endsWith("HUGEINT");
}

function exactNumber(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(exactNumber);
  return typeof value === "bigint" && value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** The reader for a file of rows of any format, types guessed from all of it. */
function rowFileReader({ path, format }: RowFile): string {
  switch (format) {
    case "parquet":
      return `read_parquet(${quoteText(path)}, hive_partitioning = false)`;
    case "csv":
      return `read_csv(${quoteText(path)}, header = true, sample_size = -1)`;
    case "jsonl":
      return `read_json(${quoteText(path)}, format = 'newline_delimited', sample_size = -1)`;
  }
}
