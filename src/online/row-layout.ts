import { type FeatureField, itemType, type ScalarType, type ValueType } from "../domain/index.ts";
import { LarderError, type Micros } from "../kit/index.ts";
import { byteAt, sortableInt64At, uint32At } from "./row-words.ts";

/*
 * A packed row, layout 1. Numbers are little-endian, but for the two times: those are big-endian with the sign flipped, so that
 * comparing the first 16 bytes compares rows (absent created time: the lowest).
 *   0  event time     8  created time     16  layout id     17  a bit per feature: set where it is null
 *   then a slot per feature, in the order of their names: the value of a type with a width (zeros for null), or, for strings,
 *   bytes and lists, where its bytes end in the heap, counted from the heap's start; then the heap.
 * A list in the heap: its length (4 bytes), 1 when items may be null (then a bit per item) else 0, then the items: side by side
 * where they have a width, else each with its length (4 bytes) before it.
 */

export const LAYOUT_ID = 1;
export const CREATED_OFFSET = 8;
export const LAYOUT_OFFSET = 16;
const BITMAP_OFFSET = 17;

/** Bytes of a scalar value in a row; null: it lies in the heap. */
export const ROW_WIDTHS: Readonly<Record<ScalarType, 1 | 4 | 8 | null>> = {
  bool: 1,
  int32: 4,
  float32: 4,
  int64: 8,
  float64: 8,
  unix_timestamp: 8,
  timestamp: 8,
  string: null,
  bytes: null,
};

/** Where one feature's value stands in a row. */
export interface Slot {
  readonly name: string;
  readonly type: ValueType;
  readonly nullByte: number;
  readonly nullBit: number;
  readonly offset: number;
  readonly inHeap: boolean;
  /** The slot that says where this value begins in the heap; null: at its start. */
  readonly previousEnd: number | null;
}

export interface RowLayout {
  readonly slots: readonly Slot[];
  readonly heapStart: number;
}

/** The packed rows while they are written. `heaps` is where each row's heap has come to. */
export interface RowsWriting {
  readonly layout: RowLayout;
  readonly values: Buffer;
  readonly view: DataView;
  readonly rows: Uint32Array;
  readonly starts: Uint32Array;
  readonly heaps: Uint32Array;
}

export function rowLayout(features: readonly Pick<FeatureField, "name" | "type">[]): RowLayout {
  let offset = BITMAP_OFFSET + Math.ceil(features.length / 8);
  let previousEnd: number | null = null;
  const slots = features.map(({ name, type }, index): Slot => {
    const width = type === itemType(type) ? ROW_WIDTHS[itemType(type)] : null;
    const inHeap = width === null;
    const slot: Slot = { name, type, nullByte: BITMAP_OFFSET + (index >> 3), nullBit: 1 << (index & 7), offset, inHeap, previousEnd };
    if (inHeap) previousEnd = offset;
    offset += width ?? 4;
    return slot;
  });
  return { slots, heapStart: offset };
}

export function slotOf({ slots }: RowLayout, feature: string): Slot {
  const slot = slots.find(({ name }) => name === feature);
  if (slot === undefined) throw new LarderError("internal", `This version of the view has no feature "${feature}".`);
  return slot;
}

/** Throws when the bytes are no row of this layout: written by another release, or cut short. */
export function checkRow({ heapStart }: RowLayout, row: Uint8Array): void {
  if (row.length >= heapStart && row[LAYOUT_OFFSET] === LAYOUT_ID) return;
  throw new LarderError("internal", `A row of the online store is in a form (layout ${row[LAYOUT_OFFSET] ?? "none"}) that this release cannot read.`, {
    hint: "Another release wrote it, or it was damaged: run this release's materialize for the view.",
  });
}

/** Event time of a packed row. */
export function eventTimeOf(row: Uint8Array): Micros {
  return sortableInt64At(row, 0);
}

/** Where a heap value begins and ends in the row. */
export function heapStartOf({ heapStart }: RowLayout, { previousEnd }: Slot, row: Uint8Array): number {
  return heapStart + (previousEnd === null ? 0 : uint32At(row, previousEnd));
}

export function heapEndOf({ heapStart }: RowLayout, { offset }: Slot, row: Uint8Array): number {
  return heapStart + uint32At(row, offset);
}

export function isNullAt({ nullByte, nullBit }: Slot, row: Uint8Array): boolean {
  return (byteAt(row, nullByte) & nullBit) !== 0;
}
