import type { FileFormat } from "./definition.ts";

const FORMATS: Readonly<Record<string, FileFormat>> = {
  parquet: "parquet",
  pq: "parquet",
  csv: "csv",
  tsv: "csv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  json: "jsonl",
};

export const FILE_FORMATS: readonly FileFormat[] = ["parquet", "csv", "jsonl"];

export const FILE_ENDING = /\.([a-z]+)(?:\.gz)?$/i;

/** The format that a file name's ending tells: `stats.csv.gz` → csv. Null for any other ending, and for none. */
export function formatOfName(name: string): FileFormat | null {
  const ending = FILE_ENDING.exec(name)?.[1]?.toLowerCase();
  return ending === undefined ? null : (FORMATS[ending] ?? null);
}
