import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { didYouMean, LarderError } from "../../../kit/index.ts";
import type { RowFile, RowWindow, WindowColumn, WindowScope } from "../../port.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { Session } from "./engine.ts";
import { type Measure, measureOfEngineType, measureSql, withoutNan } from "./measure-column.ts";
import { measuredName, prioritySql } from "./measured-rows.ts";
import type { Opening } from "./open-view.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { describeColumns } from "./read-source.ts";
import { ROW_ORDER } from "./row-order.ts";
import { rowWindow } from "./row-window.ts";
import type { ErrorContext } from "./translate-error.ts";
import { type EngineType, listItemOf } from "./value-types.ts";
import { keyColumn } from "./view-rows.ts";

type FileScope = Extract<WindowScope, { readonly kind: "file" }>;

/**
 * Opens a file of rows. Parquet is read where it stands; the measured columns of other formats are copied into a passing Parquet file first,
 * since rows must have places and are read again and again.
 */
export async function openFileWindow<T>(opening: Opening, scope: FileScope, work: (window: RowWindow) => Promise<T>): Promise<T> {
  const { engine, signal } = opening;
  const copy = join(engine.options.tempDirectory, `window-${randomUUID()}.parquet`);
  return engine.use(
    async (session) => {
      try {
        const { chosen, from } = await placeRows(session, scope, copy);
        await refuseUnfit(session, from, chosen.checks, scope.file.path);
        const newest = scope.keys.length === 0 ? "" : await newestPerKey(session, from, scope.keys.length);
        const names = chosen.columns.map((_, index) => measuredName(index));
        const select = `SELECT ${[...names, `${prioritySql(["r"])} AS pr`].join(", ")} FROM ${from}${newest}`;
        const [row] = await session.rows(`SELECT count(*) FROM ${from}${newest}`);
        return await work(rowWindow({ session, select, rows: Number(row?.[0] ?? 0), columns: chosen.columns, memoryLimitMb: engine.options.memoryLimitMb }));
      } finally {
        await rm(copy, { force: true });
      }
    },
    { signal, isLarge: true },
  );
}

interface PlacedRows {
  readonly chosen: ChosenColumns;
  /** The measured columns, and each row's place in the file as `r`. */
  readonly from: string;
}

async function placeRows(session: Session, scope: FileScope, copy: string): Promise<PlacedRows> {
  const context: ErrorContext = { failure: `The file ${scope.file.path} cannot be read`, code: "invalid_argument" };
  const reader = fileReader(scope.file);
  const available = await describeColumns(session, `SELECT * FROM ${reader}`, context);
  const chosen = chooseColumns(available, scope);
  const columns = [...chosen.sql, ...chosen.checks.map(({ sql }, index) => `${sql} AS unfit${index}`)];
  if (scope.file.format === "parquet" && !available.has("file_row_number"))
    return { chosen, from: `(SELECT ${[...columns, "file_row_number AS r"].join(", ")} FROM ${reader})` };
  await session.run(`COPY (SELECT ${[...columns, "1 AS one"].join(", ")} FROM ${reader}) TO ${quoteText(copy)} (FORMAT parquet)`, context);
  return { chosen, from: `(SELECT *, file_row_number AS r FROM read_parquet(${quoteText(copy)}))` };
}

/** A reader whose types are guessed from the whole file; "t" and "f" in CSV stay the text they are. */
function fileReader({ path, format }: RowFile): string {
  switch (format) {
    case "parquet":
      return `read_parquet(${quoteText(path)}, hive_partitioning = false)`;
    case "csv":
      return `read_csv(${quoteText(path)}, header = true, sample_size = -1, auto_type_candidates = ['BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'VARCHAR'])`;
    case "jsonl":
      return `read_json(${quoteText(path)}, format = 'newline_delimited', sample_size = -1)`;
  }
}

/** Leaves the places of the newest rows in table `newest`; rows without a key are of no entity. */
async function newestPerKey(session: Session, from: string, keyParts: number): Promise<string> {
  const keys = Array.from({ length: keyParts }, (_, index) => keyColumn(index));
  const isKeyed = keys.map((key) => `${key} IS NOT NULL`).join(" AND ");
  await session.run(
    `CREATE TEMP TABLE newest AS SELECT arg_max(r, ${ROW_ORDER}) AS place
    FROM (SELECT ${keys.join(", ")}, ev AS cr, r FROM ${from}) WHERE ${isKeyed} GROUP BY ${keys.join(", ")}`,
  );
  return " SEMI JOIN newest ON r = newest.place";
}

