import fc from "fast-check";
import { type FeatureValue, isListType, itemType, SCALAR_TYPES, type ScalarType, VALUE_TYPES, type ValueType } from "../domain/index.ts";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const YEAR_1 = -62_135_596_800_000_000n;
const YEAR_9999 = 253_402_300_799_999_999n;

export const anyScalarType: fc.Arbitrary<ScalarType> = fc.constantFrom(...SCALAR_TYPES);
export const anyValueType: fc.Arbitrary<ValueType> = fc.constantFrom(...VALUE_TYPES);
export const anyInt64: fc.Arbitrary<bigint> = fc.oneof(fc.bigInt({ min: INT64_MIN, max: INT64_MAX }), fc.bigInt({ min: -3n, max: 3n }));

/** A non-null value of a scalar type as value-type.ts says it is held. */
export function anyScalarOf(type: ScalarType): fc.Arbitrary<FeatureValue> {
  switch (type) {
    case "bytes":
      return fc.uint8Array({ maxLength: 40 });
    case "string":
      return fc.oneof(fc.string({ unit: "binary", maxLength: 50 }), fc.string({ unit: "grapheme-ascii", maxLength: 200 }));
    case "int32":
      return fc.integer();
    case "int64":
    case "unix_timestamp":
      return anyInt64;
    case "timestamp":
      return fc.bigInt({ min: YEAR_1, max: YEAR_9999 });
    case "float32":
      return fc.float();
    case "float64":
      return fc.double();
    case "bool":
      return fc.boolean();
  }
}

/** A value of any type or null; items of lists may be null. */
export function anyValueOf(type: ValueType): fc.Arbitrary<FeatureValue> {
  const scalar = anyScalarOf(itemType(type));
  return fc.option(isListType(type) ? fc.array(fc.option(scalar, { freq: 5 }), { maxLength: 20 }) : scalar, { freq: 5 });
}
