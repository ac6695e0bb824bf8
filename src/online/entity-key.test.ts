import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeatureValue, ScalarType } from "../domain/index.ts";
import { parseJsonExact } from "../kit/index.ts";
import { columnBatch } from "../testing/column-batch.ts";
import { anyScalarOf, anyScalarType } from "../testing/value-arbitraries.ts";
import { entityKey, unpackEntityKey } from "./entity-key.ts";
import { packKeys } from "./pack-keys.ts";
import { entityKeyAt, keyList } from "./packed-batch.ts";

const key = (types: readonly ScalarType[], values: readonly FeatureValue[]): string => {
  const joinKeys = types.map((type, index) => ({ name: `k${index}`, type }));
  return Buffer.from(entityKey({ joinKeys }, Object.fromEntries(values.map((value, index) => [`k${index}`, value])))).toString("hex");
};

/** Some join keys and values of their types. */
const anyKey = fc
  .array(anyScalarType, { minLength: 1, maxLength: 3 })
  .chain((types) => fc.tuple(fc.constant(types), fc.tuple(...types.map((type) => anyScalarOf(type)))));

describe("entity keys", () => {
  it("give back the values they were made of", () => {
    const holds = fc.property(anyKey, ([types, values]) => {
      const joinKeys = types.map((type, index) => ({ name: `k${index}`, type }));
      const bytes = entityKey({ joinKeys }, Object.fromEntries(values.map((value, index) => [`k${index}`, value])));
      const positiveZero = values.map((value) => (value === 0 ? 0 : value));
      expect(unpackEntityKey({ joinKeys }, bytes)).toStrictEqual(positiveZero);
    });
    fc.assert(holds, { numRuns: 500 });
  });

  it("differ whenever types or values do, and none begins another", () => {
    const holds = fc.property(anyKey, anyKey, ([typesA, a], [typesB, b]) => {
      const [keyA, keyB] = [key(typesA, a), key(typesB, b)];
      const isEqual =
        JSON.stringify(typesA) === JSON.stringify(typesB) &&
        a.every((value, index) => fc.stringify(value === 0 ? 0 : value) === fc.stringify(b[index] === 0 ? 0 : b[index]));
      expect(keyA === keyB).toBe(isEqual);
      if (!isEqual && typesA.length === typesB.length) expect(keyA.startsWith(keyB)).toBe(false);
    });
    fc.assert(holds, { numRuns: 2_000 });
  });

  it.each<[string, readonly FeatureValue[], readonly FeatureValue[]]>([
    ["where one string ends and the next begins", ["a", "bc"], ["ab", "c"]],
    ["a byte that looks like a tag", ["a\u0002", "b"], ["a", "\u0002b"]],
    ["an empty string", ["", "a"], ["a", ""]],
  ])("tell %s", (_, a, b) => {
    expect(key(["string", "string"], a)).not.toBe(key(["string", "string"], b));
  });

  it("tell equal values of different types apart", () => {
    const five = [
      key(["int64"], [5n]),
      key(["int32"], [5]),
      key(["float64"], [5]),
      key(["string"], ["5"]),
      key(["timestamp"], [5n]),
      key(["unix_timestamp"], [5n]),
    ];
    expect(new Set(five).size).toBe(five.length);
  });

  it("are equal for equal numbers: −0 is 0, and any NaN is NaN", () => {
    expect(key(["float64"], [-0])).toBe(key(["float64"], [0]));
    expect(key(["float32"], [-0])).toBe(key(["float32"], [0]));
    expect(key(["float64"], [Number.NaN])).toBe(key(["float64"], [Number.NaN]));
  });

  it("are the same from JSON as from a column", () => {
    const ids = ["5", "-1", "9223372036854775807"];
    const fromJson = ids.map((id) => key(["int64"], [BigInt(parseJsonExact(id) as number | bigint)]));
    const batch = columnBatch(
      [{ name: "id", type: "int64" }],
      ids.map((id) => ({ event: 0n, created: null, values: { id: BigInt(id) } })),
    );
    const fromColumn = keyList(packKeys({ joinKeys: [{ name: "id", type: "int64" }] }, batch)).map((bytes) => Buffer.from(bytes).toString("hex"));
    expect(fromColumn).toEqual(fromJson);
    expect(fromColumn[0]).toBe("048000000000000005");
  });

  it("of whole numbers and times sort as their values do", () => {
    const int64 = anyScalarOf("int64") as fc.Arbitrary<bigint>;
    const holds = fc.property(int64, int64, (a, b) => {
      const [keyA, keyB] = [key(["int64"], [a]), key(["int64"], [b])];
      expect(keyA < keyB).toBe(a < b);
    });
    fc.assert(holds);
  });

  it("of a batch are those of its rows, nulls left out", () => {
    const joinKeys = [
      { name: "a", type: "string" },
      { name: "b", type: "int64" },
    ] as const;
    const values = fc.record({ a: fc.option(anyScalarOf("string")), b: fc.option(anyScalarOf("int64")) });
    const holds = fc.property(fc.array(values), (rows) => {
      const packed = packKeys(
        { joinKeys },
        columnBatch(
          joinKeys,
          rows.map((row) => ({ event: 0n, created: null, values: row })),
        ),
      );
      const isWhole = (row: (typeof rows)[number]) => row.a !== null && row.b !== null;
      expect([...packed.skipped]).toEqual(rows.flatMap((row, index) => (isWhole(row) ? [] : [index])));
      expect([...packed.rows]).toEqual(rows.flatMap((row, index) => (isWhole(row) ? [index] : [])));
      expect(keyList(packed)).toEqual(rows.filter(isWhole).map((row) => Buffer.from(entityKey({ joinKeys }, row))));
    });
    fc.assert(holds);
  });

  it("are one and the same for a view without join keys", () => {
    const packed = packKeys({ joinKeys: [] }, { rowCount: 3, columns: new Map() });
    expect(keyList(packed)).toEqual([0, 1, 2].map(() => entityKey({ joinKeys: [] }, {})));
    expect(unpackEntityKey({ joinKeys: [] }, entityKey({ joinKeys: [] }, {}))).toEqual([]);
  });

  it.each([[{ id: null }], [{}]])("of a request name the part that is null or missing: %j", (row) => {
    expect(() => entityKey({ joinKeys: [{ name: "id", type: "int64" }] }, row)).toThrowError(
      expect.objectContaining({ code: "invalid_argument", message: expect.stringContaining('"id"'), details: { field: "id" } }),
    );
  });

  it("that do not fit the join keys are refused", () => {
    const bytes = entityKey({ joinKeys: [{ name: "id", type: "string" }] }, { id: "abc" });
    for (const wrong of [bytes.slice(0, -1), Buffer.concat([bytes, bytes]), new Uint8Array(0)]) {
      expect(() => unpackEntityKey({ joinKeys: [{ name: "id", type: "string" }] }, wrong)).toThrowError(expect.objectContaining({ code: "internal" }));
    }
    expect(entityKeyAt({ count: 1, keys: bytes, keyEnds: new Uint32Array([bytes.length]), values: bytes, valueEnds: new Uint32Array([0]) }, 0)).toEqual(bytes);
  });
});
