import type { DuckDBValue } from "@duckdb/node-api";
import { type Bins, type Moments, PROFILE_SAMPLE_ROWS, type Profile, type ProfileSample } from "../../../domain/index.ts";
import type { BinnedColumn, ProfileOptions, SegmentProfile } from "../../port.ts";
import { byGroups } from "./by-groups.ts";
import { finiteSql, type MeasuredColumn, type MeasuredRows } from "./measured-rows.ts";
import { quoteText } from "./quote.ts";
import { readTable } from "./read-table.ts";

export type BinnedMeasure = MeasuredColumn & BinnedColumn;

/**
 * Profiles over frozen bins: one scan for counts and moments of all columns that fit into memory, and one for the sample's few rows where it
 * is wanted.
 */
export function profileColumns(measured: MeasuredRows, columns: readonly BinnedMeasure[], options: ProfileOptions): Promise<readonly Profile[]> {
  return byGroups(columns, measured, (group) => profileGroup(measured, group, options));
}

async function profileGroup(measured: MeasuredRows, columns: readonly BinnedMeasure[], { sampled }: ProfileOptions): Promise<readonly Profile[]> {
  const { session, select, rows } = measured;
  const [row] = await session.rows(`SELECT ${columns.map(({ sql, bins }) => figureSql(sql, bins)).join(", ")} FROM (${select})`);
  const samples = sampled ? await sampleRows(measured, columns) : new Map<string, ProfileSample>();
  return columns.map(({ sql, bins }, index) => ({
    ...profileOf((row ?? []).slice(index * FIGURES_EACH, (index + 1) * FIGURES_EACH), rows, bins),
    sample: samples.get(sql) ?? null,
  }));
}

function profileOf([values, histogram, ...moments]: readonly DuckDBValue[], rows: number, bins: Bins): Omit<Profile, "sample"> {
  const nonNull = Number(values ?? 0);
  return { bins, rows, nulls: rows - nonNull, counts: countsOf(bins, histogram, nonNull), moments: momentsOf(moments) };
}

/** One column's profile in each part of the rows, parted by the bins of another column; parts without rows are left out. */
export async function profileSegments({ session, select }: MeasuredRows, by: BinnedMeasure, of: BinnedMeasure): Promise<readonly SegmentProfile[]> {
  const figures = `count(*), ${figureSql("v", of.bins)}`;
  const parts = await session.rows(`
    SELECT part, ${figures} FROM (SELECT ${binSql(by.sql, by.bins)} AS part, ${of.sql} AS v FROM (${select})) GROUP BY part ORDER BY part`);
  return parts.map(([part, rows, ...rest]) => ({ bin: part === null ? null : Number(part), profile: profileOf(rest, Number(rows), of.bins) }));
}

/** The bin of a value as a number from 0; null of null. */
function binSql(name: string, bins: Bins): string {
  if (bins.kind === "numeric") {
    const above = bins.edges.map((edge) => `(${name} > '${edge}'::DOUBLE)::INTEGER`);
    return `CASE WHEN ${name} IS NOT NULL THEN ${["0", ...above].join(" + ")} END`;
  }
  const other = bins.categories.length;
  const unknown = bins.knowsAll ? `CASE WHEN list_contains(${textList(bins.others)}, ${name}) THEN ${other} ELSE ${other + 1} END` : String(other);
  return `CASE WHEN ${name} IS NOT NULL THEN coalesce(list_position(${textList(bins.categories)}, ${name}) - 1, ${unknown}) END`;
}

const FIGURES_EACH = 7;

