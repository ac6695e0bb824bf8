import { describe, expect, it } from "vitest";
import type { Expectations } from "../../domain/index.ts";
import type { DayFeature, DayFigures } from "../../offline/index.ts";
import { HISTORY_DAYS, judgeDay } from "./judge-quality.ts";
import { median, spread } from "./robust.ts";

const DAY = 86_400_000_000n;
const FEATURE: DayFeature = { feature: "rate", nulls: 0, categories: null, broken: [] };

/** The day `index` days after a Thursday; its feature as `over` says. */
function day(index: number, over: Partial<DayFigures> = {}, feature: Partial<DayFeature> = {}): DayFigures {
  return { day: BigInt(index) * DAY, rows: 1_000, duplicates: 0, features: [{ ...FEATURE, ...feature }], ...over };
}

const history = (days: number, of: (index: number) => DayFigures = (index) => day(index)) => Array.from({ length: days }, (_, index) => of(index));
const found = (one: DayFigures, before: readonly DayFigures[], expect?: Expectations) =>
  judgeDay(one, before, expect === undefined ? [] : [{ name: "rate", type: "float32", expect }]).findings.map(({ kind, text }) => `${kind}: ${text}`);

describe("a window", () => {
  it("is good where it is as the ones before it; without enough of them it has too little to be judged by", () => {
    expect(judgeDay(day(7), history(7), [])).toMatchObject({ state: "good", findings: [] });
    expect(judgeDay(day(6), history(6), [])).toMatchObject({ state: "insufficient data", findings: [], usualRows: null });
  });

  it("is bad at once where rows break what is expected, without any history, and tells whether that blocks", () => {
    const broken = [{ feature: "rate", expectation: "max" as const, rows: 2, example: { key: "driver_id 7", value: "1.5" } }];
    const judged = judgeDay(day(0, { rows: 10 }, { broken }), [], [{ name: "rate", type: "float32", expect: { max: 1, onFailure: "block" } }]);
    expect(judged).toMatchObject({ state: "bad", findings: [{ kind: "out of range", feature: "rate", isBlocking: true }] });
    expect(judged.findings[0]?.text).toBe("rate: 2 of 10 rows are above 1");
    expect(found(day(0, { rows: 10 }, { nulls: 2 }), [], { nullRateMax: 0.2, onFailure: "warn" })).toEqual([]);
    expect(found(day(0, { rows: 10 }, { nulls: 3 }), [], { nullRateMax: 0.2, onFailure: "warn" })).toHaveLength(1);
  });
});

describe("nulls", () => {
  it.each([
    ["none so far: two in a hundred are too many", 0, 20, 21],
    ["a tenth so far: chance moves so many rows by four deviations", 100, 137, 138],
  ])("%s", (_what, usual, nullsMax, tooMany) => {
    const before = history(14, (index) => day(index, {}, { nulls: usual }));
    expect(found(day(14, {}, { nulls: nullsMax }), before)).toEqual([]);
    expect(found(day(14, {}, { nulls: tooMany }), before)[0]).toMatch(/^nulls: rate: \d+ of 1,000 rows are null, usual are at most/);
  });

  it("vary as they always did, and fewer are no fault", () => {
    const before = history(14, (index) => day(index, {}, { nulls: 100 + (index % 2) * 100 }));
    expect(found(day(14, {}, { nulls: 500 }), before)).toEqual([]);
    expect(found(day(14, {}, { nulls: 0 }), before)).toEqual([]);
  });

  it("of less than a hundred rows say nothing", () =>
    expect(
      found(
        day(14, { rows: 99 }, { nulls: 99 }),
        history(14, (index) => day(index, { rows: 99 })),
      ),
    ).toEqual([]));
});

describe("rows that repeat key and time", () => {
  it("are a fault above one in a thousand, unless they always were there", () => {
    const rows = { rows: 100_000 };
    expect(
      found(
        day(7, { ...rows, duplicates: 100 }),
        history(7, (index) => day(index, rows)),
      ),
    ).toEqual([]);
    expect(
      found(
        day(7, { ...rows, duplicates: 101 }),
        history(7, (index) => day(index, rows)),
      )[0],
    ).toMatch(/^duplicates: 101 of 100,000 rows repeat/);
    expect(
      found(
        day(7, { ...rows, duplicates: 5_000 }),
        history(7, (index) => day(index, { ...rows, duplicates: 5_000 })),
      ),
    ).toEqual([]);
  });
});

