import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FeatureValue, itemType, toJsonValue, type ValueType } from "../domain/index.ts";
import { stringifyJsonExact } from "../kit/index.ts";
import { columnBatch } from "../testing/column-batch.ts";
import { anyValueOf, anyValueType } from "../testing/value-arbitraries.ts";
import { packRows } from "./pack-rows.ts";
import { packedRowAt } from "./packed-batch.ts";
import { compileRowReader } from "./row-reader.ts";
import { valueJson } from "./value-json.ts";

const KEY = { name: "id", type: "int64" } as const;
const specOf = (type: ValueType) => ({ joinKeys: [KEY], features: [{ name: "f", type, column: "f" }] });

function jsonOf(type: ValueType, value: FeatureValue): string {
  const spec = specOf(type);
  const row = packedRowAt(packRows(spec, columnBatch([KEY, ...spec.features], [{ event: 0n, created: null, values: { id: 1n, f: value } }])).batch, 0);
  const [feature] = compileRowReader(spec, ["f"]).features;
  expect(feature?.isNull(row)).toBe(value === null);
  return feature?.json(row) ?? "";
}

describe("row reader", () => {
  it.each<[ValueType, FeatureValue, string]>([
    ["float32", Math.fround(0.1), "0.1"],
    ["float32", Number.NaN, '"NaN"'],
    ["float32", 16_777_216, "16777216.0"],
    ["float32[]", [1, Math.fround(0.5), null], "[1.0,0.5,null]"],
    ["float64", 0.1, "0.1"],
    ["float64", -2, "-2.0"],
    ["float64", 1e20, "100000000000000000000.0"],
    ["float64", 1e21, "1e+21"],
    ["float64", Number.NEGATIVE_INFINITY, '"-Infinity"'],
    ["int32", -7, "-7"],
    ["int32[]", [0, null], "[0,null]"],
    ["int64", 9_223_372_036_854_775_807n, "9223372036854775807"],
    ["int64", -9_223_372_036_854_775_808n, "-9223372036854775808"],
    ["int64", 9_007_199_254_740_993n, "9007199254740993"],
    ["unix_timestamp", 1_767_225_600n, "1767225600"],
    ["timestamp", 1_767_225_600_123_456n, '"2026-01-01T00:00:00.123456Z"'],
    ["timestamp", -1n, '"1969-12-31T23:59:59.999999Z"'],
    ["bool", false, "false"],
    ["string", 'say "hé" \n 🙂', '"say \\"hé\\" \\n 🙂"'],
    ["string", "", '""'],
    ["bytes", new Uint8Array([1, 2, 255]), '"AQL/"'],
    ["float32[]", [Math.fround(0.1), null, Number.NaN], '[0.1,null,"NaN"]'],
    ["int64[]", [1n, 9_007_199_254_740_993n], "[1,9007199254740993]"],
    ["string[]", [], "[]"],
    ["bytes[]", [new Uint8Array([0]), null], '["AA==",null]'],
    ["timestamp[]", [0n], '["1970-01-01T00:00:00Z"]'],
    ["string", null, "null"],
  ])("writes a %s %s as %s", (type, value, json) => {
    expect(jsonOf(type, value)).toBe(json);
    expect(valueJson(type, value)).toBe(json);
  });

  it("writes what the JSON form of the value says, for every type", () => {
    const anyTyped = anyValueType.chain((type) => fc.tuple(fc.constant(type), anyValueOf(type)));
    const holds = fc.property(anyTyped, ([type, value]) => {
      const written = jsonOf(type, value);
      const expected = stringifyJsonExact(toJsonValue(type, value));
      if (!itemType(type).startsWith("float")) expect(written).toBe(expected);
      else if (itemType(type) === "float64") expect(JSON.stringify(JSON.parse(written))).toBe(expected);
      else expect(asFloat32(JSON.parse(written))).toEqual(asFloat32(JSON.parse(expected)));
    });
    fc.assert(holds, { numRuns: 1_000 });
  });

  it("reads rows that lie inside larger memory, as drivers hand them out", () => {
    const spec = specOf("string");
    const row = packedRowAt(packRows(spec, columnBatch([KEY, ...spec.features], [{ event: 0n, created: null, values: { id: 1n, f: "abc" } }])).batch, 0);
    const memory = new Uint8Array(row.length + 20).fill(255);
    memory.set(row, 7);
    expect(compileRowReader(spec, ["f"]).features[0]?.json(memory.subarray(7, 7 + row.length))).toBe('"abc"');
  });

  it("gives event times, as numbers and as text", () => {
    const spec = specOf("bool");
    const times = [1_767_225_600_000_000n, 1_767_225_600_000_000n, 0n];
    const { batch } = packRows(
      spec,
      columnBatch(
        [KEY, ...spec.features],
        times.map((event) => ({ event, created: null, values: { id: 1n } })),
      ),
    );
    const reader = compileRowReader(spec, []);
    const rows = [0, 1, 2].map((index) => packedRowAt(batch, index));
    expect(rows.map(reader.eventTime)).toEqual(times);
    expect(rows.map(reader.eventTimeJson)).toEqual(['"2026-01-01T00:00:00Z"', '"2026-01-01T00:00:00Z"', '"1970-01-01T00:00:00Z"']);
  });

  it("refuses a feature that the version has not", () => {
    expect(() => compileRowReader(specOf("bool"), ["g"])).toThrowError(expect.objectContaining({ message: expect.stringContaining('"g"') }));
  });
});

function asFloat32(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(asFloat32);
  return typeof json === "number" ? Math.fround(json) : json;
}
