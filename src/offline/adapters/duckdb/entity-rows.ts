import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { JoinKey } from "../../../domain/index.ts";
import { LarderError, type Micros } from "../../../kit/index.ts";
import type { JoinRequest } from "../../port.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { Session } from "./engine.ts";
import type { Opening } from "./open-view.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { describeColumns } from "./read-source.ts";
import { rowFileReader } from "./row-file.ts";
import type { ErrorContext } from "./translate-error.ts";
import { type EngineType, withArticle } from "./value-types.ts";

/** The entity rows as Parquet, each found by its number in the file, with their keys as each view declares them. */
export interface EntityRows {
  /** What stands after FROM; has `file_row_number`. */
  readonly from: string;
  readonly columns: ReadonlyMap<string, EngineType>;
  readonly rowCount: number;
  /** Microseconds, null where the row has no time. */
  readonly time: string;
  readonly timeMin: Micros | null;
  readonly timeMax: Micros | null;
  release(): Promise<void>;
}

const CONTEXT: ErrorContext = { failure: "The file of entity rows cannot be read", code: "invalid_argument" };

type EntityRowsRequest = Pick<JoinRequest, "entityRows" | "eventTimestampColumn" | "views">;

/** Opens the entity rows, or a sample of so many. Throws invalid_argument naming the column, row and value that are wrong. */
export async function openEntityRows(opening: Opening, session: Session, request: EntityRowsRequest, sampleRows: number | null): Promise<EntityRows> {
  const { entityRows, eventTimestampColumn } = request;
  const copy = entityRows.format === "parquet" && sampleRows === null ? null : join(opening.engine.options.tempDirectory, `entities-${randomUUID()}.parquet`);
  const release = async (): Promise<void> => {
    if (copy !== null) await rm(copy, { force: true });
  };
  try {
    const sample = sampleRows === null ? "" : ` USING SAMPLE reservoir(${sampleRows} ROWS) REPEATABLE (1)`;
    if (copy !== null) await session.run(`COPY (SELECT * FROM ${await reader(session, request)}${sample}) TO ${quoteText(copy)} (FORMAT parquet)`, CONTEXT);
    const from = `read_parquet(${quoteText(copy ?? entityRows.path)}, hive_partitioning = false)`;
    const columns = await describeColumns(session, `SELECT * FROM ${from}`, CONTEXT);
    const time = await timeColumn(session, from, columns, eventTimestampColumn);
    const [row] = await session.rows(`SELECT count(*), min(${time}), max(${time}) FROM ${from}`, CONTEXT);
    const bound = (value: unknown): Micros | null => (typeof value === "bigint" ? value : null);
    return { from, columns, rowCount: Number(row?.[0] ?? 0), time, timeMin: bound(row?.[1]), timeMax: bound(row?.[2]), release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** A join key of a view over the entity rows, typed as the view declares it; a number that this type cannot hold matches nothing. */
export async function entityKey(session: Session, entities: EntityRows, key: JoinKey, column: string, view: string): Promise<string> {
  const engineType = entities.columns.get(column);
  if (engineType === undefined) {
    const mapped = column === key.name ? "" : ` under the name ${column}`;
    throw new LarderError("invalid_argument", `The entity rows have no column "${column}": the view "${view}" needs its join key ${key.name}${mapped}.`, {
      hint: `They have ${[...entities.columns.keys()].join(", ")}.`,
    });
  }
  const raw = { sql: quoteIdentifier(column), engineType };
  const isNothing = engineType === '"NULL"' || engineType === "NULL";
  const coercion = isNothing ? null : coerceColumn(raw, key.type);
  if (coercion === null && !isNothing) {
    throw new LarderError(
      "invalid_argument",
      `The entity rows' column "${column}" is ${engineType}: it cannot be compared with ${key.name} of "${view}", ${key.type}.`,
    );
  }
  if (coercion?.ok && engineType === "VARCHAR") await refuseUnfit(session, entities, { column, ok: coercion.ok, type: key.type });
  return coercion?.sql ?? "NULL";
}

/** Text that should have been a number is a mistake that nobody wants to find out by empty features. */
async function refuseUnfit(
  session: Session,
  { from }: Pick<EntityRows, "from">,
  { column, ok, type }: { readonly column: string; readonly ok: string; readonly type: string },
): Promise<void> {
  const name = quoteIdentifier(column);
  const [bad] = await session.rows(`SELECT file_row_number + 1, ${name} FROM ${from} WHERE NOT ${ok} ORDER BY 1 LIMIT 1`, CONTEXT);
  if (bad === undefined) return;
  throw new LarderError("invalid_argument", `Entity row ${bad[0]}: ${column} ${JSON.stringify(String(bad[1]))} is not ${withArticle(type)}.`);
}

async function timeColumn(session: Session, from: string, columns: ReadonlyMap<string, EngineType>, column: string): Promise<string> {
  const engineType = columns.get(column);
  if (engineType === undefined) {
    throw new LarderError("invalid_argument", `The entity rows have no column "${column}" to say when each row happened.`, {
      hint: `They have ${[...columns.keys()].join(", ")}; name another with --event-timestamp.`,
    });
  }
  const coercion = coerceColumn({ sql: quoteIdentifier(column), engineType }, "timestamp");
  if (coercion === null) {
    throw new LarderError("invalid_argument", `The entity rows' column "${column}" is ${engineType}, not a time.`, {
      hint: "Store it as a timestamp, or as ISO 8601 text.",
    });
  }
  if (coercion.ok !== null) await refuseUnfit(session, { from }, { column, ok: coercion.ok, type: "timestamp" });
  return coercion.sql;
}

/** Types are guessed from the whole file; join keys that are text stay text ("007" is no number). */
async function reader(session: Session, request: EntityRowsRequest): Promise<string> {
  const { entityRows } = request;
  if (entityRows.format !== "csv") return rowFileReader(entityRows);
  const csv = (types: string): string => `read_csv(${quoteText(entityRows.path)}, header = true, sample_size = -1${types})`;
  const columns = await describeColumns(session, `SELECT * FROM ${csv("")}`, CONTEXT);
  const textKeys = request.views.flatMap(({ view, joinKeyMap }) =>
    view.joinKeys.filter(({ type }) => type === "string").map(({ name }) => joinKeyMap[name] ?? name),
  );
  const types = [...new Set(textKeys)].filter((name) => columns.has(name)).map((name) => `${quoteText(name)}: 'VARCHAR'`);
  return csv(types.length === 0 ? "" : `, types = {${types.join(", ")}}`);
}
