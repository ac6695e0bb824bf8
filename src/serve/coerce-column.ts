import { allocateColumnData, type Column, type ColumnData, coerceJson, type FeatureValue, isListType, type ValueType } from "../domain/index.ts";

/** Told once per value that does not fit, with the row and the reason. */
export type Refuse = (row: number, reason: string) => void;

/** JSON values of one column as typed data. What does not fit is refused and left null; nothing is wrapped or cut. */
export function coerceColumn(name: string, type: ValueType, input: readonly unknown[], refuse: Refuse): Column {
  const count = input.length;
  const data = isListType(type) ? new Array<FeatureValue>(count).fill(null) : allocateColumnData(type, count);
  const valid = new Uint8Array(count);
  const filled = fillFast(type, input, data, valid);
  if (filled === count) return { name, type, valid: null, data };
  let isComplete = true;
  for (let row = 0; row < count; row += 1) {
    if (valid[row] === 1) continue;
    const coerced = coerceJson(type, input[row]);
    if (!coerced.ok) refuse(row, coerced.reason);
    if (coerced.ok && coerced.value !== null) put(data, valid, row, coerced.value);
    else isComplete = false;
  }
  return { name, type, valid: isComplete ? null : valid, data };
}

/** Takes the plain cases of a type in one tight loop; what it leaves goes through coerceJson. The number of values taken. */
function fillFast(type: ValueType, input: readonly unknown[], data: ColumnData, valid: Uint8Array): number {
  switch (type) {
    case "int32":
      return fillNumbers(input, data as Int32Array, valid, (value) => value === (value | 0));
    case "float64":
      return fillNumbers(input, data as Float64Array, valid, () => true);
    case "float32":
      return fillNumbers(input, data as Float32Array, valid, (value) => Math.abs(value) <= FLOAT32_SAFE);
    case "int64":
    case "unix_timestamp":
      return fillBigInts(input, data as BigInt64Array, valid);
    case "string":
      return fillStrings(input, data as FeatureValue[], valid);
    default:
      return 0;
  }
}

/** Numbers up to here certainly have a finite float32. */
const FLOAT32_SAFE = 3.4e38;

function fillNumbers(input: readonly unknown[], data: Int32Array | Float32Array | Float64Array, valid: Uint8Array, fits: (value: number) => boolean): number {
  let filled = 0;
  for (let row = 0; row < input.length; row += 1) {
    const value = input[row];
    if (typeof value !== "number" || !fits(value)) continue;
    data[row] = value;
    valid[row] = 1;
    filled += 1;
  }
  return filled;
}

function fillBigInts(input: readonly unknown[], data: BigInt64Array, valid: Uint8Array): number {
  let filled = 0;
  for (let row = 0; row < input.length; row += 1) {
    const value = input[row];
    if (typeof value !== "number" || !Number.isSafeInteger(value)) continue;
    data[row] = BigInt(value);
    valid[row] = 1;
    filled += 1;
  }
  return filled;
}

function fillStrings(input: readonly unknown[], data: FeatureValue[], valid: Uint8Array): number {
  let filled = 0;
  for (let row = 0; row < input.length; row += 1) {
    const value = input[row];
    if (typeof value !== "string") continue;
    data[row] = value;
    valid[row] = 1;
    filled += 1;
  }
  return filled;
}

function put(data: ColumnData, valid: Uint8Array, row: number, value: FeatureValue): void {
  // coerceJson gave a value of the column's type, so it fits the column's array; bool is 0 or 1 there.
  (data as FeatureValue[])[row] = data instanceof Uint8Array && typeof value === "boolean" ? Number(value) : value;
  valid[row] = 1;
}

/** The value of one row, null where it has none. */
export function valueAt(column: Column, row: number): FeatureValue {
  if (column.valid !== null && column.valid[row] !== 1) return null;
  const value = column.data[row] ?? null;
  return column.type === "bool" ? value === 1 : value;
}
