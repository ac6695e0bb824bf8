import type { BatchSource, FileSource } from "../../../domain/index.ts";
import type { SourceColumn, SourceHead, SourceInspection } from "../../../registry/index.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { Session } from "./engine.ts";
import { jsonForm } from "./json-columns.ts";
import { emptyGlob, type LocatedFiles, locateFiles } from "./locate-files.ts";
import type { Opening } from "./open-view.ts";
import { type RawRows, readSource, requireColumn } from "./read-source.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import { transformContext, transformRowsOf } from "./transform-sql.ts";
import type { ErrorContext } from "./translate-error.ts";
import { valueTypeOf } from "./value-types.ts";

/** Text larger than this is not read through to count its rows. */
const COUNTED_TEXT_BYTES_MAX = 64 * 2 ** 20;

/** Columns of a source, or of its transform's result. See SourceInspector. */
export async function sourceColumns(opening: Opening, source: BatchSource, transform: string | null): Promise<readonly SourceColumn[]> {
  const files = await someFiles(opening, source);
  const sandbox = transform === null ? undefined : { files: files.files.map(({ path }) => path) };
  return opening.engine.use(
    async (session) => {
      const raw = await open(session, source, files);
      if (transform === null) return toColumns(raw);
      return toColumns(await transformRowsOf(session, raw, transform, transformContext(null)));
    },
    { signal: opening.signal, sandbox },
  );
}

/** Columns, size and range of event times; what would take a reading of large text files is null. */
export async function inspectSource(opening: Opening, source: BatchSource): Promise<SourceInspection> {
  const files = await someFiles(opening, source);
  const bytes = files.files.reduce((sum, { size }) => sum + size, 0);
  return opening.engine.use(async (session) => {
    const raw = await open(session, source, files);
    const columns = toColumns(raw);
    const unknown = { columns, files: files.files.length, bytes, rows: null, eventMin: null, eventMax: null };
    if (files.format !== "parquet" && bytes > COUNTED_TEXT_BYTES_MAX) return unknown;
    const { sql, engineType } = requireColumn(raw, source.timestampField, "event time", `Source ${source.name}`);
    // min and max of the column as it stands come from the file's metadata
    const bound = (which: "min" | "max"): string => coerceColumn({ sql: `${which}(${sql})`, engineType }, "timestamp")?.sql ?? "NULL";
    const [row] = await session.rows(`SELECT count(*), ${bound("min")}, ${bound("max")} FROM ${raw.from}`, context(source, files));
    const [rows, eventMin, eventMax] = row ?? [];
    return {
      ...unknown,
      rows: Number(rows ?? 0),
      eventMin: typeof eventMin === "bigint" ? eventMin : null,
      eventMax: typeof eventMax === "bigint" ? eventMax : null,
    };
  });
}

/** The first rows of a source, each column as the nearest type there is. */
export async function sourceHead(opening: Opening, source: BatchSource, limit: number): Promise<SourceHead> {
  const files = await someFiles(opening, source);
  return opening.engine.use(async (session) => {
    const raw = await open(session, source, files);
    const fields = [...raw.columns].map(([name, engineType]) => ({ name, ...jsonForm(name, engineType) }));
    const sql = `SELECT ${fields.map((field) => field.sql).join(", ")} FROM (SELECT * FROM ${raw.from} LIMIT ${limit})`;
    const { rowCount, columns } = await readTable(session, sql, fields, context(source, files));
    return {
      columns: fields.map(({ name, type }) => ({ name, type })),
      rows: Array.from({ length: rowCount }, (_, row) => columns.map((column) => valueAtRow(column, row))),
    };
  });
}

async function someFiles(opening: Opening, source: BatchSource): Promise<LocatedFiles> {
  const files = await locateFiles(source, opening.variables);
  if (files.files.length === 0) throw emptyGlob(source as FileSource);
  return files;
}

function context(source: BatchSource, files: LocatedFiles): ErrorContext {
  return { failure: `Source ${source.name} (${files.pathAsWritten}) cannot be read`, code: "invalid_definition" };
}

function open(session: Session, source: BatchSource, files: LocatedFiles): Promise<RawRows> {
  return readSource(session, files, { text: "guessed", wanted: [] }, context(source, files));
}

function toColumns(raw: RawRows): readonly SourceColumn[] {
  return [...raw.columns].map(([name, engineType]) => ({ name, engineType, type: valueTypeOf(engineType) }));
}
