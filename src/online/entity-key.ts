import { allocateColumnData, type Column, type FeatureValue, type JoinKey, type ScalarType, type ViewSpec } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { CONSTANT_KEY, KEY_TAGS, KEY_WIDTHS, readLength } from "./key-layout.ts";
import { packKeys } from "./pack-keys.ts";
import { float32FromWord, float64FromWords, SIGN_BIT, sortableInt64At, uint32BigEndianAt } from "./row-words.ts";
import { readUtf8 } from "./utf8.ts";

/** The entity key of one row. Throws invalid_argument naming the join key that is missing or null. */
export function entityKey({ joinKeys }: Pick<ViewSpec, "joinKeys">, row: Readonly<Record<string, FeatureValue | undefined>>): Uint8Array {
  const columns = new Map(joinKeys.map((key) => [key.name, oneValue(key, row[key.name])]));
  return packKeys({ joinKeys }, { rowCount: 1, columns }).keys;
}

function oneValue({ name, type }: JoinKey, value: FeatureValue | undefined): Column {
  if (value === null || value === undefined) {
    throw new LarderError("invalid_argument", `"${name}" is null or missing: an entity key has no null in it.`, { details: { field: name } });
  }
  const data = allocateColumnData(type, 1);
  (data as FeatureValue[])[0] = typeof value === "boolean" ? Number(value) : value; // the array takes the type's values; bools are 0 and 1 there
  return { name, type, valid: null, data };
}

/** The values of an entity key, in the order of the join keys. Throws internal for bytes that are no key of theirs. */
export function unpackEntityKey({ joinKeys }: Pick<ViewSpec, "joinKeys">, key: Uint8Array): FeatureValue[] {
  if (joinKeys.length === 0 && key.length === 1 && key[0] === CONSTANT_KEY) return [];
  const values: FeatureValue[] = [];
  let offset = 0;
  for (const { type } of joinKeys) {
    if (key[offset] !== KEY_TAGS[type]) break;
    const width = KEY_WIDTHS[type];
    const { length, next } = width === null ? readLength(key, offset + 1) : { length: width, next: offset + 1 };
    offset = next + length;
    if (offset > key.length) break;
    values.push(readPart(type, key, next, offset));
  }
  if (joinKeys.length > 0 && values.length === joinKeys.length && offset === key.length) return values;
  throw new LarderError("internal", `An entity key of the online store does not fit the join keys (${joinKeys.map(({ name }) => name).join(", ")}).`);
}

function readPart(type: ScalarType, key: Uint8Array, start: number, end: number): FeatureValue {
  switch (type) {
    case "string":
      return readUtf8(key, start, end);
    case "bytes":
      return new Uint8Array(key.subarray(start, end));
    case "bool":
      return key[start] === 1;
    case "int32":
      return (uint32BigEndianAt(key, start) ^ SIGN_BIT) | 0;
    case "float32":
      return float32FromWord(uint32BigEndianAt(key, start));
    case "float64":
      return float64FromWords(uint32BigEndianAt(key, start + 4), uint32BigEndianAt(key, start));
    case "int64":
    case "unix_timestamp":
    case "timestamp":
      return sortableInt64At(key, start);
  }
}
