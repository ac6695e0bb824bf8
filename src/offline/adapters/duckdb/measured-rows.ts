import type { WindowColumn } from "../../port.ts";
import type { Session } from "./engine.ts";

/** Rows ready to be profiled: a SELECT with the measured columns m0, m1, … and `pr`, a random number below 2^53 that belongs to the row. */
export interface MeasuredRows {
  readonly session: Session;
  readonly select: string;
  readonly rows: number;
  readonly columns: readonly WindowColumn[];
  /** What the engine may hold in memory. */
  readonly memoryLimitMb: number;
}

/** One column of the SELECT. */
export interface MeasuredColumn extends WindowColumn {
  /** Its name there. */
  readonly sql: string;
}

export const measuredName = (index: number): string => `m${index}`;

/** A number below 2^53, which a double holds exactly, out of what tells a row from others. */
export function prioritySql(identity: readonly string[]): string {
  return `(hash(${identity.join(", ")}) >> 11)::DOUBLE`;
}

/** A measured number where it is finite. */
export function finiteSql(name: string): string {
  return `CASE WHEN isfinite(${name}) THEN ${name} END`;
}
