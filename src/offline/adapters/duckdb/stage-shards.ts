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

/** Winners that are looked up in one pass over the source's values; their places stay in memory meanwhile. */
const WINNERS_AT_ONCE = 1_000_000;

export interface ShardOptions {
  readonly directory: string;
  readonly shardRows: number;
  readonly threads: number;
  /** Rows in table `winner`. */
  readonly winners: number;
  readonly winnersAtOnce?: number;
}

/** Writes the rows whose places stand in table `winner` as Parquet files of at most `shardRows` rows each. */
export async function writeShards(session: Session, rows: ViewRows, options: ShardOptions): Promise<readonly Shard[]> {
  const { directory, shardRows, threads, winners, winnersAtOnce = WINNERS_AT_ONCE } = options;
  const { view } = rows;
  const columns = [
    `ev AS ${SHARD_EVENT}`,
    `cr AS ${SHARD_CREATED}`,
    ...view.joinKeys.map(({ name }, index) => `${keyColumn(index)} AS ${quoteIdentifier(name)}`),
    ...view.features.map(({ name }, index) => `${featureColumn(index)} AS ${quoteIdentifier(name)}`),
  ];
  const features = view.features.map((_, index) => index);
  // Each thread adds a row group of its own to a file before the file counts as full.
  const groupRows = Math.max(VECTOR_ROWS, Math.floor(shardRows / threads) - VECTOR_ROWS);
  const shards: Shard[] = [];
  for (const { from, to } of await placeRanges(session, Math.ceil(winners / winnersAtOnce))) {
    const loose = join(directory, "loose");
    const select = selectRows(rows, { features, where: [`${rows.place} >= ${from}`, `${rows.place} < ${to}`] });
    await session.run(`
      COPY (SELECT ${columns.join(", ")} FROM (${select}) SEMI JOIN (FROM winner WHERE place >= ${from} AND place < ${to}) w ON r = w.place)
      TO ${quoteText(loose)} (FORMAT parquet, ROW_GROUP_SIZE ${groupRows}, ROW_GROUPS_PER_FILE 1)`);
    shards.push(...(await settleShards(session, { loose, directory, shardRows, first: shards.length })));
    await rm(loose, { recursive: true, force: true });
  }
  return shards;
}

/** Cuts the winners' places into ranges of about as many each; a range of row numbers reads its part of a Parquet file only. */
async function placeRanges(session: Session, count: number): Promise<readonly { readonly from: bigint; readonly to: bigint }[]> {
  const shares = Array.from({ length: count - 1 }, (_, index) => (index + 1) / count);
  const cuts = shares.map((share) => `approx_quantile(place, ${share})`);
  const [row] = await session.rows(`SELECT ${["min(place)", ...cuts, "max(place) + 1"].join(", ")} FROM winner`);
  const bounds = (row ?? []).map((bound) => (typeof bound === "bigint" ? bound : 0n));
  return bounds.slice(1).flatMap((to, index) => {
    const from = bounds[index] ?? to;
    return from < to ? [{ from, to }] : [];
  });
}

/** The engine cuts files only roughly: files that came out too long are cut again, all get their final names. */
async function settleShards(
  session: Session,
  { loose, directory, shardRows, first }: { readonly loose: string; readonly directory: string; readonly shardRows: number; readonly first: number },
): Promise<readonly Shard[]> {
  await mkdir(loose, { recursive: true });
  const shards: Shard[] = [];
  const nextFile = (): string => `shard-${String(first + shards.length).padStart(5, "0")}.parquet`;
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
