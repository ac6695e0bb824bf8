import type { FeatureValue, ValueType } from "../domain/index.ts";
import type { Micros } from "../kit/index.ts";
import { unpackRow } from "../online/index.ts";
import { valueAt } from "./coerce-column.ts";
import type { PlannedOutput } from "./read-plan.ts";
import { type EntityRowsRead, EXPIRED, LIVE, type ReadInput, type RowsRead, readRows } from "./read-rows.ts";
import type { ServeDeps } from "./serve-deps.ts";

export type FeatureStatus = "PRESENT" | "NULL_VALUE" | "NOT_FOUND" | "OUTSIDE_MAX_AGE";

/** One column of the answer as values. */
export interface OnlineColumn {
  readonly name: string;
  /** null: of a feature that no ready version has. */
  readonly type: ValueType | null;
  /** The view it comes from; null: a join key. */
  readonly view: string | null;
  readonly values: readonly FeatureValue[];
  readonly statuses: readonly FeatureStatus[];
  /** null where there is no row, and for join keys. */
  readonly eventTimes: readonly (Micros | null)[];
}

/** The newest feature values of some entities, join keys first; rows in the order of the request. Throws as readRows does. */
export async function readOnlineFeatures(deps: ServeDeps, input: ReadInput): Promise<readonly OnlineColumn[]> {
  const read = await readRows(deps, input);
  const { rowCount, echo } = read.entities;
  const keys = echo.map((column): OnlineColumn => {
    const values = Array.from({ length: rowCount }, (_, row) => valueAt(column, row));
    return { name: column.name, type: column.type, view: null, values, statuses: values.map(() => "PRESENT"), eventTimes: values.map(() => null) };
  });
  return [...keys, ...read.plan.outputs.map((output) => outputColumn(read, output))];
}

function outputColumn({ plan, reads, entities }: EntityRowsRead, { name, feature, viewName, from }: PlannedOutput): OnlineColumn {
  const planned = from === null ? undefined : plan.reads[from.read];
  const read = from === null ? undefined : reads[from.read];
  if (planned === undefined || read === undefined) {
    const nothing = new Array<null>(entities.rowCount).fill(null);
    return { name, type: null, view: viewName, values: nothing, statuses: nothing.map(() => "NOT_FOUND"), eventTimes: nothing };
  }
  const values = read.rows.map((row, index) =>
    row !== null && read.states[index] === LIVE ? (unpackRow(planned.view, row, [feature]).values[0] ?? null) : null,
  );
  return {
    name,
    type: planned.view.features.find((field) => field.name === feature)?.type ?? null,
    view: viewName,
    values,
    statuses: values.map((value, index) => statusOf(read, index, value)),
    eventTimes: read.rows.map((row) => (row === null ? null : planned.reader.eventTime(row))),
  };
}

function statusOf({ rows, states }: RowsRead, index: number, value: FeatureValue): FeatureStatus {
  if (rows[index] === null) return "NOT_FOUND";
  if (states[index] === EXPIRED) return "OUTSIDE_MAX_AGE";
  return value === null ? "NULL_VALUE" : "PRESENT";
}
