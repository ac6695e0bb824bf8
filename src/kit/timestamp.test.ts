import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toDate } from "./clock.ts";
import { formatTimestamp, parseTimestamp, tryParseTimestamp } from "./timestamp.ts";

const NOON = 1_704_110_400_000_000n; // 2024-01-01T12:00:00Z

describe("read", () => {
  test.each([
    ["2024-01-01T12:00:00Z", NOON],
    ["2024-01-01 12:00:00", NOON],
    ["2024-01-01T12:00:00", NOON],
    ["2024-01-01T12:00:00+00:00", NOON],
    ["2024-01-01T14:00:00+02:00", NOON],
    ["2024-01-01T06:30:00-0530", NOON],
    ["2024-01-01 12:00:00 UTC", NOON],
    [" 2024-01-01T12:00 ", NOON],
    ["2024-01-01T12:00:00.5Z", NOON + 500_000n],
    ["2024-01-01T12:00:00,5Z", NOON + 500_000n],
    ["2024-01-01T12:00:00.123456789Z", NOON + 123_456n],
    ["2024-01-01T12:00:00.123456-01:00", NOON + 3_600_123_456n],
    ["2024-01-01", NOON - 43_200_000_000n],
    ["1969-12-31T23:59:59.999999Z", -1n],
    ["0001-01-01T00:00:00Z", -62_135_596_800_000_000n],
    ["9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999n],
    ["+10000-01-01T00:00:00Z", 253_402_300_800_000_000n],
    ["2024-02-29T00:00:00Z", 1_709_164_800_000_000n],
  ])("%s", (text, micros) => {
    expect(tryParseTimestamp(text)).toBe(micros);
  });

  test.each(["", "noon", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T12:60:00Z", "2024-01-01T12:00:60Z"])(
    "%j is none",
    (text) => {
      expect(tryParseTimestamp(text)).toBeNull();
      expect(() => parseTimestamp(text, "start")).toThrow(/^start: /);
    },
  );

  test.each(["2024-01-01T12:00:00.Z", "2024-01-01T12:00:00.1234567890Z", "2024-01-01T1a:00:00Z", "2024-1-01T12:00:00Z0", "-001-01-01T12:00:00"])(
    "%j is none",
    (text) => {
      expect(tryParseTimestamp(text)).toBeNull();
    },
  );
});

/** Milliseconds of the years 0 to 9999, which Date reads and writes too. */
const milliseconds = fc.integer({ min: Date.UTC(1, 0, 1) - 2 * 366 * 86_400_000, max: Date.UTC(9999, 11, 31) });

test("agrees with Date on every millisecond", () => {
  fc.assert(
    fc.property(milliseconds, (ms) => {
      const iso = new Date(ms).toISOString();
      fc.pre(!iso.startsWith("-"));
      expect(tryParseTimestamp(iso)).toBe(BigInt(ms) * 1000n);
      expect(formatTimestamp(BigInt(ms) * 1000n)).toBe(iso.replace(".000Z", "Z"));
    }),
  );
});

test("what is written reads back", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -62_135_596_800_000_000n, max: 400_000_000_000_000_000n }), (micros) => {
      expect(tryParseTimestamp(formatTimestamp(micros))).toBe(micros);
    }),
  );
});

test("a time that no Date can tell is the nearest that it can, never an error", () => {
  const far = 9_223_372_036_854_775_807n;
  expect([formatTimestamp(far), formatTimestamp(-far)]).toEqual(["+275760-09-13T00:00:00Z", "-271821-04-20T00:00:00Z"]);
  expect([toDate(far).toISOString(), toDate(-far).toISOString()]).toEqual(["+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00.000Z"]);
});
