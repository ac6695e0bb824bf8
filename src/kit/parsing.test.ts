import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";
import { redactUrl } from "./logger.ts";
import { formatTimestamp, parseTimestamp, tryParseTimestamp } from "./timestamp.ts";
import { ulid } from "./ulid.ts";

describe("durations", () => {
  it.each([
    ["30s", 30],
    ["5m", 300],
    ["2h", 7_200],
    ["36500d", 3_153_600_000],
  ])("%s is %i seconds, there and back", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each(["", "5", "h", "-1h", "1.5h", "1 week", "1w", "9999999999s"])("refuses %o", (text) => {
    expect(() => parseDuration(text)).toThrow(/is not a duration/);
  });
});

describe("timestamps", () => {
  it("come back exactly, to the microsecond", () => {
    fc.assert(
      fc.property(fc.bigInt(-62_135_596_800_000_000n, 253_402_300_799_999_999n), (micros) => {
        expect(parseTimestamp(formatTimestamp(micros))).toBe(micros);
      }),
    );
  });

  it.each([
    ["2024-01-01", 1704067200000000n],
    ["2024-01-01 00:00:00 UTC", 1704067200000000n],
    ["2024-01-01T00:00:00.1234567Z", 1704067200123456n],
    ["2024-01-01T00:00:00-0130", 1704072600000000n],
  ])("%s", (text, micros) => {
    expect(tryParseTimestamp(text)).toBe(micros);
  });

  it.each(["2024-13-01", "2024-02-30", "2024-01-01T24:00:00Z", "now", "1704067200", ""])("refuses %o", (text) => {
    expect(tryParseTimestamp(text)).toBeNull();
  });
});

it("redacts what must not be shown of a connection string", () => {
  expect(redactUrl("redis://user:secret@host:6379/1?password=x")).toBe("redis://host:6379/1");
  expect(redactUrl("nonsense secret")).toBe("(connection)");
});

it("makes ULIDs that sort by time", () => {
  const at = (ms: number) => ulid(ms, (count) => new Uint8Array(count).fill(255));
  expect(at(1)).toHaveLength(26);
  expect(at(1) < at(2)).toBe(true);
  expect(at(1_763_886_000_000)).toMatch(/^01[0-9A-Z]{24}$/);
});
