import { allocateColumnData, type Column, type ColumnBatch, type FeatureValue, isListType, NO_CREATED_TIME, type ValueType } from "../domain/index.ts";

/** A row as a test writes it: times in microseconds, values by name. */
export interface TestRow {
  readonly event: bigint;
  readonly created: bigint | null;
  readonly values: Readonly<Record<string, FeatureValue>>;
}

interface NamedType {
  readonly name: string;
  readonly type: ValueType;
}

/** Rows as columns; a name that a row does not have is null. */
export function columnBatch(fields: readonly NamedType[], rows: readonly TestRow[]): ColumnBatch {
  return {
    rowCount: rows.length,
    event: BigInt64Array.from(rows, ({ event }) => event),
    created: BigInt64Array.from(rows, ({ created }) => created ?? NO_CREATED_TIME),
    columns: new Map(fields.map((field) => [field.name, toColumn(field, rows)])),
  };
}

function toColumn({ name, type }: NamedType, rows: readonly TestRow[]): Column {
  const data = (isListType(type) ? new Array<FeatureValue>(rows.length).fill(null) : allocateColumnData(type, rows.length)) as FeatureValue[];
  const valid = new Uint8Array(rows.length);
  rows.forEach(({ values }, row) => {
    const value = values[name] ?? null;
    if (value === null) return;
    valid[row] = 1;
    data[row] = typeof value === "boolean" ? Number(value) : value;
  });
  return { name, type, valid: valid.includes(0) ? valid : null, data };
}
