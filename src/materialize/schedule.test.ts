import { describe, expect, test } from "vitest";
import { formatTimestamp, parseTimestamp } from "../kit/index.ts";
import { cadenceSeconds, lastTick, nextTick } from "./schedule.ts";

const at = parseTimestamp;
const text = (micros: bigint | null) => (micros === null ? null : formatTimestamp(micros));

describe("ticks", () => {
  test.each([
    ["10 * * * *", "2026-11-23T08:09:59Z", "2026-11-23T07:10:00Z", "2026-11-23T08:10:00Z"],
    ["10 * * * *", "2026-11-23T08:10:00Z", "2026-11-23T08:10:00Z", "2026-11-23T09:10:00Z"],
    ["20 */4 * * *", "2026-11-23T23:30:00Z", "2026-11-23T20:20:00Z", "2026-11-24T00:20:00Z"],
    ["30 0 * * 1", "2026-11-23T00:00:00Z", "2026-11-16T00:30:00Z", "2026-11-23T00:30:00Z"],
    ["CRON_TZ=Europe/Amsterdam 0 6 * * *", "2026-11-23T05:00:00Z", "2026-11-23T05:00:00Z", "2026-11-24T05:00:00Z"],
  ])("%s at %s", (schedule, now, last, next) => {
    expect([text(lastTick(schedule, at(now))), text(nextTick(schedule, at(now)))]).toEqual([last, next]);
  });

  test("a daily tick in a zone follows its clock over the change to summer time", () => {
    const schedule = "CRON_TZ=Europe/Amsterdam 0 6 * * *";
    expect(text(nextTick(schedule, at("2026-03-28T12:00:00Z")))).toBe("2026-03-29T04:00:00Z");
    expect(text(nextTick(schedule, at("2026-03-27T12:00:00Z")))).toBe("2026-03-28T05:00:00Z");
  });

  test.each(["0 0 30 2 *", "every hour", "CRON_TZ=Mars/Phobos 0 * * * *"])("%s has none", (schedule) => {
    const now = at("2026-11-23");
    expect([nextTick(schedule, now), lastTick(schedule, now), cadenceSeconds(schedule, now)]).toEqual([null, null, null]);
  });
});

test.each([
  ["10 * * * *", 3_600],
  ["*/5 * * * *", 300],
  ["0 8-17 * * *", 15 * 3_600],
  ["30 0 * * 1", 7 * 86_400],
])("the cadence of %s is %i s", (schedule, seconds) => {
  expect(cadenceSeconds(schedule, at("2026-11-23T12:00:00Z"))).toBe(seconds);
});
