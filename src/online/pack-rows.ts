import type { Column, ColumnBatch, ColumnData, ViewSpec } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { addHeapSizes, writeHeapColumn } from "./pack-heap.ts";
import { packKeys } from "./pack-keys.ts";
import type { PackedBatch } from "./port.ts";
import { CREATED_OFFSET, LAYOUT_ID, LAYOUT_OFFSET, type RowsWriting, rowLayout, type Slot } from "./row-layout.ts";
import { canonicalFloat32, HIGH, isNaNWords, LOW, NAN_HIGH, SIGN_BIT, wordsOf } from "./row-words.ts";

export interface PackedRows {
  readonly batch: PackedBatch;
  /** Rows left out because their key has a null in it. */
  readonly skipped: Uint32Array;
}

const BYTES_MAX = 0xffff_ffff; // ends are 32 bits

/**
 * Packs a batch for the online store, column by column: keys and rows in the batch's order. Throws invalid_argument when a join key or
 * feature has no column.
 */
export function packRows(spec: Pick<ViewSpec, "joinKeys" | "features">, columns: ColumnBatch): PackedRows {
  const { keys, keyEnds, rows, skipped, count } = packKeys(spec, columns);
  const layout = rowLayout(spec.features);
  const features = layout.slots.map((slot) => ({ slot, column: featureColumn(slot, columns) }));
  const sizes = new Float64Array(count).fill(layout.heapStart);
  for (const { slot, column } of features) if (slot.inHeap) addHeapSizes(sizes, column, rows);
  const starts = new Uint32Array(count);
  const heaps = new Uint32Array(count);
  const valueEnds = new Uint32Array(count);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    starts[index] = total;
    heaps[index] = total + layout.heapStart;
    total += sizes[index] ?? 0;
    valueEnds[index] = total;
  }
  if (total > BYTES_MAX) throw new LarderError("invalid_argument", "The rows of one batch are over 4 GiB together: pass fewer at a time.");
  const values = Buffer.from(new ArrayBuffer(total));
  const writing: RowsWriting = { layout, values, view: new DataView(values.buffer), rows, starts, heaps };
  writeHeaders(columns, writing);
  for (const { slot, column } of features) writeFeature(slot, column, writing);
  return { batch: { count, keys, keyEnds, values, valueEnds }, skipped };
}

function featureColumn({ name, type }: Slot, { columns }: ColumnBatch): Column {
  const column = columns.get(name);
  if (column === undefined) throw new LarderError("invalid_argument", `The rows have no column "${name}", which is a feature.`, { details: { field: name } });
  if (column.type !== type) throw new LarderError("internal", `Column "${name}" holds ${column.type}, but the feature is ${type}.`);
  return column;
}

function writeHeaders({ event, created }: ColumnBatch, { view, rows, starts }: RowsWriting): void {
  const eventWords = wordsOf(event);
  const createdWords = wordsOf(created);
  for (let index = 0; index < rows.length; index += 1) {
    const pair = 2 * (rows[index] ?? 0);
    const start = starts[index] ?? 0;
    view.setUint32(start, (eventWords[pair + HIGH] ?? 0) ^ SIGN_BIT);
    view.setUint32(start + 4, eventWords[pair + LOW] ?? 0);
    view.setUint32(start + CREATED_OFFSET, (createdWords[pair + HIGH] ?? 0) ^ SIGN_BIT);
    view.setUint32(start + CREATED_OFFSET + 4, createdWords[pair + LOW] ?? 0);
    view.setUint8(start + LAYOUT_OFFSET, LAYOUT_ID);
  }
}

function writeFeature(slot: Slot, column: Column, writing: RowsWriting): void {
  const { data, valid, type } = column;
  if (slot.inHeap) {
    writeHeapColumn(slot, column, writing);
    return;
  }
  if (valid !== null) writeNulls(slot, valid, writing);
  if (data instanceof Float32Array || data instanceof Int32Array) writeWords({ slot, words: wordsOf(data), valid, isFloat: type === "float32" }, writing);
  else if (data instanceof Float64Array || data instanceof BigInt64Array)
    writeDoubleWords({ slot, words: wordsOf(data), valid, isFloat: type === "float64" }, writing);
  else writeBools({ slot, data, valid }, writing);
}

function writeNulls({ nullByte, nullBit }: Slot, valid: Uint8Array, { values, rows, starts }: RowsWriting): void {
  for (let index = 0; index < rows.length; index += 1) {
    if (valid[rows[index] ?? 0] !== 0) continue;
    const byte = (starts[index] ?? 0) + nullByte;
    values[byte] = (values[byte] ?? 0) | nullBit;
  }
}

interface Words {
  readonly slot: Slot;
  readonly words: Uint32Array;
  readonly valid: Uint8Array | null;
  readonly isFloat: boolean;
}

function writeWords({ slot: { offset }, words, valid, isFloat }: Words, { view, rows, starts }: RowsWriting): void {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    if (valid !== null && valid[row] === 0) continue;
    const word = words[row] ?? 0;
    view.setUint32((starts[index] ?? 0) + offset, isFloat ? canonicalFloat32(word) : word, true);
  }
}

function writeDoubleWords({ slot: { offset }, words, valid, isFloat }: Words, { view, rows, starts }: RowsWriting): void {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    if (valid !== null && valid[row] === 0) continue;
    const low = words[2 * row + LOW] ?? 0;
    const high = words[2 * row + HIGH] ?? 0;
    const isNotNumber = isFloat && isNaNWords(low, high);
    const at = (starts[index] ?? 0) + offset;
    view.setUint32(at, isNotNumber ? 0 : low, true);
    view.setUint32(at + 4, isNotNumber ? NAN_HIGH : high, true);
  }
}

function writeBools(
  { slot: { offset }, data, valid }: { slot: Slot; data: ColumnData; valid: Uint8Array | null },
  { values, rows, starts }: RowsWriting,
): void {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    if (valid === null || valid[row] !== 0) values[(starts[index] ?? 0) + offset] = data[row] ? 1 : 0;
  }
}
