import { fromText, toJsonValue, type ValueType } from "../../../domain/index.ts";
import { parseJsonExact } from "../../../kit/index.ts";
import type { RowFile } from "../../port.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { Session } from "./engine.ts";
import type { Opening } from "./open-view.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { describeColumns } from "./read-source.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import { rowFileContext } from "./row-file.ts";
import type { ErrorContext } from "./translate-error.ts";
import { type EngineType, valueTypeOf } from "./value-types.ts";

/** Columns of JSON values: whole numbers that a double cannot hold are bigints, timestamps ISO 8601, bytes base64. */
export type JsonColumns = Readonly<Record<string, readonly unknown[]>>;

type Types = ReadonlyMap<string, ValueType>;

/** All rows of a small file; text is read by `types` where they name its column. Throws not_found, invalid_argument. */
export async function readColumns(opening: Opening, file: RowFile, types: Types = new Map()): Promise<JsonColumns> {
  const read = { parquet: readParquet, csv: readCsv, jsonl: readJsonLines }[file.format];
  return opening.engine.use((session) => read(session, quoteText(file.path), rowFileContext(file), types), { signal: opening.signal });
}

function readParquet(session: Session, path: string, context: ErrorContext): Promise<JsonColumns> {
  return jsonColumnsOf(session, `SELECT * FROM read_parquet(${path}, hive_partitioning = false)`, context);
}

/** Types of columns that `types` does not name are guessed from the whole file. */
async function readCsv(session: Session, path: string, context: ErrorContext, types: Types): Promise<JsonColumns> {
  const query = (asText: readonly string[]): string => {
    const list = asText.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
    return `SELECT * FROM read_csv(${path}, header = true, sample_size = -1${list === "" ? "" : `, types = {${list}}`})`;
  };
  const names = [...(await describeColumns(session, query([]), context)).keys()].filter((name) => types.has(name));
  const columns = await jsonColumnsOf(session, query(names), context);
  const typed = names.map((name) => [name, columns[name]?.map((text) => (typeof text === "string" ? fromText(types.get(name) ?? "string", text) : text))]);
  return { ...columns, ...Object.fromEntries(typed) };
}

/** JSON has types of its own: values stay as they stand there. */
async function readJsonLines(session: Session, path: string, context: ErrorContext): Promise<JsonColumns> {
  const lines = await session.rows(`SELECT json::VARCHAR FROM read_ndjson_objects(${path})`, context);
  const rows = lines.map(([line]) => parseJsonExact(String(line)) as Readonly<Record<string, unknown>>);
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
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