describe("how many rows there are", () => {
  const weekly = (index: number) => day(index, { rows: index % 7 < 5 ? 10_000 : 2_000 });

  it("is judged by the same weekday, once there are four of it", () => {
    expect(found(day(27, { rows: 0 }), history(27, weekly))).toEqual([]);
    expect(found(day(28, { rows: 7_999 }), history(28, weekly))).toEqual(["row count: 7,999 rows, such a day usually has 8,000 to 12,000"]);
    expect(found(day(28, { rows: 8_000 }), history(28, weekly))).toEqual([]);
    expect(found(day(28, { rows: 12_001 }), history(28, weekly))).toHaveLength(1);
    expect(found(day(33, { rows: 2_000 }), history(33, weekly))).toEqual([]);
  });

  it("is not moved by a bad day in between, and is zero on days without any", () => {
    const before = history(35, (index) => (index === 21 ? day(index, { rows: 0 }) : weekly(index)));
    expect(found(day(35, { rows: 9_000 }), before)).toEqual([]);
    expect(found(day(35, { rows: 0, features: [] }), before)).toEqual(["row count: 0 rows, such a day usually has 8,000 to 12,000"]);
    expect(
      found(
        day(35, { rows: 0, features: [] }),
        history(35, (index) => day(index, { rows: 0, features: [] })),
      ),
    ).toEqual([]);
  });

  it("says nothing against days of a feed that comes now and then", () => {
    const alarms = (rowsOf: (index: number) => number): number => {
      const days = history(400, (index) => day(index, { rows: rowsOf(index) }));
      return days.filter((one, index) => index >= HISTORY_DAYS && found(one, days.slice(index - HISTORY_DAYS, index)).length > 0).length;
    };
    expect(alarms((index) => (index % 30 === 0 ? 1_000 : 0))).toBe(0);
    expect(alarms((index) => (index % 14 === 0 ? 1_000 : 0))).toBe(0);
    expect(alarms((index) => (index % 3 === 2 ? 0 : 1_000))).toBe(0);
  });

  it("raises few alarms of its own: noisy rows of a weekly rhythm, 4,000 days", () => {
    const random = mulberry(7);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const noisy = (index: number) => day(index, { rows: Math.round((index % 7 < 5 ? 5_000 : 1_500) * Math.exp(0.15 * normal())) });
    const days = history(4_000 + HISTORY_DAYS, noisy);
    const alarms = days.filter((one, index) => index >= HISTORY_DAYS && found(one, days.slice(index - HISTORY_DAYS, index)).length > 0);
    expect(alarms.length / 4_000).toBeLessThan(0.005);
  });
});

describe("categories", () => {
  const settled = (index: number) => day(index, {}, { categories: ["high", "low"] });

  it("that were never seen are a fault once the feature is known to have few", () => {
    const odd = day(35, {}, { categories: ["high", "low", "odd"] });
    expect(found(odd, history(35, settled))).toEqual(['new categories: rate: "odd", never seen in the 35 windows before']);
    expect(found(odd, history(34, settled))).toEqual([]);
    expect(found(day(36, {}, { categories: ["odd"] }), [...history(35, settled), odd])).toEqual([]);
    expect(found(day(36, {}, { categories: ["odd", "odder"] }), [...history(35, settled), odd])).toHaveLength(1);
  });

  it("are none where new values keep coming, or where there are too many", () => {
    const unseen = day(56, {}, { categories: ["unseen"] });
    expect(
      found(
        unseen,
        history(56, (index) => day(index, {}, { categories: [`comment ${index >> 3}`] })),
      ),
    ).toEqual([]);
    expect(
      found(
        unseen,
        history(56, (index) => day(index, {}, { categories: index === 3 ? null : ["a"] })),
      ),
    ).toEqual([]);
  });
});

describe("robust figures", () => {
  it("are not moved by an outlier", () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([5])]).toEqual([2, 2.5, 5]);
    expect(spread([-1, 1, -1, 1, 1_000])).toBeCloseTo(1.4826, 4);
  });
});

/** Numbers in [0, 1), the same for the same seed. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
