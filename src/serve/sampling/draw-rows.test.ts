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
    const drawn = Array.from({ length: 100 }, (_, index) => index);
    expect([0, 500, 600, 10_600, 3_600_000].map((now) => draw.grant(drawn, now).length)).toEqual([20, 1, 0, 20, 20]);
  });

  test("prefers no place where it cannot give all", () => {
    const draw = rowDraw({ rate: 1, rowsPerSecondMax: 1 }, seeded(3), 0);
    const given = [0, 0, 0, 0];
    for (let second = 1; second <= 8_000; second += 1) for (const place of draw.grant([0, 1, 2, 3], second * 1_000)) given[place] = (given[place] ?? 0) + 1;
    for (const count of given) expect(Math.abs(count - 2_000)).toBeLessThan(5 * 39);
  });
});
