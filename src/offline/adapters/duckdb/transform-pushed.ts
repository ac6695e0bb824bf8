import type { ViewVersion } from "../../../domain/index.ts";
import { isLarderError, LarderError, stringifyJsonExact } from "../../../kit/index.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { Session } from "./engine.ts";
import { jsonColumnsOf } from "./json-columns.ts";
import { locateFiles } from "./locate-files.ts";
import type { Opening } from "./open-view.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { readSource } from "./read-source.ts";
import { transformContext, transformRowsOf } from "./transform-sql.ts";
import type { ErrorContext } from "./translate-error.ts";
import { type EngineType, presentedSql, valueTypeOf, withArticle } from "./value-types.ts";

export type PushedRow = Readonly<Record<string, unknown>>;

/** Gives the columns of a view's batch source, which tell the types that its transform is written for. */
export type SourceTypes = (view: ViewVersion) => Promise<ReadonlyMap<string, EngineType>>;

/**
 * Pushed rows through a view's transform. Columns have the types of the batch source, others those of their values.
 * Throws invalid_argument when values do not fit; `details.rejected` names each row, field and reason.
 */
export async function transformPushed(
  opening: Opening,
  sourceTypes: SourceTypes,
  view: ViewVersion,
  rows: readonly PushedRow[],
): Promise<readonly PushedRow[]> {
  const { transform } = view;
  if (transform === null || rows.length === 0) return rows;
  const types = inputTypes(view, rows, await sourceTypes(view));
  const context = transformContext(view.view);
  return opening.engine.use(
    async (session) => {
      const raw = rawInput(types, rows);
      await refuseUnfit(session, raw, types);
      const columns = [...types].map(([name, engineType]) => `CAST(${typedSql(name, engineType)} AS ${engineType}) AS ${quoteIdentifier(name)}`);
      const input = { from: `(SELECT ${columns.join(", ")} FROM ${raw})` };
      const { from } = await transformRowsOf(session, input, transform, context);
      const result = await jsonColumnsOf(session, `SELECT * FROM ${from}`, context);
      return rowsOf(result);
    },
    { signal: opening.signal, sandbox: { files: [] } },
  );
}

/** Remembers what the batch source of each version looks like; without one, pushed values speak for themselves. */
export function sourceTypesOf(opening: Opening): SourceTypes {
  const known = new Map<string, Promise<ReadonlyMap<string, EngineType>>>();
  return (view) => {
    const types = known.get(view.versionId) ?? describeSource(opening, view);
    known.set(view.versionId, types);
    types.then(({ size }) => size === 0 && known.delete(view.versionId)).catch(() => known.delete(view.versionId));
    return types;
  };
}

async function describeSource({ engine, variables }: Opening, { batchSource }: ViewVersion): Promise<ReadonlyMap<string, EngineType>> {
  if (batchSource === null) return new Map();
  try {
    const files = await locateFiles(batchSource, variables);
    if (files.files.length === 0) return new Map();
    const context: ErrorContext = { failure: `Source ${batchSource.name} cannot be read`, code: "invalid_definition" };
    return await engine.use(async (session) => (await readSource(session, files, { text: "guessed", wanted: [] }, context)).columns);
  } catch (error) {
    if (isLarderError(error) && error.code !== "internal") return new Map(); // no history yet is no reason to refuse the present
    throw error;
  }
}

function inputTypes(view: ViewVersion, rows: readonly PushedRow[], source: ReadonlyMap<string, EngineType>): ReadonlyMap<string, EngineType> {
  const types = new Map<string, EngineType>();
  for (const [name, engineType] of source) if (valueTypeOf(engineType) !== null) types.set(name, engineType);
  const times = [view.source.timestampField, view.source.createdTimestampColumn, view.source.batch?.timestampField, view.source.batch?.createdTimestampColumn];
  for (const name of new Set(rows.flatMap((row) => Object.keys(row)))) {
    if (!types.has(name)) types.set(name, times.includes(name) ? "TIMESTAMP WITH TIME ZONE" : guessType(rows.map((row) => row[name])));
  }
  return types;
}

function guessType(values: readonly unknown[]): EngineType {
  const types = new Set(values.filter((value) => value !== null && value !== undefined).map(typeOfValue));
  if (types.size === 2 && types.has("BIGINT") && types.has("DOUBLE")) return "DOUBLE";
  return types.size === 1 ? ([...types][0] ?? "VARCHAR") : "VARCHAR";
}

function typeOfValue(value: unknown): EngineType {
  if (typeof value === "boolean") return "BOOLEAN";
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return "BIGINT";
  if (typeof value === "number") return "DOUBLE";
  return Array.isArray(value) ? `${guessType(value)}[]` : "VARCHAR";
}

/** The rows as a table of JSON values, one column per name, with `row_` for their number. */
function rawInput(types: ReadonlyMap<string, EngineType>, rows: readonly PushedRow[]): string {
  const names = [...types.keys()];
  const texts = rows.map((row) => names.map((name) => row[name] ?? null));
  const columns = names.map((name, index) => `(row -> '$[${index}]') AS ${quoteIdentifier(name)}`);
  return `(SELECT ${[...columns, "number"].join(", ")} FROM (
    SELECT unnest(CAST(${quoteText(stringifyJsonExact(texts))} AS JSON[])) AS row, unnest(range(${rows.length})) AS number))`;
}

function typedSql(name: string, engineType: EngineType): string {
  const type = valueTypeOf(engineType) ?? "string";
  return presentedSql(type, coerceColumn({ sql: quoteIdentifier(name), engineType: "JSON" }, type)?.sql ?? "NULL");
}

async function refuseUnfit(session: Session, raw: string, types: ReadonlyMap<string, EngineType>): Promise<void> {
  const checks = [...types].flatMap(([name, engineType]) => {
    const type = valueTypeOf(engineType) ?? "string";
    const coercion = coerceColumn({ sql: quoteIdentifier(name), engineType: "JSON" }, type);
    if (!coercion?.ok) return [];
    return [
      `SELECT number, ${quoteText(name)} AS field, ${coercion.shown} || ' is not ${withArticle(type)}' AS reason FROM ${raw} WHERE NOT ${coercion.ok} AND json_type(${quoteIdentifier(name)}) <> 'NULL'`,
    ];
  });
  if (checks.length === 0) return;
  const bad = await session.rows(`${checks.join(" UNION ALL ")} ORDER BY number, field`);
  if (bad.length === 0) return;
  const rejected = bad.map(([row, field, reason]) => ({ row: Number(row), field: String(field), reason: String(reason) }));
  const [first] = rejected;
  throw new LarderError("invalid_argument", `Row ${first?.row}, ${first?.field}: ${first?.reason}.`, { details: { rejected } });
}

function rowsOf(columns: Readonly<Record<string, readonly unknown[]>>): readonly PushedRow[] {
  const entries = Object.entries(columns);
  const count = entries[0]?.[1].length ?? 0;
  return Array.from({ length: count }, (_, row) => Object.fromEntries(entries.map(([name, values]) => [name, values[row]])));
}
