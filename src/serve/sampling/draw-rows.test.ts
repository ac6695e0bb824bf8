import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowDraw } from "./draw-rows.ts";

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("a draw", () => {
  test("takes the share that was asked for, every place of a request alike", () => {
    const draw = rowDraw({ rate: 0.05, rowsPerSecondMax: 1 }, seeded(7), 0);
    const byPlace = new Array<number>(10).fill(0);
    for (let request = 0; request < 40_000; request += 1) for (const index of draw.next(10)) byPlace[index] = (byPlace[index] ?? 0) + 1;
    // 40,000 rows a place at 5 %: 2,000 with a deviation of 44.
    for (const drawn of byPlace) expect(Math.abs(drawn - 2_000)).toBeLessThan(5 * 44);
  });

  test("is the same however the rows are cut into requests", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 50 }), fc.integer(), (sizes, seed) => {
        const whole = rowDraw({ rate: 0.2, rowsPerSecondMax: 1 }, seeded(seed), 0);
        const cut = rowDraw({ rate: 0.2, rowsPerSecondMax: 1 }, seeded(seed), 0);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        let before = 0;
        const places = sizes.flatMap((size) => {
          const drawn = cut.next(size).map((index) => index + before);
          before += size;
          return drawn;
        });
        expect(places).toEqual(whole.next(total));
      }),
    );
  });

  test.each([
    [0, []],
    [1, [0, 1, 2]],
  ])("at rate %d takes %j of three rows", (rate, expected) => {
    expect(rowDraw({ rate, rowsPerSecondMax: 1 }, Math.random, 0).next(3)).toEqual(expected);
  });

  test("gives so many rows a second, and ten seconds of them after a quiet time", () => {
    const draw = rowDraw({ rate: 1, rowsPerSecondMax: 2 }, Math.random, 0);
    const takenAt = (now: number): number => Array.from({ length: 100 }, () => draw.take(now)).filter(Boolean).length;
    expect([takenAt(0), takenAt(500), takenAt(600), takenAt(10_600), takenAt(3_600_000)]).toEqual([20, 1, 0, 20, 20]);
  });
});
