import type { Micros } from "../kit/index.ts";
import { compareRowTimes, type RowTimes } from "./row-order.ts";
import { isExpired } from "./ttl.ts";

export interface AsOfRule {
  readonly ttlSeconds: number | null;
  /** With it, rows created later than the entity row's time less this delay do not exist yet. */
  readonly knownAtDelaySeconds: number | null;
}

/** Whether a feature row may answer an entity row of this time, keys being equal. */
export function isVisible(row: RowTimes, entityTime: Micros, rule: AsOfRule): boolean {
  if (row.event > entityTime || isExpired(row.event, rule.ttlSeconds, entityTime)) return false;
  if (rule.knownAtDelaySeconds === null) return true;
  return (row.created ?? row.event) <= entityTime - BigInt(rule.knownAtDelaySeconds) * 1_000_000n;
}

/** The point-in-time answer over the rows of one entity key, in the order of arrival: the reference that engines are held to. */
export function asOf<Row extends RowTimes>(rows: readonly Row[], entityTime: Micros, rule: AsOfRule): Row | null {
  let best: Row | null = null;
  for (const row of rows) {
    if (isVisible(row, entityTime, rule) && (best === null || compareRowTimes(row, best) >= 0)) best = row;
  }
  return best;
}
