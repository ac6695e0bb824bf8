import type { FeatureValue } from "./value.ts";
import type { ScalarType, ValueType } from "./value-type.ts";

/**
 * Rows as columns: what travels between the offline engine and the online store, so that no object is made per row.
 * Index i of every array belongs to row i; arrays may be longer than `rowCount`.
 */
export interface ColumnBatch {
  readonly rowCount: number;
  /** Event times, microseconds UTC. */
  readonly event: BigInt64Array;
  /** Created times, NO_CREATED_TIME where the row has none. */
  readonly created: BigInt64Array;
  /** Join keys and features by name. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** Lowest int64: sorts below every created time, as the order of rows demands. */
export const NO_CREATED_TIME = -(2n ** 63n);

export interface Column {
  readonly name: string;
  readonly type: ValueType;
  /** 1 where the row has a value; null: every row has one. */
  readonly valid: Uint8Array | null;
  readonly data: ColumnData;
}

/**
 * int32 → Int32Array, float32 → Float32Array, float64 → Float64Array, int64 / unix_timestamp / timestamp → BigInt64Array,
 * bool → Uint8Array of 0 and 1, string → strings, bytes → Uint8Arrays, lists → arrays of items.
 */
export type ColumnData = Int32Array | Float32Array | Float64Array | BigInt64Array | Uint8Array | readonly FeatureValue[];

/** The array that holds `count` values of a scalar type. */
export function allocateColumnData(type: ScalarType, count: number): Int32Array | Float32Array | Float64Array | BigInt64Array | Uint8Array | FeatureValue[] {
  switch (type) {
    case "int32":
      return new Int32Array(count);
    case "float32":
      return new Float32Array(count);
    case "float64":
      return new Float64Array(count);
    case "int64":
    case "unix_timestamp":
    case "timestamp":
      return new BigInt64Array(count);
    case "bool":
      return new Uint8Array(count);
    case "string":
    case "bytes":
      return new Array<FeatureValue>(count).fill(null);
  }
}
