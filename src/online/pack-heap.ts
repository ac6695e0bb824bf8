import { type Column, type FeatureValue, isListType, itemType, type ScalarType, type ValueType } from "../domain/index.ts";
import { ROW_WIDTHS, type RowsWriting, type Slot } from "./row-layout.ts";
import { NAN_HIGH } from "./row-words.ts";
import { utf8Length, writeUtf8 } from "./utf8.ts";

/** Adds what each row's value of this column takes in the heap. */
export function addHeapSizes(sizes: Float64Array, { type, data, valid }: Column, rows: Uint32Array): void {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = valueAt(data as readonly FeatureValue[], valid, row);
    if (value !== null) sizes[index] = (sizes[index] ?? 0) + heapSize(type, value);
  }
}

/** Writes a column of strings, bytes or lists; columns must come in the order of their slots. */
export function writeHeapColumn({ offset, nullByte, nullBit }: Slot, { type, data, valid }: Column, writing: RowsWriting): void {
  const { layout, values, view, rows, starts, heaps } = writing;
  for (let index = 0; index < rows.length; index += 1) {
    const start = starts[index] ?? 0;
    const value = valueAt(data as readonly FeatureValue[], valid, rows[index] ?? 0);
    let end = heaps[index] ?? 0;
    if (value === null) values[start + nullByte] = (values[start + nullByte] ?? 0) | nullBit;
    else end = writeHeapValue({ values, view, offset: end }, type, value);
    view.setUint32(start + offset, end - start - layout.heapStart, true);
    heaps[index] = end;
  }
}

function valueAt(data: readonly FeatureValue[], valid: Uint8Array | null, row: number): FeatureValue {
  return valid !== null && valid[row] === 0 ? null : (data[row] ?? null);
}

interface Target {
  readonly values: Buffer;
  readonly view: DataView;
  readonly offset: number;
}

/** Bytes of a string, byte array or list without its own length. */
function heapSize(type: ValueType, value: FeatureValue): number {
  if (typeof value === "string") return utf8Length(value);
  if (value instanceof Uint8Array) return value.length;
  const items = value as readonly FeatureValue[]; // heap values are strings, bytes or lists
  const width = ROW_WIDTHS[itemType(type)];
  let size = 5 + (hasNull(items) ? Math.ceil(items.length / 8) : 0);
  if (width !== null) return size + width * items.length;
  for (const item of items) size += 4 + (item === null ? 0 : heapSize(itemType(type), item));
  return size;
}

/** Writes such a value; the offset after it. */
function writeHeapValue(target: Target, type: ValueType, value: FeatureValue): number {
  const { values, offset } = target;
  if (typeof value === "string") return writeUtf8(values, offset, value);
  if (value instanceof Uint8Array) {
    values.set(value, offset);
    return offset + value.length;
  }
  if (!isListType(type)) throw new TypeError(`a ${type} column holds a value that is none`);
  return writeList(target, itemType(type), value as readonly FeatureValue[]);
}

function writeList(target: Target, type: ScalarType, items: readonly FeatureValue[]): number {
  const { values, view, offset } = target;
  const isNullable = hasNull(items);
  view.setUint32(offset, items.length, true);
  values[offset + 4] = isNullable ? 1 : 0;
  let at = offset + 5 + (isNullable ? Math.ceil(items.length / 8) : 0);
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] ?? null;
    if (item === null) {
      const byte = offset + 5 + (index >> 3);
      values[byte] = (values[byte] ?? 0) | (1 << (index & 7));
    }
    at = writeItem({ values, view, offset: at }, type, item);
  }
  return at;
}

function hasNull(items: readonly FeatureValue[]): boolean {
  return items.includes(null);
}

function writeItem(target: Target, type: ScalarType, item: FeatureValue): number {
  const { view, offset } = target;
  const width = ROW_WIDTHS[type];
  if (width === null) {
    const end = item === null ? offset + 4 : writeHeapValue({ ...target, offset: offset + 4 }, type, item);
    view.setUint32(offset, end - offset - 4, true);
    return end;
  }
  if (typeof item === "bigint") view.setBigInt64(offset, item, true);
  else if (typeof item === "boolean") view.setUint8(offset, item ? 1 : 0);
  else if (typeof item === "number") writeNumber(view, offset, { type, item });
  return offset + width;
}

function writeNumber(view: DataView, offset: number, { type, item }: { type: ScalarType; item: number }): void {
  const isNotNumber = Number.isNaN(item); // written by hand, so that every NaN has the same bytes
  if (type === "int32") view.setInt32(offset, item, true);
  else if (type === "float32" && isNotNumber) view.setUint32(offset, 0x7fc0_0000, true);
  else if (type === "float32") view.setFloat32(offset, item, true);
  else if (isNotNumber) view.setUint32(offset + 4, NAN_HIGH, true);
  else view.setFloat64(offset, item, true);
}
