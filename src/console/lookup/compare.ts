import type { FeatureValue } from "../../domain/index.ts";

/** How the online row of a view stands to the newest row of its source. */
export type RowVerdict = "same_time" | "source_newer" | "online_newer" | "not_online" | "online_only" | "nowhere" | "not_served";

export interface RowTimes {
  /** Whether the view is served online at all. */
  readonly online: boolean;
  /** Event times; null: no row. */
  readonly onlineTime: bigint | null;
  readonly sourceTime: bigint | null;
}

export function compareRows({ online, onlineTime, sourceTime }: RowTimes): RowVerdict {
  if (!online) return "not_served";
  if (onlineTime === null) return sourceTime === null ? "nowhere" : "not_online";
  if (sourceTime === null) return "online_only";
  if (onlineTime === sourceTime) return "same_time";
  return onlineTime < sourceTime ? "source_newer" : "online_newer";
}

/** null: there is nothing to compare, because one side has no value to show. */
export type CellVerdict = "equal" | "differs" | null;

export interface CellSides {
  readonly status: "PRESENT" | "NULL_VALUE" | "NOT_FOUND" | "OUTSIDE_MAX_AGE";
  readonly online: unknown;
  readonly hasSource: boolean;
  readonly source: unknown;
}

/** An expired value is not shown, so it cannot be compared. */
export function compareCell({ status, online, hasSource, source }: CellSides): CellVerdict {
  if (!hasSource || status === "NOT_FOUND" || status === "OUTSIDE_MAX_AGE") return null;
  return isSame(online as FeatureValue, source as FeatureValue) ? "equal" : "differs";
}

function isSame(a: FeatureValue, b: FeatureValue): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  const isList = (Array.isArray(a) && Array.isArray(b)) || (a instanceof Uint8Array && b instanceof Uint8Array);
  if (!isList) return false;
  const [left, right] = [a as readonly FeatureValue[], b as readonly FeatureValue[]];
  return left.length === right.length && Array.from(left).every((item, index) => isSame(item, right[index] ?? null));
}
