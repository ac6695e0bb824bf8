import type { Column, ColumnBatch, JoinKey, ScalarType, ViewSpec } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { CONSTANT_KEY, KEY_TAGS, KEY_WIDTHS, lengthSize, writeLength } from "./key-layout.ts";
import { canonicalFloat32, HIGH, isNaNWords, LOW, NAN_HIGH, SIGN_BIT, wordsOf } from "./row-words.ts";
import { utf8Length, writeUtf8 } from "./utf8.ts";

/** Entity keys of many rows, end to end. */
export interface PackedKeys {
  readonly count: number;
  readonly keys: Uint8Array;
  readonly keyEnds: Uint32Array;
  /** The row that each key belongs to. */
  readonly rows: Uint32Array;
  /** Rows with a null in their key: they have none. */
  readonly skipped: Uint32Array;
}

/** The keys while they are written: where to, of which rows, and the offset that each row has come to. */
interface Writing {
  readonly keys: Buffer;
  readonly view: DataView;
  readonly rows: Uint32Array;
  readonly cursors: Uint32Array;
}

/** The entity keys of a batch, column by column. Throws invalid_argument when a join key has no column. */
export function packKeys({ joinKeys }: Pick<ViewSpec, "joinKeys">, batch: Pick<ColumnBatch, "rowCount" | "columns">): PackedKeys {
  const columns = joinKeys.map((key) => keyColumn(key, batch));
  const { rows, skipped } = rowsWithKeys(columns, batch.rowCount);
  const count = rows.length;
  const keyEnds = new Uint32Array(count);
  if (columns.length === 0) {
    for (let index = 0; index < count; index += 1) keyEnds[index] = index + 1;
    return { count, keys: new Uint8Array(count).fill(CONSTANT_KEY), keyEnds, rows, skipped };
  }
  for (const column of columns) addLengths(keyEnds, column, rows);
  const cursors = new Uint32Array(count);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    cursors[index] = total;
    total += keyEnds[index] ?? 0;
    keyEnds[index] = total;
  }
  const keys = Buffer.from(new ArrayBuffer(total));
  const writing = { keys, view: new DataView(keys.buffer), rows, cursors };
  for (const column of columns) writeColumn(column, writing);
  return { count, keys, keyEnds, rows, skipped };
}

function keyColumn({ name, type }: JoinKey, { columns }: Pick<ColumnBatch, "columns">): Column {
  const column = columns.get(name);
  if (column === undefined) throw new LarderError("invalid_argument", `The rows have no column "${name}", which is a join key.`, { details: { field: name } });
  if (column.type !== type) throw new LarderError("internal", `Column "${name}" holds ${column.type}, but the join key is ${type}.`);
  return column;
}

function rowsWithKeys(columns: readonly Column[], rowCount: number): { readonly rows: Uint32Array; readonly skipped: Uint32Array } {
  const isKeyless = new Uint8Array(rowCount);
  for (const { valid, data } of columns) {
    if (valid === null && ArrayBuffer.isView(data)) continue;
    for (let row = 0; row < rowCount; row += 1) {
      if ((valid !== null && valid[row] === 0) || data[row] === null || data[row] === undefined) isKeyless[row] = 1;
    }
  }
  let keyless = 0;
  for (let row = 0; row < rowCount; row += 1) keyless += isKeyless[row] ?? 0;
  const rows = new Uint32Array(rowCount - keyless);
  const skipped = new Uint32Array(keyless);
  for (let row = 0, kept = 0; row < rowCount; row += 1) {
    if (isKeyless[row] === 1) {
      skipped[row - kept] = row;
    } else {
      rows[kept] = row;
      kept += 1;
    }
  }
  return { rows, skipped };
}

function addLengths(lengths: Uint32Array, { type, data }: Column, rows: Uint32Array): void {
  const width = KEY_WIDTHS[type as ScalarType]; // keyColumn compared it with the join key's, which is scalar
  for (let index = 0; index < lengths.length; index += 1) {
    const size = width ?? variableSize(data[rows[index] ?? 0]);
    lengths[index] = (lengths[index] ?? 0) + 1 + size;
  }
}

function variableSize(value: unknown): number {
  const length = typeof value === "string" ? utf8Length(value) : (value as Uint8Array).length; // string or bytes: all other types have a width
  return lengthSize(length) + length;
}

function writeColumn({ data, type }: Column, writing: Writing): void {
  if (data instanceof Int32Array || data instanceof Float32Array) writeWords(type as "int32" | "float32", wordsOf(data), writing);
  else if (data instanceof BigInt64Array || data instanceof Float64Array) writeDoubleWords(type as DoubleWordType, wordsOf(data), writing);
  else if (data instanceof Uint8Array) writeBools(data, writing);
  else writeVariable(type as "string" | "bytes", data as readonly (string | Uint8Array)[], writing);
}

function writeWords(type: "int32" | "float32", words: Uint32Array, { view, rows, cursors }: Writing): void {
  const tag = KEY_TAGS[type];
  for (let index = 0; index < rows.length; index += 1) {
    const word = words[rows[index] ?? 0] ?? 0;
    const offset = cursors[index] ?? 0;
    view.setUint8(offset, tag);
    view.setUint32(offset + 1, type === "int32" ? word ^ SIGN_BIT : equalFloat32(word));
    cursors[index] = offset + 5;
  }
}

type DoubleWordType = "int64" | "unix_timestamp" | "timestamp" | "float64";

function writeDoubleWords(type: DoubleWordType, words: Uint32Array, { view, rows, cursors }: Writing): void {
  const tag = KEY_TAGS[type];
  for (let index = 0; index < rows.length; index += 1) {
    const pair = 2 * (rows[index] ?? 0);
    const low = words[pair + LOW] ?? 0;
    const high = words[pair + HIGH] ?? 0;
    const offset = cursors[index] ?? 0;
    view.setUint8(offset, tag);
    view.setUint32(offset + 1, type === "float64" ? equalFloat64High(low, high) : high ^ SIGN_BIT);
    view.setUint32(offset + 5, type === "float64" && isNaNWords(low, high) ? 0 : low);
    cursors[index] = offset + 9;
  }
}

/** Equal numbers are equal keys: −0 is 0, and all NaNs are one. */
function equalFloat32(word: number): number {
  return word === SIGN_BIT ? 0 : canonicalFloat32(word);
}

function equalFloat64High(low: number, high: number): number {
  if (isNaNWords(low, high)) return NAN_HIGH;
  return high === SIGN_BIT && low === 0 ? 0 : high;
}

function writeBools(data: Uint8Array, { keys, rows, cursors }: Writing): void {
  for (let index = 0; index < rows.length; index += 1) {
    const offset = cursors[index] ?? 0;
    keys[offset] = KEY_TAGS.bool;
    keys[offset + 1] = data[rows[index] ?? 0] === 0 ? 0 : 1;
    cursors[index] = offset + 2;
  }
}

function writeVariable(type: "string" | "bytes", values: readonly (string | Uint8Array)[], { keys, rows, cursors }: Writing): void {
  for (let index = 0; index < rows.length; index += 1) {
    const value = values[rows[index] ?? 0] ?? "";
    const offset = cursors[index] ?? 0;
    keys[offset] = KEY_TAGS[type];
    if (typeof value === "string") {
      cursors[index] = writeUtf8(keys, writeLength(keys, offset + 1, utf8Length(value)), value);
    } else {
      const start = writeLength(keys, offset + 1, value.length);
      keys.set(value, start);
      cursors[index] = start + value.length;
    }
  }
}
