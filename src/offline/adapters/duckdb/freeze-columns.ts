import { type Bins, binRanks, CATEGORIES_MAX, freezeCategories, freezeNumericBins, OTHERS_MAX, type SortedNumbers } from "../../../domain/index.ts";
import { byGroups } from "./by-groups.ts";
import { finiteSql, type MeasuredColumn, type MeasuredRows } from "./measured-rows.ts";
import { sortedValues } from "./sorted-values.ts";

/** What the engine holds per value while it looks for one by its rank; vectors grow by doubling. */
const RANK_BYTES = 16;
const MEMORY_SHARE = 0.4;

/** Bins of each column, exact: from ranks found in memory for as many columns at a time as fit, else from one that is sorted. */
export async function freezeColumns(measured: MeasuredRows, columns: readonly MeasuredColumn[]): Promise<readonly Bins[]> {
  const numeric = await withCounts(
    measured,
    columns.filter(({ kind }) => kind === "numeric"),
  );
  const bins = new Map<string, Bins>();
  const atOnce = Math.floor((measured.memoryLimitMb * 1e6 * MEMORY_SHARE) / (Math.max(1, measured.rows) * RANK_BYTES));
  for (let from = 0; from < numeric.length; from += Math.max(1, atOnce)) {
    const group = numeric.slice(from, from + Math.max(1, atOnce));
    const sorted =
      atOnce >= 1
        ? await byGroups(group, measured, (some) => rankInMemory(measured, some))
        : await Promise.all(group.map((column) => rankBySorting(measured, column)));
    for (const [place, { sql }] of group.entries()) bins.set(sql, freezeNumericBins(sorted[place] ?? new Float64Array()));
  }
  for (const { kind, sql } of columns) if (kind === "categorical") bins.set(sql, freezeCategories(await topCategories(measured, sql)));
  return columns.flatMap(({ sql }) => bins.get(sql) ?? []);
}

interface CountedColumn extends MeasuredColumn {
  /** Finite values. */
  readonly count: number;
}

function withCounts(measured: MeasuredRows, columns: readonly MeasuredColumn[]): Promise<readonly CountedColumn[]> {
  return byGroups(columns, measured, async (group) => {
    const [row] = await measured.session.rows(`SELECT ${group.map(({ sql }) => `count_if(isfinite(${sql}))`).join(", ")} FROM (${measured.select})`);
    return group.map((column, index) => ({ ...column, count: Number(row?.[index] ?? 0) }));
  });
}

async function rankInMemory({ session, select }: MeasuredRows, columns: readonly CountedColumn[]): Promise<readonly SortedNumbers[]> {
  const picks = columns.map(({ sql, count }) => {
    const shares = binRanks(count).map((rank) => `${(rank + 0.5) / count}::DOUBLE`); // the engine rounds a place up to the next rank
    return count === 0 ? "NULL" : `quantile_disc(${finiteSql(sql)}, [${shares.join(", ")}])`;
  });
  const [row] = await session.rows(`SELECT ${picks.join(", ")} FROM (${select})`);
  return columns.map(({ count }, place) => {
    const items = (row?.[place] as { readonly items?: readonly unknown[] } | null | undefined)?.items ?? [];
    return numbersAt(count, items.map(Number));
  });
}

async function rankBySorting({ session, select }: MeasuredRows, column: CountedColumn): Promise<SortedNumbers> {
  const ranks = binRanks(column.count);
  const found: number[] = [];
  let passed = 0;
  for await (const chunk of sortedValues({ session, select: `SELECT * FROM (${select}) WHERE isfinite(${column.sql})` }, column)) {
    for (let rank = ranks[found.length]; rank !== undefined && rank < passed + chunk.length; rank = ranks[found.length]) found.push(chunk[rank - passed] ?? 0);
    passed += chunk.length;
  }
  return numbersAt(column.count, found);
}

/** Sorted values of which the ones at the ranks of bins are known. */
function numbersAt(length: number, values: readonly number[]): SortedNumbers {
  const known = new Map(binRanks(length).map((rank, place) => [rank, values[place] ?? 0]));
  return { length, at: (rank) => known.get(rank) };
}

async function topCategories({ session, select }: MeasuredRows, sql: string): Promise<ReadonlyMap<string, number>> {
  const rows = await session.rows(`
    SELECT ${sql}, count(*) FROM (${select}) WHERE ${sql} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${CATEGORIES_MAX + OTHERS_MAX + 1}`);
  return new Map(rows.map(([category, count]) => [String(category), Number(count)]));
}
