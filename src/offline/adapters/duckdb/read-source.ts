import { LarderError } from "../../../kit/index.ts";
import type { Session } from "./engine.ts";
import type { LocatedFiles } from "./locate-files.ts";
import { quoteIdentifier, quoteText, quoteTextList } from "./quote.ts";
import type { ErrorContext } from "./translate-error.ts";
import type { EngineType } from "./value-types.ts";

/** Rows as the engine sees them before any conversion. */
export interface RawRows {
  /** What stands after FROM. */
  readonly from: string;
  /** A row's place in the source as a number that grows; null: rows have no place that a second reading finds again. */
  readonly place: string | null;
  readonly columns: ReadonlyMap<string, EngineType>;
}

export interface ReadOptions {
  /** Text formats: guess the types of columns (a transform wants to calculate), or keep text as it stands (types are declared). */
  readonly text: "guessed" | "as_written";
  /** The columns that are wanted, for formats whose reader must be told. */
  readonly wanted: readonly string[];
}

/** Opens files for reading; needs at least one. Throws what `context` says when they cannot be read. */
export async function readSource(session: Session, located: LocatedFiles, options: ReadOptions, context: ErrorContext): Promise<RawRows> {
  const from = readerCall(located, options);
  if (located.format === "jsonl" && options.text === "as_written") {
    return { from, place: null, columns: new Map(options.wanted.map((name) => [name, "JSON"])) };
  }
  const columns = await describeColumns(session, `SELECT * FROM ${from}`, context);
  const hidesPlace = columns.has("file_row_number") || columns.has("file_index"); // the reader's own columns of these names
  if (located.format !== "parquet" || hidesPlace) return { from, place: null, columns };
  const isOne = located.files.length === 1;
  return { from, place: isOne ? "file_row_number" : "(file_index::BIGINT * 1099511627776 + file_row_number)", columns };
}

export async function describeColumns(session: Session, query: string, context: ErrorContext): Promise<ReadonlyMap<string, EngineType>> {
  const rows = await session.rows(`DESCRIBE ${query}`, context);
  return new Map(rows.map(([name, type]) => [String(name), String(type)]));
}

function readerCall({ format, files, hasPartitions }: LocatedFiles, { text, wanted }: ReadOptions): string {
  const paths = quoteTextList(files.map(({ path }) => path));
  const partitions = `hive_partitioning = ${hasPartitions}`;
  const union = files.length > 1 ? ", union_by_name = true" : "";
  switch (format) {
    case "parquet":
      return `read_parquet(${paths}, ${partitions}${union})`;
    case "csv": {
      const types = text === "as_written" ? "all_varchar = true, " : "";
      // columns are those of the first file, found by name in the others; union_by_name cannot keep count of broken lines
      return `read_csv(${paths}, header = true, ${types}ignore_errors = true, store_rejects = true, ${partitions})`;
    }
    case "jsonl": {
      const columns = `columns = {${wanted.map((name) => `${quoteText(name)}: 'JSON'`).join(", ")}}`;
      return `read_json(${paths}, format = 'newline_delimited', ignore_errors = true, ${partitions}${text === "as_written" ? `, ${columns}` : union})`;
    }
  }
}

/** A column that must be there, as SQL. */
export function requireColumn(rows: RawRows, column: string, what: string, subject: string): { readonly sql: string; readonly engineType: EngineType } {
  const engineType = rows.columns.get(column);
  if (engineType === undefined) {
    const names = [...rows.columns.keys()];
    const shown = names.length > 20 ? `${names.slice(0, 20).join(", ")} and ${names.length - 20} more` : names.join(", ");
    throw new LarderError("invalid_definition", `${subject} has no column "${column}" (${what}).`, { hint: `It has ${shown}.` });
  }
  return { sql: quoteIdentifier(column), engineType };
}
