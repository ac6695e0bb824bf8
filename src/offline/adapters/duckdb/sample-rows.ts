import type { ValueType } from "../../../domain/index.ts";
import type { SampleRequest, Table } from "../../port.ts";
import { batchSourceOfView, type Opening, readOnce } from "./open-view.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/** The newest rows of a view, or some of its entity keys in order. */
export async function sampleRows(opening: Opening, { view, limit, of }: SampleRequest): Promise<Table> {
  const { timestampField, createdTimestampColumn } = batchSourceOfView(view);
  const keys = view.joinKeys.map(({ name, type }, index) => ({ name, type: type as ValueType, sql: keyColumn(index) }));
  const times = [{ name: timestampField, type: "timestamp" as const, sql: "ev" }];
  if (createdTimestampColumn !== null) times.push({ name: createdTimestampColumn, type: "timestamp", sql: "cr" });
  const features = view.features.map(({ name, type }, index) => ({ name, type, sql: featureColumn(index) }));
  const fields = of === "keys" ? keys : [...keys, ...times, ...features];
  if (fields.length === 0) return { columns: [], rows: [] };
  return readOnce(opening, view, async (session, rows) => {
    const names = fields.map(({ sql }) => sql).join(", ");
    const from = selectRows({ ...rows, place: null }, { features: of === "keys" ? [] : view.features.map((_, index) => index), where: whole(rows) });
    const distinct = `SELECT DISTINCT ${names} FROM (${from}) ORDER BY ${names} LIMIT ${limit}`;
    const newest = `SELECT ${names} FROM (${from}) ORDER BY ev DESC, cr DESC NULLS LAST LIMIT ${limit}`;
    const { rowCount, columns } = await readTable(session, of === "keys" ? distinct : newest, fields);
    return {
      columns: fields.map(({ name, type }) => ({ name, type })),
      rows: Array.from({ length: rowCount }, (_, row) => columns.map((column) => valueAtRow(column, row))),
    };
  });
}

/** Rows that a run would not reject. */
function whole(rows: ViewRows): readonly string[] {
  return [`${rows.event} IS NOT NULL`, ...rows.keys.map((key) => `${key} IS NOT NULL`), ...(rows.fits === null ? [] : [rows.fits])];
}