interface ChosenColumns {
  readonly columns: readonly WindowColumn[];
  /** m0, m1, …; with keys also these as k0, k1, … and the event time as `ev`. */
  readonly sql: readonly string[];
  /** Values that cannot be measured as they should be. */
  readonly checks: readonly { readonly name: string; readonly sql: string }[];
}

function chooseColumns(available: ReadonlyMap<string, EngineType>, { file, columns, like, keys, eventTimestampColumn }: FileScope): ChosenColumns {
  const typeOf = (name: string): EngineType => {
    const type = available.get(name);
    if (type !== undefined) return type;
    const names = [...available.keys()];
    throw new LarderError("invalid_argument", `${file.path} has no column "${name}".`, {
      hint: didYouMean(name, names, `It has ${names.slice(0, 20).join(", ")}.`),
    });
  };
  const event = eventSql(eventTimestampColumn, available.get(eventTimestampColumn));
  const forKey = keys.length === 0 ? [] : [...keys.map((key, index) => `${quoteIdentifier(key)} AS ${keyColumn(index)}`), `${event} AS ev`];
  for (const key of keys) typeOf(key);
  const wanted = columns ?? [...available.keys()].filter((name) => !keys.includes(name) && name !== eventTimestampColumn);
  const chosen = wanted.map((name) =>
    measureFileColumn(
      name,
      typeOf(name),
      like.find((column) => column.name === name),
      file.path,
    ),
  );
  return {
    columns: chosen.map(({ column }) => column),
    sql: [...chosen.map(({ sql }, index) => `${sql} AS ${measuredName(index)}`), ...forKey],
    checks: chosen.flatMap(({ column, unfit }) => (unfit === null ? [] : [{ name: column.name, sql: unfit }])),
  };
}

/** An event time as a whole number, as far as it can be read; null where the file has none. */
function eventSql(name: string, type: EngineType | undefined): string {
  return (type === undefined ? null : coerceColumn({ sql: quoteIdentifier(name), engineType: type }, "timestamp")?.sql) ?? "NULL::BIGINT";
}

interface ChosenColumn {
  readonly column: WindowColumn;
  readonly sql: string;
  readonly unfit: string | null;
}

function measureFileColumn(name: string, type: EngineType, like: Measure | undefined, path: string): ChosenColumn {
  const own = measureOfEngineType(type);
  const { kind, measure } = like ?? own;
  const column: WindowColumn = { name, kind, measure };
  const value = quoteIdentifier(name);
  if (measure === "presence" || (kind === own.kind && measure === own.measure))
    return { column, sql: measureSql(value, column, listItemOf(type) !== null), unfit: null };
  if (own.measure === "value" && kind === "categorical") return { column, sql: `${value}::VARCHAR`, unfit: null };
  // text: a file of text may have called an empty column so
  if (own.kind === "categorical" && measure === "value") {
    const number = `TRY_CAST(${value} AS DOUBLE)`;
    return { column, sql: withoutNan(number), unfit: `CASE WHEN ${value} IS NOT NULL AND ${number} IS NULL THEN ${value}::VARCHAR END` };
  }
  throw new LarderError("invalid_argument", `The column "${name}" of ${path} is ${type}, which is not ${kind} as it is in the other file.`, {
    hint: "Write both files with the same types, or leave the column out with --columns.",
  });
}

async function refuseUnfit(session: Session, from: string, checks: ChosenColumns["checks"], path: string): Promise<void> {
  if (checks.length === 0) return;
  const [row] = await session.rows(`SELECT ${checks.map((_, index) => `any_value(unfit${index})`).join(", ")} FROM ${from}`);
  for (const [index, { name }] of checks.entries()) {
    const example = row?.[index];
    if (example === null || example === undefined) continue;
    throw new LarderError("invalid_argument", `The column "${name}" of ${path} holds ${JSON.stringify(String(example))}, and numbers in the other file.`, {
      hint: "Write both files with the same types, or leave the column out with --columns.",
    });
  }
}
