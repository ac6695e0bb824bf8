import type { ViewVersion } from "../domain/index.ts";
import type { RequestColumns } from "./entity-columns.ts";
import type { RowTransformer } from "./port.ts";
import { commonLength } from "./typed-rows.ts";

/** Columns through a view's transform, which takes and gives rows: it may drop, add and reorder them. */
export async function transformColumns(transformer: RowTransformer, view: ViewVersion, input: RequestColumns): Promise<RequestColumns> {
  const rowCount = commonLength(input);
  const names = Object.keys(input);
  const rows = Array.from({ length: rowCount }, (_, row) => Object.fromEntries(names.map((name) => [name, input[name]?.[row] ?? null])));
  const transformed = await transformer.transformRows(view, rows);
  const columns = new Map<string, unknown[]>();
  transformed.forEach((row, index) => {
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name) ?? new Array<unknown>(transformed.length).fill(null);
      column[index] = value;
      columns.set(name, column);
    }
  });
  return Object.fromEntries(columns);
}
