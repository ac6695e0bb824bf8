import type { FeatureValue, ValueType } from "../../../domain/index.ts";
import { isLarderError, LarderError, type Micros } from "../../../kit/index.ts";
import type { NewestRow, NewestRowsRequest } from "../../port.ts";
import { type AskedKeys, rowsOfKeys } from "./asked-keys.ts";
import type { Session } from "./engine.ts";
import { batchSourceOfView, type Opening, openView, withFilesOf } from "./open-view.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import { ROW_ORDER } from "./row-order.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/** The newest row of some entity keys, by the order of rows; only their rows are looked at, as far as the file's statistics allow. */
export async function newestRows(opening: Opening, request: NewestRowsRequest): Promise<readonly (NewestRow | null)[]> {
  if (request.keys.length === 0) return [];
  return withRowsOfKeys(opening, request, async (session, rows) => {
    const found = await readNewest(session, rows, request);
    return request.keys.map((key) => found.get(keyText(key)) ?? null);
  });
}

/** Opens a view's rows for some keys. Throws timeout when the opening's signal ends it, which is after `timeoutMs`. */
export async function withRowsOfKeys<T>(
  opening: Opening,
  request: AskedKeys & { readonly timeoutMs: number },
  work: (session: Session, rows: ViewRows) => Promise<T>,
): Promise<T> {
  const { view, timeoutMs } = request;
  try {
    return await withFilesOf([view], opening.variables, async ([files]) => {
      if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
      return opening.engine.use(
        async (session) => {
          const prepare = { features: view.features.map((_, index) => index), where: (rows: ViewRows) => rowsOfKeys(rows, request) };
          const opened = await openView(opening, session, { view, files, prepare });
          return work(session, opened.rows).finally(opened.release);
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

async function readNewest(session: Session, rows: ViewRows, request: NewestRowsRequest): Promise<ReadonlyMap<string, NewestRow>> {
  const { joinKeys, features } = request.view;
  const fields = [
    ...joinKeys.map(({ name, type }, index) => ({ name, type: type as ValueType, sql: keyColumn(index) })),
    { name: "ev", type: "timestamp" as const, sql: "ev" },
    { name: "cr", type: "timestamp" as const, sql: "cr" },
    ...features.map(({ name, type }, index) => ({ name, type, sql: featureColumn(index) })),
  ];
  const from = selectRows(rows, { features: features.map((_, index) => index), where: rowsOfKeys(rows, request) });
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
