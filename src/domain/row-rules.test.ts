import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asOf, isVisible } from "./as-of.ts";
import { compareRowTimes, type RowTimes, replaces } from "./row-order.ts";
import { isExpired, isTooFarAhead } from "./ttl.ts";

const times = fc.record({ event: fc.bigInt(0n, 20n), created: fc.option(fc.bigInt(0n, 5n)) });

describe("the order of rows", () => {
  it.each<[RowTimes, RowTimes, number]>([
    [{ event: 1n, created: 9n }, { event: 2n, created: 1n }, -1],
    [{ event: 2n, created: 1n }, { event: 2n, created: 2n }, -1],
    [{ event: 2n, created: null }, { event: 2n, created: -5n }, -1],
    [{ event: 2n, created: null }, { event: 2n, created: null }, 0],
  ])("%o against %o is %i", (a, b, expected) => {
    expect(compareRowTimes(a, b)).toBe(expected);
    expect(compareRowTimes(b, a)).toBe(expected === 0 ? 0 : -expected);
  });

  it("is transitive, and a full tie goes to the row that arrives", () => {
    fc.assert(
      fc.property(times, times, times, (a, b, c) => {
        if (compareRowTimes(a, b) <= 0 && compareRowTimes(b, c) <= 0) expect(compareRowTimes(a, c)).toBeLessThanOrEqual(0);
        expect(replaces(a, a)).toBe(true);
        expect(replaces(a, null)).toBe(true);
        expect(replaces(a, b) || replaces(b, a)).toBe(true);
      }),
    );
  });
});

describe("ttl", () => {
  it.each([
    [10_000_000n, 5, 15_000_000n, false], // exactly ttl old
    [10_000_000n, 5, 15_000_001n, true],
    [10_000_000n, null, 10n ** 18n, false],
    [10_000_000n, 0, 10n ** 18n, false],
  ])("event %s, ttl %s s, now %s: expired %s", (event, ttlSeconds, now, expected) => {
    expect(isExpired(event, ttlSeconds, now)).toBe(expected);
  });

  it("lets an event lie ahead by the allowed skew and no more", () => {
    expect(isTooFarAhead(300_000_000n, 0n)).toBe(false);
    expect(isTooFarAhead(300_000_001n, 0n)).toBe(true);
  });
});

describe("as of", () => {
  it("never leaks the future, keeps within ttl, and gives the greatest", () => {
    const rule = { ttlSeconds: 1, knownAtDelaySeconds: null };
    fc.assert(
      fc.property(fc.array(fc.record({ event: fc.bigInt(0n, 3_000_000n), created: fc.constant(null) })), fc.bigInt(0n, 3_000_000n), (rows, at) => {
        const answer = asOf(rows, at, rule);
        const visible = rows.filter((row) => row.event <= at && row.event >= at - 1_000_000n);
        expect(answer === null).toBe(visible.length === 0);
        if (answer) expect(visible.every((row) => row.event <= answer.event)).toBe(true);
      }),
    );
  });

  it("counts a null created time as the event time where rows must have been known, and only there", () => {
    const row = { event: 10n, created: null };
    expect(isVisible(row, 10n, { ttlSeconds: null, knownAtDelaySeconds: 0 })).toBe(true);
    expect(isVisible({ event: 10n, created: 11n }, 10n, { ttlSeconds: null, knownAtDelaySeconds: 0 })).toBe(false);
    expect(isVisible({ event: 10n, created: 11n }, 10n, { ttlSeconds: null, knownAtDelaySeconds: null })).toBe(true);
    expect(isVisible(row, 1_000_009n, { ttlSeconds: null, knownAtDelaySeconds: 1 })).toBe(false);
    expect(isVisible(row, 1_000_010n, { ttlSeconds: null, knownAtDelaySeconds: 1 })).toBe(true);
  });
});
