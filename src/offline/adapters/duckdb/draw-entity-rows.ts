import type { FeatureField, JoinKey, ValueType, ViewVersion } from "../../../domain/index.ts";
import { LarderError, type Micros } from "../../../kit/index.ts";
import type { DrawRequest } from "../../port.ts";
import { sourceColumns } from "./inspect-source.ts";
import { type Opening, readOnce } from "./open-view.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { presentedSql } from "./value-types.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/** Writes a sample of a source's keys and event times as entity rows: the same ones again while the source is the same. Gives their number. */
export async function drawEntityRows(opening: Opening, request: DrawRequest): Promise<number> {
  const view = await sourceAsView(opening, request);
  return readOnce(opening, view, async (session, rows) => {
    const own = drawnColumns(view, request);
    const inner = [...new Set(own.map(({ sql }) => sql))].join(", ");
    const whole = [`${rows.event} IS NOT NULL`, ...rows.keys.map((key) => `${key} IS NOT NULL`), ...(rows.fits === null ? [] : [rows.fits])];
    const where = [...windowOf(rows, request), ...whole];
    const all = selectRows({ ...rows, place: null }, { features: view.features.map((_, index) => index), where });
    const sample = `SELECT * FROM (SELECT DISTINCT ${inner} FROM (${all})) ORDER BY hash(${inner}, ${request.seed}), ${inner} LIMIT ${request.limit}`;
    const shown = own.map(({ name, type, sql }) => `${presentedSql(type, sql)} AS ${quoteIdentifier(name)}`).join(", ");
    await session.run(`COPY (SELECT ${shown} FROM (${sample}) ORDER BY ev, ${inner}) TO ${quoteText(request.out)} (FORMAT parquet)`);
    const [row] = await session.rows(`SELECT count(*) FROM read_parquet(${quoteText(request.out)})`);
    return Number(row?.[0] ?? 0);
  });
}

/** A source read as if it were a view of these keys, so that one reader serves both. */
async function sourceAsView(opening: Opening, { source, keys, keep }: DrawRequest): Promise<ViewVersion> {
  const columns = await sourceColumns(opening, source, null);
  const features = keep.map((name): FeatureField => {
    const column = columns.find((one) => one.name === name);
    if (column?.type) return { name, column: name, type: column.type };
    const problem = column === undefined ? "is not there" : `is ${column.engineType}, which cannot be carried along`;
    throw new LarderError("invalid_argument", `The column "${name}" of source ${source.name} ${problem}.`, {
      hint: `It has ${columns.map((one) => one.name).join(", ")}.`,
    });
  });
  const joinKeys = [...new Map(keys.map(({ column, type }): [string, JoinKey] => [column, { name: column, type }])).values()];
  const { name, type, timestampField, createdTimestampColumn } = source;
  return {
    joinKeys,
    features,
    source: { name, type, timestampField, createdTimestampColumn, query: null, batch: null },
    transform: null,
    project: "",
    view: name,
    versionId: "",
    versionNumber: 0,
    ttlSeconds: null,
    batchSource: source,
    online: false,
  };
}

interface DrawnColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly sql: string;
}

function drawnColumns(view: ViewVersion, { keys, keep, eventTimestampColumn }: DrawRequest): readonly DrawnColumn[] {
  const columns: readonly DrawnColumn[] = [
    ...keys.map(({ name, column, type }) => ({ name, type, sql: keyColumn(view.joinKeys.findIndex((key) => key.name === column)) })),
    { name: eventTimestampColumn, type: "timestamp", sql: "ev" },
    ...keep.map((name, index) => ({ name, type: view.features[index]?.type ?? "string", sql: featureColumn(index) })),
  ];
  const names = columns.map(({ name }) => name.toLowerCase());
  const twice = columns.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twice === undefined) return columns;
  throw new LarderError("invalid_argument", `Two columns of the entity rows would be called "${twice.name}".`, {
    hint: "Leave that column out of those to carry along, or give the event time another name.",
  });
}

function windowOf(rows: ViewRows, { start, end }: { readonly start: Micros | null; readonly end: Micros | null }): readonly string[] {
  return rows.eventWithin(start, end);
}
