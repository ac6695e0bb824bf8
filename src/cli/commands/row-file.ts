import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { FileFormat } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import type { RowFile } from "../../offline/index.ts";

const FORMATS: Readonly<Record<string, FileFormat>> = {
  ".parquet": "parquet",
  ".csv": "csv",
  ".tsv": "csv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".json": "jsonl",
};

/** A file of rows that the caller named; its ending says the format. Throws not_found, invalid_argument. */
export function rowFile(path: string): RowFile {
  const format = FORMATS[extname(path).toLowerCase()];
  if (!format)
    throw new LarderError("invalid_argument", `${path} is no file of rows.`, { hint: "Parquet (.parquet), CSV (.csv) and JSON lines (.jsonl) work." });
  if (!existsSync(path)) throw new LarderError("not_found", `There is no file ${path}.`);
  return { path: resolve(path), format };
}

/** The format of a file to write. */
export function outputFormat(path: string): "parquet" | "csv" {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format === "parquet" || format === "csv") return format;
  throw new LarderError("invalid_argument", `${path}: write .parquet or .csv.`);
}