/** Values, their histogram, and of the finite ones: count, mean, variance, least, greatest. */
function figureSql(name: string, bins: Bins): string {
  const labels = bins.kind === "numeric" ? numberList(bins.edges) : textList(bins.knowsAll ? [...bins.categories, ...bins.others] : bins.categories);
  if (bins.kind === "categorical") return `count(${name}), histogram_exact(${name}, ${labels}), 0, NULL, NULL, NULL, NULL`;
  // no FILTER: the engine keeps a copy of every argument for each of them
  const finite = finiteSql(name);
  const small = `CASE WHEN abs(${name}) < ${SQUARES_OVERFLOW} THEN ${name} END`;
  return `count(${name}), histogram(${name}, ${labels}), count(${finite}), avg(${finite}), var_pop(${small}), min(${finite}), max(${finite})`;
}

/** The square of anything larger is beyond a double, and an error to the engine. */
const SQUARES_OVERFLOW = 1e150;

function momentsOf([count, mean, variance, min, max]: readonly DuckDBValue[]): Moments | null {
  const finite = Number(count);
  if (finite === 0) return null;
  const [low, high] = [Number(min), Number(max)];
  const isHuge = Math.max(Math.abs(low), Math.abs(high)) >= SQUARES_OVERFLOW;
  return { count: finite, mean: Number(mean), squares: isHuge ? Number.MAX_VALUE : Number(variance) * finite, min: low, max: high };
}

interface HistogramEntry {
  readonly key: DuckDBValue;
  readonly value: DuckDBValue;
}

/** The engine puts what is in no bin under a key of its own; it is the rest here. */
function countsOf(bins: Bins, histogram: DuckDBValue | undefined, values: number): readonly number[] {
  const entries = (histogram as { readonly entries?: readonly HistogramEntry[] } | null | undefined)?.entries ?? [];
  const counts = new Map(entries.map(({ key, value }) => [key, Number(value)]));
  const take = (keys: readonly (number | string)[]): readonly number[] => keys.map((key) => counts.get(key) ?? 0);
  const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
  if (bins.kind === "numeric") {
    const inner = take(bins.edges);
    return [...inner, values - sum(inner)];
  }
  const own = take(bins.categories);
  const others = bins.knowsAll ? sum(take(bins.others)) : values - sum(own);
  return [...own, others, values - sum(own) - others];
}

/** The rows with the smallest priorities, the same ones for all columns of numbers; by name in the SELECT. */
async function sampleRows({ session, select, rows }: MeasuredRows, columns: readonly BinnedMeasure[]): Promise<ReadonlyMap<string, ProfileSample>> {
  const numeric = columns.flatMap(({ kind, sql }) => (kind === "numeric" ? [sql] : []));
  if (numeric.length === 0) return new Map();
  const fields = ["pr", ...new Set(numeric)].map((name) => ({ name, type: "float64" as const }));
  const names = fields.map(({ name }) => name).join(", ");
  const query = (where: string): string => `SELECT ${names} FROM (${select}) ${where} ORDER BY pr LIMIT ${PROFILE_SAMPLE_ROWS}`;
  const wanted = Math.min(rows, PROFILE_SAMPLE_ROWS);
  let sample = await readTable(session, query(`WHERE pr < ${priorityBelow(rows)}`), fields);
  if (sample.rowCount < wanted) sample = await readTable(session, query(""), fields);
  const [priorities = new Float64Array(), ...values] = sample.columns.map(({ data, valid }) =>
    Float64Array.from(data, (value, row) => (valid?.[row] === 0 ? Number.NaN : Number(value))),
  );
  return new Map(values.map((column, place) => [fields[place + 1]?.name ?? "", { values: column, priorities }]));
}

/** A priority that enough rows are below, and few more: ten standard deviations above the number wanted. */
function priorityBelow(rows: number): number {
  const share = (PROFILE_SAMPLE_ROWS + 10 * Math.sqrt(PROFILE_SAMPLE_ROWS)) / Math.max(1, rows);
  return Math.ceil(Math.min(1, share) * 2 ** 53);
}

function numberList(values: readonly number[]): string {
  return `[${values.map((value) => `'${value}'::DOUBLE`).join(", ")}]::DOUBLE[]`;
}

function textList(values: readonly string[]): string {
  return `[${values.map(quoteText).join(", ")}]::VARCHAR[]`;
}
