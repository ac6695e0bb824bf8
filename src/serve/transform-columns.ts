import { z } from "zod";
import type { ViewVersion } from "../domain/index.ts";
import { isLarderError } from "../kit/index.ts";
import type { RequestColumns } from "./entity-columns.ts";
import type { RowTransformer } from "./port.ts";
import { commonLength, eventColumnOf, type RowRejection, timeColumns } from "./typed-rows.ts";

/** Rows of a request as one version of a view takes them. */
export interface VersionRows {
  /** null: the transform let no row through. */
  readonly rows: RequestColumns | null;
  /** Rows that the transform could not take, by their place in the request. */
  readonly rejected: readonly RowRejection[];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Pushed columns through a version's transform, which takes and gives rows: it may drop, add and reorder them. Time columns go in under
 * the source's names, which the transform is written for. Rows that do not fit the source's types are left out and named.
 */
export async function transformColumns(transformer: RowTransformer, view: ViewVersion, input: RequestColumns): Promise<VersionRows> {
  const rows = toRows(withSourceTimes(view, input));
  try {
    return { rows: toColumns(await transformer.transformRows(view, rows)), rejected: [] };
  } catch (error) {
    const rejected = rejectedRows(error);
    if (rejected.length === 0) throw error;
    const without = new Set(rejected.map(({ row }) => row));
    const rest = rows.filter((_, row) => !without.has(row));
    return { rows: rest.length === 0 ? null : toColumns(await transformer.transformRows(view, rest)), rejected };
  }
}

function withSourceTimes(view: ViewVersion, input: RequestColumns): RequestColumns {
  const { timestampField, createdTimestampColumn } = view.source;
  const { name: eventName, values } = eventColumnOf(view, input);
  const { [eventName]: _, ...others } = input;
  const named = { ...others, [timestampField]: values };
  if (createdTimestampColumn === null) return named;
  const createdName = timeColumns(view).created.find((name) => Object.hasOwn(input, name));
  if (createdName === undefined) return { ...named, [createdTimestampColumn]: values.map(() => null) };
  const { [createdName]: created, ...rest } = named;
  return { ...rest, [createdTimestampColumn]: created ?? [] };
}

function toRows(columns: RequestColumns): readonly Row[] {
  const names = Object.keys(columns);
  return Array.from({ length: commonLength(columns) }, (_, row) => Object.fromEntries(names.map((name) => [name, columns[name]?.[row] ?? null])));
}

function toColumns(rows: readonly Row[]): RequestColumns | null {
  if (rows.length === 0) return null;
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

const rejections = z.object({ rejected: z.array(z.object({ row: z.number(), field: z.string(), reason: z.string() })) });

/** The first rejection of each row that an error names; none when the error is about something else. */
function rejectedRows(error: unknown): readonly RowRejection[] {
  if (!isLarderError(error, "invalid_argument")) return [];
  const parsed = rejections.safeParse(error.details);
  if (!parsed.success) return [];
  const first = new Map<number, RowRejection>();
  for (const rejection of parsed.data.rejected) if (!first.has(rejection.row)) first.set(rejection.row, rejection);
  return [...first.values()].sort((a, b) => a.row - b.row);
}
