import type { Micros } from "../kit/index.ts";

/** What decides between two rows of one entity key, besides arrival. */
export interface RowTimes {
  readonly event: Micros;
  readonly created: Micros | null; // null is lowest
}

/**
 * The order of rows of one entity key: event time, then created time (null lowest). Negative: `a` is older.
 * At 0 the row that arrived later replaces the other.
 */
export function compareRowTimes(a: RowTimes, b: RowTimes): number {
  if (a.event !== b.event) return a.event < b.event ? -1 : 1;
  if (a.created === b.created) return 0;
  if (a.created === null) return -1;
  if (b.created === null) return 1;
  return a.created < b.created ? -1 : 1;
}

/** Whether a row that arrives takes the place of the one that is there. */
export function replaces(arriving: RowTimes, present: RowTimes | null): boolean {
  return present === null || compareRowTimes(arriving, present) >= 0;
}
