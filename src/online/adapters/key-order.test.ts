import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entityKeyAt, toPackedBatch } from "../packed-batch.ts";
import { keyOrder } from "./key-order.ts";

const batchOf = (keys: readonly Uint8Array[]) => toPackedBatch(keys.map((key) => ({ key, value: new Uint8Array(0) })));

describe("key order", () => {
  it("names every entry once, equal keys in the order of arrival", () => {
    const key = fc.uint8Array({ minLength: 1, maxLength: 3, max: 2 });
    const holds = fc.property(fc.array(key), (keys) => {
      const order = [...keyOrder(batchOf(keys))];
      expect([...order].sort((a, b) => a - b)).toEqual(keys.map((_, index) => index));
      order.forEach((index, place) => {
        const before = order.slice(0, place).filter((other) => Buffer.compare(keys[other] ?? Buffer.alloc(0), keys[index] ?? Buffer.alloc(0)) === 0);
        for (const other of before) expect(other).toBeLessThan(index);
      });
    });
    fc.assert(holds);
  });

  it("sorts keys that differ soon after a common beginning", () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `customer/${String((index * 7919) % 5_000).padStart(4, "0")}`);
    const batch = batchOf(names.map((name) => Buffer.from(name)));
    const sorted = [...keyOrder(batch)].map((index) => Buffer.from(entityKeyAt(batch, index)).toString());
    expect(sorted).toEqual([...names].sort());
  });

  it("takes more entries than fit into one sort", () => {
    const count = 2 ** 20 + 10;
    const keys = new Uint8Array(count).map((_, index) => index % 7);
    const order = keyOrder({ keys, keyEnds: new Uint32Array(count).map((_, index) => index + 1), count });
    const seen = new Uint8Array(count);
    for (const index of order) seen[index] = 1;
    expect(seen.includes(0)).toBe(false);
    expect(order.subarray(2 ** 20).every((index) => index >= 2 ** 20)).toBe(true);
  });
});
