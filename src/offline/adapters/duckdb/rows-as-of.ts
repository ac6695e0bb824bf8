import type { Micros } from "../../../kit/index.ts";
import type { NewestRow, RowsAsOf, RowsAsOfRequest } from "../../port.ts";
import { keyLiteral, rowsOfKeys } from "./asked-keys.ts";
import type { Session } from "./engine.ts";
import { withRowsOfKeys } from "./newest-rows.ts";
import type { Opening } from "./open-view.ts";
import { quoteInt64 } from "./quote.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import { ROW_ORDER } from "./row-order.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/** The answer of the point-in-time rule for some keys, each at a moment of its own: one look for the places of the rows, one for the rows. */
export async function rowsAsOf(opening: Opening, request: RowsAsOfRequest): Promise<readonly RowsAsOf[]> {
  const { view, asked, timeoutMs } = request;
  let eventMax = asked[0]?.at;
  if (eventMax === undefined) return [];
  for (const { at } of asked) if (at > eventMax) eventMax = at;
  const reach = { view, keys: asked.map(({ key }) => key), eventMax };
  return withRowsOfKeys(opening, { ...reach, timeoutMs }, async (session, rows) => {
    const where = rowsOfKeys(rows, reach);
    const places = await findPlaces(session, rows, request, where);
    const found = await readRows(
      session,
      rows,
      [...new Set(places.flat())].filter((place) => place !== null),
    );
    const at = (place: bigint | null | undefined): NewestRow | null => (place == null ? null : (found.get(place) ?? null));
    return asked.map((_, index) => ({ newest: at(places[index]?.[0]), known: at(places[index]?.[1]) }));
  });
}

type Places = readonly (readonly (bigint | null)[])[];

/** Per question the place of the newest row, and of the newest that was known at that moment. */
async function findPlaces(session: Session, rows: ViewRows, { view, asked }: RowsAsOfRequest, where: readonly string[]): Promise<Places> {
  const tuples = asked.map(({ key, at }, index) => {
    const parts = key.map((value, part) => keyLiteral(view.joinKeys[part]?.type ?? "string", value));
    return `(${[index, quoteInt64(at), ...parts].join(", ")})`;
  });
  const keyNames = view.joinKeys.map((_, index) => `, a${index}`).join("");
  const same = [...view.joinKeys.map((_, index) => `a.a${index} = f.${keyColumn(index)}`), "f.ev <= a.t"].join(" AND ");
  const best = (filter: string): string => `max({ev: ev, o: ${ROW_ORDER}, r: r})${filter}`;
  const sql = `SELECT n, newest.r, known.r FROM (
    SELECT a.n, ${best("")} AS newest, ${best(" FILTER (WHERE coalesce(cr, ev) <= t)")} AS known
    FROM (VALUES ${tuples.join(", ")}) a(n, t${keyNames}) JOIN (${selectRows(rows, { features: [], where })}) f ON ${same} GROUP BY a.n)`;
  const places: (readonly (bigint | null)[])[] = [];
  for (const [index, newest, known] of await session.rows(sql)) places[Number(index)] = [placeOf(newest), placeOf(known)];
  return places;
}

function placeOf(value: unknown): bigint | null {
  return value === null || value === undefined ? null : BigInt(value as bigint | number);
}

async function readRows(session: Session, rows: ViewRows, places: readonly bigint[]): Promise<ReadonlyMap<bigint, NewestRow>> {
  const { features } = rows.view;
  if (places.length === 0) return new Map();
  const fields = [
    { name: "r", type: "int64" as const, sql: "r::BIGINT" },
    { name: "ev", type: "timestamp" as const, sql: "ev" },
    { name: "cr", type: "timestamp" as const, sql: "cr" },
    ...features.map(({ name, type }, index) => ({ name, type, sql: featureColumn(index) })),
  ];
  const where = [`${rows.place} IN (${places.map(quoteInt64).join(", ")})`];
  const from = selectRows(rows, { features: features.map((_, index) => index), where });
  const { rowCount, columns } = await readTable(session, `SELECT ${fields.map(({ sql }) => sql).join(", ")} FROM (${from})`, fields);
  const found = new Map<bigint, NewestRow>();
  for (let row = 0; row < rowCount; row += 1) {
    const [place, event, created, ...values] = columns.map((column) => valueAtRow(column, row));
    found.set(place as bigint, { event: event as Micros, created: created as Micros | null, values });
  }
  return found;
}
