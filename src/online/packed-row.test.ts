import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRowTimes, type FeatureValue, VALUE_TYPES, type ValueType } from "../domain/index.ts";
import { columnBatch, type TestRow } from "../testing/column-batch.ts";
import { anyInt64, anyValueOf, anyValueType } from "../testing/value-arbitraries.ts";
import { packRows } from "./pack-rows.ts";
import { packedRowAt } from "./packed-batch.ts";
import { compileRowReader } from "./row-reader.ts";
import { unpackRow } from "./unpack-row.ts";

const KEY = { name: "id", type: "int64" } as const;

function specOf(types: readonly ValueType[]) {
  const features = types.map((type, index) => ({ name: `f${String(index).padStart(3, "0")}`, type, column: `c${index}` }));
  return { joinKeys: [KEY], features };
}

function pack(spec: ReturnType<typeof specOf>, rows: readonly TestRow[]) {
  return packRows(spec, columnBatch([KEY, ...spec.features], rows)).batch;
}

const created = fc.option(anyInt64.filter((time) => time !== -(2n ** 63n)));

/** A spec of up to 20 features and some rows of it. */
const anyRows = fc.array(anyValueType, { maxLength: 20 }).chain((types) => {
  const spec = specOf(types);
  const values = fc.tuple(...spec.features.map(({ type }) => anyValueOf(type)));
  const row = fc.record({ event: anyInt64, created, values }).map((made, index = 0): TestRow => {
    const entries = spec.features.map(({ name }, feature): [string, FeatureValue] => [name, made.values[feature] ?? null]);
    return { ...made, values: { id: BigInt(index), ...Object.fromEntries(entries) } };
  });
  return fc.record({ spec: fc.constant(spec), rows: fc.array(row, { maxLength: 12 }) });
});

describe("packed rows", () => {
  it("come back as they went in, whatever their types", () => {
    const holds = fc.property(anyRows, ({ spec, rows }) => {
      const batch = pack(spec, rows);
      expect(batch.count).toBe(rows.length);
      rows.forEach((row, index) => {
        const { event, created, values } = unpackRow(spec, packedRowAt(batch, index));
        expect({ event, created, values }).toStrictEqual({
          event: row.event,
          created: row.created,
          values: spec.features.map(({ name }) => row.values[name]),
        });
      });
    });
    fc.assert(holds, { numRuns: 300 });
  });

  it("sort by their first 16 bytes as rows do", () => {
    const times = fc.record({ event: anyInt64, created });
    const spec = specOf([]);
    const holds = fc.property(times, times, (a, b) => {
      const batch = pack(
        spec,
        [a, b].map((time) => ({ ...time, values: { id: 1n } })),
      );
      const bytes = Buffer.compare(packedRowAt(batch, 0).subarray(0, 16), packedRowAt(batch, 1).subarray(0, 16));
      expect(Math.sign(bytes)).toBe(Math.sign(compareRowTimes(a, b)));
    });
    fc.assert(holds, { numRuns: 1_000 });
  });

  it("are equal bytes for equal values, whatever lay in the arrays under a null", () => {
    const spec = specOf(["float32", "string", "int64"]);
    const row: TestRow = { event: 1n, created: null, values: { id: 1n, f001: "x" } };
    const clean = columnBatch([KEY, ...spec.features], [row]);
    const dirty = columnBatch([KEY, ...spec.features], [row]);
    (dirty.columns.get("f000")?.data as Float32Array)[0] = 7;
    (dirty.columns.get("f002")?.data as BigInt64Array)[0] = 7n;
    expect(packRows(spec, dirty).batch.values).toEqual(packRows(spec, clean).batch.values);
  });

  it("make one of all NaNs, so that replaying them changes nothing", () => {
    const spec = specOf(["float32", "float64"]);
    const batch = columnBatch(
      [KEY, ...spec.features],
      [1, 2].map((id) => ({ event: 1n, created: null, values: { id: BigInt(id), f000: Number.NaN, f001: Number.NaN } })),
    );
    for (const name of ["f000", "f001"]) {
      const data = batch.columns.get(name)?.data as Float32Array | Float64Array;
      new Uint8Array(data.buffer).fill(0xff, data.BYTES_PER_ELEMENT); // the second row's NaN, with every bit set
    }
    const packed = packRows(spec, batch).batch;
    expect(packedRowAt(packed, 0)).toEqual(packedRowAt(packed, 1));
  });

  it("leave out rows whose key has a null, and name them", () => {
    const spec = specOf(["string"]);
    const ids = [5n, null, 7n, null];
    const rows = ids.map((id): TestRow => ({ event: 1n, created: null, values: { id, f000: `row ${id}` } }));
    const { batch, skipped } = packRows(spec, columnBatch([KEY, ...spec.features], rows));
    expect([...skipped]).toEqual([1, 3]);
    expect([0, 1].map((index) => unpackRow(spec, packedRowAt(batch, index)).values)).toEqual([["row 5"], ["row 7"]]);
  });

  it("name the column that is missing", () => {
    const spec = specOf(["string"]);
    expect(() => packRows(spec, columnBatch([KEY], []))).toThrowError(
      expect.objectContaining({ code: "invalid_argument", message: expect.stringContaining('"f000"') }),
    );
  });

  it.each([
    ["of another release", 16, 9],
    ["cut short", null, 0],
  ])("are refused when %s", (_, layoutOffset, layout) => {
    const spec = specOf(["float32"]);
    const row = packedRowAt(pack(spec, [{ event: 1n, created: null, values: { id: 1n } }]), 0).slice(0, layoutOffset === null ? 18 : undefined);
    if (layoutOffset !== null) row[layoutOffset] = layout;
    const refused = expect.objectContaining({ code: "internal", message: expect.stringContaining("cannot read") });
    expect(() => unpackRow(spec, row)).toThrowError(refused);
    expect(() => compileRowReader(spec, []).eventTime(row)).toThrowError(refused);
  });

  it("cover every type in one row", () => {
    const spec = specOf(VALUE_TYPES);
    const [row] = fc.sample(fc.tuple(...spec.features.map(({ type }) => anyValueOf(type).filter((value) => value !== null))), { numRuns: 1, seed: 4 });
    const values = Object.fromEntries(spec.features.map(({ name }, index) => [name, row?.[index] ?? null]));
    const packed = pack(spec, [{ event: 1n, created: 2n, values: { id: 1n, ...values } }]);
    expect(unpackRow(spec, packedRowAt(packed, 0), ["f003", "f000"]).values).toStrictEqual([values.f003, values.f000]);
  });
});
