import { writeFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { formatTimestamp, stringifyJsonExact } from "../kit/index.ts";

/** Writes the rows of a SELECT as Parquet: the way to have exactly the column types that a test is about. */
export async function writeParquet(path: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** What a query finds, for looking into files that were written. */
export async function readSql(query: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    return (await connection.runAndReadAll(query)).getRowsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export async function writeJsonLines(path: string, rows: readonly object[]): Promise<void> {
  await writeFile(path, rows.map((row) => `${stringifyJsonExact(row)}\n`).join(""));
}

/** Cells are text as it stands; null is an empty cell. */
export async function writeCsv(path: string, header: readonly string[], rows: readonly (readonly (string | number | bigint | null)[])[]): Promise<void> {
  const quote = (cell: string | number | bigint | null): string =>
    cell === null ? "" : /[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);
  await writeFile(path, [header, ...rows].map((row) => `${row.map(quote).join(",")}\n`).join(""));
}

/** Micros as a SQL timestamp, or NULL. */
export function sqlTimestamp(micros: bigint | null): string {
  return micros === null ? "NULL::TIMESTAMPTZ" : `TIMESTAMPTZ '${formatTimestamp(micros)}'`;
}
