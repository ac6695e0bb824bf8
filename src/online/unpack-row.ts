import { type FeatureValue, isListType, itemType, NO_CREATED_TIME, type ScalarType, type ViewSpec } from "../domain/index.ts";
import type { Micros } from "../kit/index.ts";
import { CREATED_OFFSET, checkRow, eventTimeOf, heapEndOf, heapStartOf, isNullAt, ROW_WIDTHS, rowLayout, type Slot, slotOf } from "./row-layout.ts";
import { byteAt, float32FromWord, float64FromWords, int64FromWords, sortableInt64At, uint32At } from "./row-words.ts";
import { readUtf8 } from "./utf8.ts";

export interface UnpackedRow {
  readonly event: Micros;
  readonly created: Micros | null;
  /** In the order of the features asked for, else of the spec's. */
  readonly values: readonly FeatureValue[];
}

/** A packed row as values. Throws internal for bytes that are no row of this release. */
export function unpackRow(spec: Pick<ViewSpec, "features">, row: Uint8Array, features?: readonly string[]): UnpackedRow {
  const layout = rowLayout(spec.features);
  checkRow(layout, row);
  const slots = features === undefined ? layout.slots : features.map((name) => slotOf(layout, name));
  const created = sortableInt64At(row, CREATED_OFFSET);
  const values = slots.map((slot): FeatureValue => {
    if (isNullAt(slot, row)) return null;
    if (slot.inHeap) return readHeap(slot, row, { start: heapStartOf(layout, slot, row), end: heapEndOf(layout, slot, row) });
    return readFixed(itemType(slot.type), row, slot.offset);
  });
  return { event: eventTimeOf(row), created: created === NO_CREATED_TIME ? null : created, values };
}

function readHeap({ type }: Slot, row: Uint8Array, { start, end }: { start: number; end: number }): FeatureValue {
  return isListType(type) ? readList(itemType(type), row, start) : readText(itemType(type), row, { start, end });
}

function readText(type: ScalarType, row: Uint8Array, { start, end }: { start: number; end: number }): FeatureValue {
  return type === "string" ? readUtf8(row, start, end) : new Uint8Array(row.subarray(start, end));
}

/** The items of a list whose bytes begin at `start`. */
export function readList(type: ScalarType, row: Uint8Array, start: number): FeatureValue[] {
  const count = uint32At(row, start);
  const isNullable = byteAt(row, start + 4) === 1;
  const width = ROW_WIDTHS[type];
  const items: FeatureValue[] = [];
  let at = start + 5 + (isNullable ? Math.ceil(count / 8) : 0);
  for (let index = 0; index < count; index += 1) {
    const isNull = isNullable && (byteAt(row, start + 5 + (index >> 3)) & (1 << (index & 7))) !== 0;
    const from = width === null ? at + 4 : at;
    const to = from + (width ?? uint32At(row, at));
    if (isNull) items.push(null);
    else items.push(width === null ? readText(type, row, { start: from, end: to }) : readFixed(type, row, from));
    at = to;
  }
  return items;
}

function readFixed(type: ScalarType, row: Uint8Array, offset: number): FeatureValue {
  switch (type) {
    case "bool":
      return byteAt(row, offset) === 1;
    case "int32":
      return uint32At(row, offset) | 0;
    case "float32":
      return float32FromWord(uint32At(row, offset));
    case "float64":
      return float64FromWords(uint32At(row, offset), uint32At(row, offset + 4));
    case "int64":
    case "unix_timestamp":
    case "timestamp":
      return int64FromWords(uint32At(row, offset), uint32At(row, offset + 4));
    case "string":
    case "bytes":
      throw new TypeError(`a ${type} lies in the heap`);
  }
}
