/**
 * What a feature or a join key may be. In memory (see value.ts):
 * int32, float32, float64 are numbers; int64, unix_timestamp (seconds) and timestamp (microseconds, UTC) are bigints;
 * bytes are Uint8Array. float32 values are always rounded to float32.
 */
export const SCALAR_TYPES = ["bytes", "string", "int32", "int64", "float32", "float64", "bool", "unix_timestamp", "timestamp"] as const;

export type ScalarType = (typeof SCALAR_TYPES)[number];
export type ListType = `${ScalarType}[]`;
export type ValueType = ScalarType | ListType;

export const VALUE_TYPES: readonly ValueType[] = [...SCALAR_TYPES, ...SCALAR_TYPES.map((type): ListType => `${type}[]`)];

export function isValueType(text: string): text is ValueType {
  return (VALUE_TYPES as readonly string[]).includes(text);
}

export function isListType(type: ValueType): type is ListType {
  return type.endsWith("[]");
}

/** The type of the items of a list type; a scalar type is its own. */
export function itemType(type: ValueType): ScalarType {
  return (isListType(type) ? type.slice(0, -2) : type) as ScalarType;
}
