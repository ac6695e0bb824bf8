import type { Session } from "./engine.ts";
import { ROW_ORDER } from "./row-order.ts";
import { keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

export interface WinnerOptions {
  /** Conditions of the rows that may win. */
  readonly good: readonly string[];
  readonly passes: number;
  /** Stretches of rows with winners of their own; absent: all rows are one. */
  readonly stretches?: readonly (readonly string[])[];
}

/** Leaves the places of the winning rows in table `winner`; the number of them, which is the number of keys. */
export async function findWinners(session: Session, rows: ViewRows, { good, passes, stretches = [[]] }: WinnerOptions): Promise<number> {
  await session.run("CREATE TEMP TABLE winner (place BIGINT)");
  let keys = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const part = passes === 1 ? [] : [`hash(${rows.keys.join(", ")}) % ${passes} = ${pass}`];
    for (const stretch of stretches) keys += await findInPart(session, rows, [...good, ...stretch, ...part]);
  }
  return keys;
}

async function findInPart(session: Session, rows: ViewRows, where: readonly string[]): Promise<number> {
  const select = selectRows(rows, { features: [], where });
  const keys = rows.keys.map((_, index) => keyColumn(index));
  const keyList = keys.map((key) => `${key}, `).join("");
  const grouping = keys.length === 0 ? "HAVING count(*) > 0" : `GROUP BY ${keys.join(", ")}`;
  await session.run(`CREATE TEMP TABLE newest AS SELECT ${keyList}max(ev) AS ev, arg_max(r, ev) AS slot FROM (${select}) ${grouping}`);
  const sameKey = keys.map((key) => `AND f.${key} = n.${key}`).join(" ");
  await session.run(`CREATE TEMP TABLE tied AS SELECT n.slot, f.cr, f.r FROM (${select}) f JOIN newest n ON f.ev = n.ev ${sameKey}`);
  await session.run("DROP TABLE newest");
  const [counts] = await session.rows("SELECT count(*), count(*) FILTER (WHERE r = slot) FROM tied");
  const [all, slots = 0] = (counts ?? []).map(Number);
  await session.run(`INSERT INTO winner ${all === slots ? "SELECT slot FROM tied" : `SELECT arg_max(r, ${ROW_ORDER}) FROM tied GROUP BY slot`}`);
  await session.run("DROP TABLE tied");
  return slots;
}
