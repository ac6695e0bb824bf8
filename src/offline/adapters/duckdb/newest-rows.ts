import type { FeatureValue, ScalarType, ValueType } from "../../../domain/index.ts";
import { isLarderError, LarderError, type Micros } from "../../../kit/index.ts";
import type { NewestRow, NewestRowsRequest } from "../../port.ts";
import type { Session } from "./engine.ts";
import { batchSourceOfView, type Opening, openView, withFilesOf } from "./open-view.ts";
import { quoteInt64, quoteText } from "./quote.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import { ROW_ORDER } from "./row-order.ts";
import { storedTypeOf } from "./value-types.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/** The newest row of some entity keys, by the order of rows; only their rows are looked at, as far as the file's statistics allow. */
export async function newestRows(opening: Opening, request: NewestRowsRequest): Promise<readonly (NewestRow | null)[]> {
  const { view, keys, timeoutMs } = request;
  if (keys.length === 0) return [];
  try {
    return await withFilesOf([view], opening.variables, async ([files]) => {
      if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
      return opening.engine.use(
        async (session) => {
          const prepare = { features: view.features.map((_, index) => index), where: (rows: ViewRows) => conditions(rows, request) };
          const opened = await openView(opening, session, { view, files, prepare });
          const found = await readNewest(session, opened.rows, request).finally(opened.release);
          return keys.map((key) => found.get(keyText(key)) ?? null);
        },
        { signal: opening.signal },
      );
    });
  } catch (error) {
    if (!opening.signal?.aborted || !isLarderError(error, "cancelled")) throw error;
    throw new LarderError("timeout", `The source ${batchSourceOfView(view).name} did not give its rows within ${timeoutMs / 1_000} s.`, {
      hint: "It is large, or not sorted by key: ask get-historical-features instead.",
      retryable: true,
      cause: error,
    });
  }
}

function conditions(rows: ViewRows, { view, keys, eventMax }: NewestRowsRequest): readonly string[] {
  const types = view.joinKeys.map(({ type }) => type);
  const tuples = keys.map((key) => key.map((value, index) => literal(types[index] ?? "string", value)).join(", "));
  const isAsked =
    rows.keys.length === 1 ? `${rows.keys[0]} IN (${tuples.join(", ")})` : `(${rows.keys.join(", ")}) IN (${tuples.map((tuple) => `(${tuple})`).join(", ")})`;
  return [
    `${rows.event} IS NOT NULL`,
    ...rows.eventWithin(null, eventMax),
    ...(rows.keys.length === 0 ? [] : [...ranges(rows, keys), isAsked]),
    ...(rows.fits === null ? [] : [rows.fits]),
  ];
}

/** Whole-number keys as a range, too: that reaches the statistics of a file. */
function ranges({ keys: columns }: ViewRows, keys: NewestRowsRequest["keys"]): readonly string[] {
  return columns.flatMap((sql, index) => {
    const values = keys.map((key) => key[index]).filter((value): value is bigint => typeof value === "bigint");
    if (values.length !== keys.length) return [];
    const sorted = values.sort((a, b) => (a < b ? -1 : 1));
    const [min = 0n, max = 0n] = [sorted[0], sorted.at(-1)];
    return [`${sql} BETWEEN ${quoteInt64(min)} AND ${quoteInt64(max)}`];
  });
}

function literal(type: ScalarType, value: FeatureValue | undefined): string {
  if (value === null || value === undefined) return "NULL"; // equal to nothing
  if (typeof value === "bigint") return quoteInt64(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return `${quoteText(String(value))}::DOUBLE::${storedTypeOf(type)}`;
  if (value instanceof Uint8Array) return `from_hex('${Buffer.from(value).toString("hex")}')`;
  return quoteText(String(value));
}

async function readNewest(session: Session, rows: ViewRows, request: NewestRowsRequest): Promise<ReadonlyMap<string, NewestRow>> {
  const { joinKeys, features } = request.view;
  const fields = [
    ...joinKeys.map(({ name, type }, index) => ({ name, type: type as ValueType, sql: keyColumn(index) })),
    { name: "ev", type: "timestamp" as const, sql: "ev" },
    { name: "cr", type: "timestamp" as const, sql: "cr" },
    ...features.map(({ name, type }, index) => ({ name, type, sql: featureColumn(index) })),
  ];
  const from = selectRows(rows, { features: features.map((_, index) => index), where: conditions(rows, request) });
  const parts = joinKeys.length === 0 ? "" : `PARTITION BY ${joinKeys.map((_, index) => keyColumn(index)).join(", ")} `;
  const sql = `SELECT ${fields.map((field) => field.sql).join(", ")} FROM (${from}) QUALIFY row_number() OVER (${parts}ORDER BY ev DESC, ${ROW_ORDER} DESC) = 1`;
  const { rowCount, columns } = await readTable(session, sql, fields);
  const found = new Map<string, NewestRow>();
  for (let row = 0; row < rowCount; row += 1) {
    const values = columns.map((column) => valueAtRow(column, row));
    const [event, created, ...rest] = values.slice(joinKeys.length);
    found.set(keyText(values.slice(0, joinKeys.length)), { event: event as Micros, created: created as Micros | null, values: rest });
  }
  return found;
}

/** Equal exactly for equal keys of one view. */
function keyText(key: readonly FeatureValue[]): string {
  return JSON.stringify(key.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value))));
}
