import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Session } from "./engine.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/** Column names of a shard beside those of keys and features, whose names cannot hold two underscores. */
export const SHARD_EVENT = "__event";
export const SHARD_CREATED = "__created";

interface Shard {
  readonly file: string;
  readonly rows: number;
}

/** The engine fills row groups by vectors of this many rows. */
const VECTOR_ROWS = 2_048;

/** Writes the rows whose places stand in table `winner` as Parquet files of at most `shardRows` rows each. */
export async function writeShards(
  session: Session,
  rows: ViewRows,
  { directory, shardRows, threads }: { readonly directory: string; readonly shardRows: number; readonly threads: number },
): Promise<readonly Shard[]> {
  const { view } = rows;
  const columns = [
    `ev AS ${SHARD_EVENT}`,
    `cr AS ${SHARD_CREATED}`,
    ...view.joinKeys.map(({ name }, index) => `${keyColumn(index)} AS ${quoteIdentifier(name)}`),
    ...view.features.map(({ name }, index) => `${featureColumn(index)} AS ${quoteIdentifier(name)}`),
  ];
  const select = selectRows(rows, { features: view.features.map((_, index) => index) });
  const loose = join(directory, "loose");
  // Each thread adds a row group of its own to a file before the file counts as full.
  const groupRows = Math.max(VECTOR_ROWS, Math.floor(shardRows / threads) - VECTOR_ROWS);
  await session.run(`
    COPY (SELECT ${columns.join(", ")} FROM (${select}) SEMI JOIN winner ON r = place)
    TO ${quoteText(loose)} (FORMAT parquet, ROW_GROUP_SIZE ${groupRows}, ROW_GROUPS_PER_FILE 1)`);
  const shards = await settleShards(session, { loose, directory, shardRows });
  await rm(loose, { recursive: true, force: true });
  return shards;
}

/** The engine cuts files only roughly: files that came out too long are cut again, all get their final names. */
async function settleShards(
  session: Session,
  { loose, directory, shardRows }: { readonly loose: string; readonly directory: string; readonly shardRows: number },
): Promise<readonly Shard[]> {
  await mkdir(loose, { recursive: true });
  const shards: Shard[] = [];
  const nextFile = (): string => `shard-${String(shards.length).padStart(5, "0")}.parquet`;
  for (const name of (await readdir(loose)).sort()) {
    const path = join(loose, name);
    const [row] = await session.rows(`SELECT num_rows FROM parquet_file_metadata(${quoteText(path)})`);
    const count = Number(row?.[0] ?? 0);
    if (count === 0) continue;
    if (count <= shardRows) {
      const file = nextFile();
      await rename(path, join(directory, file));
      shards.push({ file, rows: count });
      continue;
    }
    for (let from = 0; from < count; from += shardRows) {
      const file = nextFile();
      const range = `file_row_number >= ${from} AND file_row_number < ${from + shardRows}`;
      await session.run(`COPY (SELECT * FROM read_parquet(${quoteText(path)}) WHERE ${range}) TO ${quoteText(join(directory, file))} (FORMAT parquet)`);
      shards.push({ file, rows: Math.min(shardRows, count - from) });
    }
  }
  return shards;
}
