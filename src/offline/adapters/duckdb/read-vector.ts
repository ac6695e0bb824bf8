import { DuckDBBlobVector, DuckDBBooleanVector, type DuckDBDataChunk, DuckDBListVector, DuckDBVarCharVector, type DuckDBVector } from "@duckdb/node-api";
import {
  allocateColumnData,
  type Column,
  type ColumnData,
  type FeatureValue,
  isListType,
  itemType,
  type ScalarType,
  type ValueType,
} from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";

/*
 * Vectors of the engine → columns of ours, without an object per row. Numbers are copied array by array; columns must have their stored
 * type (see value-types.ts).
 */

export interface ColumnBuilder {
  readonly name: string;
  readonly type: ValueType;
  append(chunk: DuckDBDataChunk, columnIndex: number, offset: number): void;
  finish(): Column;
}

/** Gathers one column of `rowCount` rows from chunks. */
export function columnBuilder(name: string, type: ValueType, rowCount: number): ColumnBuilder {
  const data = isListType(type) ? new Array<FeatureValue>(rowCount).fill(null) : allocateColumnData(type as ScalarType, rowCount);
  const valid = new Uint8Array(rowCount).fill(1);
  let hasNulls = false;
  return {
    name,
    type,
    append(chunk, columnIndex, offset) {
      const vector = chunk.getColumnVector(columnIndex);
      const count = chunk.rowCount;
      if (markNulls(vector, count, valid, offset)) hasNulls = true;
      copyValues(vector, type, count, data, valid, offset);
    },
    finish: () => ({ name, type, valid: hasNulls ? valid : null, data: data as ColumnData }),
  };
}

interface Validity {
  readonly data: BigUint64Array | null;
  readonly offset: number;
}

/** The engine's own bits; private in its types, there in every vector of 1.5. */
function validityOf(vector: DuckDBVector): Validity {
  const { validity } = vector as unknown as { readonly validity?: Validity };
  if (validity === undefined) throw new LarderError("internal", "A vector of the offline engine has no validity.");
  return validity;
}

function markNulls(vector: DuckDBVector, count: number, valid: Uint8Array, offset: number): boolean {
  const validity = validityOf(vector);
  if (validity.data === null) return false;
  const bits = new Uint8Array(validity.data.buffer, validity.data.byteOffset, validity.data.byteLength);
  let hasNulls = false;
  for (let row = 0; row < count; row += 1) {
    const bit = validity.offset + row;
    if ((((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1) continue;
    valid[offset + row] = 0;
    hasNulls = true;
  }
  return hasNulls;
}

type Data = ReturnType<typeof allocateColumnData>;

function copyValues(vector: DuckDBVector, type: ValueType, count: number, data: Data, valid: Uint8Array, offset: number): void {
  const items = itemsOf(vector);
  if (items instanceof BigInt64Array && data instanceof BigInt64Array) data.set(items.subarray(0, count), offset);
  else if (items instanceof Int32Array && data instanceof Int32Array) data.set(items.subarray(0, count), offset);
  else if (items instanceof Float32Array && data instanceof Float32Array) data.set(items.subarray(0, count), offset);
  else if (items instanceof Float64Array && data instanceof Float64Array) data.set(items.subarray(0, count), offset);
  else if (vector instanceof DuckDBBooleanVector && data instanceof Uint8Array) {
    for (let row = 0; row < count; row += 1) data[offset + row] = vector.getItem(row) === true ? 1 : 0;
  } else if (Array.isArray(data)) {
    for (let row = 0; row < count; row += 1) data[offset + row] = valid[offset + row] === 1 ? valueAt(vector, itemType(type), row) : null;
  } else throw new LarderError("internal", `A column that should be ${type} came from the offline engine as ${vector.type}.`);
}

/** The engine's own array of numbers, where the vector has one. */
function itemsOf(vector: DuckDBVector): unknown {
  return (vector as unknown as { readonly items?: unknown }).items;
}

/** One value that is no column of numbers: text, bytes, or a list. */
function valueAt(vector: DuckDBVector, type: ScalarType, row: number): FeatureValue {
  if (vector instanceof DuckDBVarCharVector) return vector.getItem(row);
  if (vector instanceof DuckDBBlobVector) return Uint8Array.from(vector.getItemBytes(row) ?? []);
  if (!(vector instanceof DuckDBListVector)) return vector.getItem(row) as FeatureValue;
  const start = vector.getEntryOffset(row);
  const child = vector.childVector;
  return Array.from({ length: vector.getEntryLength(row) }, (_, index) => (child.getItem(start + index) === null ? null : valueAt(child, type, start + index)));
}
