import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coerceJson, VALUE_TYPES, type ValueType } from "../domain/index.ts";
import { coerceColumn, valueAt } from "./coerce-column.ts";

function coerce(type: ValueType, input: readonly unknown[]) {
  const refused: string[] = [];
  const column = coerceColumn("x", type, input, (row, reason) => refused.push(`${row}: ${reason}`));
  return { column, values: input.map((_, row) => valueAt(column, row)), refused };
}

const anything = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
  fc.constantFrom("NaN", "Infinity", "2024-01-01T12:00:00", "AAEC", "12", "x", ""),
  fc.constantFrom(2 ** 31, -(2 ** 31), 2 ** 53, 3.4e38, 3.5e38, -0, 0.1),
  fc.array(fc.oneof(fc.integer(), fc.constant(null), fc.string()), { maxLength: 3 }),
);

test("a column agrees with its values one by one, for every type", () => {
  fc.assert(
    fc.property(fc.constantFrom(...VALUE_TYPES), fc.array(anything, { maxLength: 8 }), (type, input) => {
      const { values, refused } = coerce(type, input);
      const one = input.map((value) => coerceJson(type, value));
      expect(values).toEqual(one.map((coerced) => (coerced.ok ? coerced.value : null)));
      expect(refused).toEqual(one.flatMap((coerced, row) => (coerced.ok ? [] : [`${row}: ${coerced.reason}`])));
    }),
  );
});

describe("the data of a column", () => {
  test("is a typed array, and has no bitmap when every row has a value", () => {
    const { column } = coerce("int64", [1, 2n ** 60n]);
    expect(column).toEqual({ name: "x", type: "int64", valid: null, data: new BigInt64Array([1n, 2n ** 60n]) });
  });

  test("has a bitmap where a value is missing or refused", () => {
    const { column, refused } = coerce("float32", [0.1, null, "x"]);
    expect(column.data).toEqual(new Float32Array([0.1, 0, 0]));
    expect(column.valid).toEqual(new Uint8Array([1, 0, 0]));
    expect(refused).toEqual(['2: "x" is not a float32']);
  });
});
