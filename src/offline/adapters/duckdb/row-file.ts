import type { RowFile } from "../../port.ts";
import { quoteText } from "./quote.ts";
import type { ErrorContext } from "./translate-error.ts";

/** What to say of a file of rows that is none. */
export function rowFileContext({ name, path }: RowFile): ErrorContext {
  return { failure: `The file ${name ?? path} cannot be read`, code: "invalid_argument" };
}

/** The reader for a file of rows of any format, types guessed from all of it. */
export function rowFileReader({ path, format }: RowFile): string {
  switch (format) {
    case "parquet":
      return `read_parquet(${quoteText(path)}, hive_partitioning = false)`;
    case "csv":
      return `read_csv(${quoteText(path)}, header = true, sample_size = -1)`;
    case "jsonl":
      return `read_json(${quoteText(path)}, format = 'newline_delimited', sample_size = -1)`;
  }
}
