import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronMistake } from "../domain/index.ts";
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

  /* The clock of New York goes forward at 07:00Z on 8 March 2026 and back at 06:00Z on 1 November. */
  const NEW_YORK = [
    ["30 2 * * *", "2026-03-07", ["2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"]],
    ["30 1 * * *", "2026-10-31", ["2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]],
    ["0 */3 * * *", "2026-11-01T05:00:00Z", ["2026-11-01T08:00:00Z", "2026-11-01T11:00:00Z", "2026-11-01T14:00:00Z"]],
    ["*/30 * * * *", "2026-11-01T05:15:00Z", ["2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z"]],
  ] as const;

  test.each(NEW_YORK)("where clocks change, %s after %s is at %j, no tick left out and none twice", (cron, after, expected) => {
    const schedule = `CRON_TZ=America/New_York ${cron}`;
    const found: bigint[] = [];
    for (let time = at(after); found.length < expected.length; time = found.at(-1) ?? 0n) found.push(nextTick(schedule, time) ?? 0n);
    expect(found.map(text)).toEqual(expected);
    const ends = found.map((tick, index) => [tick, found[index + 1] ?? tick + 1n] as const);
    for (const [tick, until] of ends) {
      for (let time = tick; time < until; time += 300_000_000n) {
        expect([text(time), text(lastTick(schedule, time))]).toEqual([text(time), text(tick)]);
      }
    }
  });

  test("a midnight that a zone leaves out takes no time to find", () => {
    const [schedule, now] = ["CRON_TZ=America/Havana 30 0 * * *", at("2026-03-08T05:10:00Z")];
    const begin = performance.now();
    expect([text(lastTick(schedule, now)), text(nextTick(schedule, now))]).toEqual(["2026-03-08T05:00:00Z", "2026-03-09T04:30:00Z"]);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });

  test("whatever a definition may hold has ticks", () => {
    const field = (min: number, max: number, words: readonly string[] = []) => {
      const end = fc.oneof(fc.integer({ min, max }).map(String), ...words.map((word) => fc.constant(word)));
      const range = fc.oneof(
        fc.constant("*"),
        end,
        fc.tuple(end, end).map((ends) => ends.join("-")),
      );
      const item = fc.tuple(range, fc.option(fc.integer({ min: 1, max }))).map(([whole, step]) => (step === null ? whole : `${whole}/${step}`));
      return fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => items.join(","));
    };
    const fields = [field(0, 59), field(0, 23), field(1, 28), field(1, 12, ["jan", "DEC"]), field(0, 7, ["sun", "FRI"])] as const;
    fc.assert(
      fc.property(fc.tuple(...fields), (written) => {
        const schedule = written.join(" ");
        fc.pre(cronMistake(schedule) === null);
        expect([schedule, nextTick(schedule, at("2026-11-23")) === null, cadenceSeconds(schedule) === null]).toEqual([schedule, false, false]);
      }),
    );
  });

  test.each(["0 0 30 2 *", "every hour", "CRON_TZ=Mars/Phobos 0 * * * *"])("%s has none", (schedule) => {
    const now = at("2026-11-23");
    expect([nextTick(schedule, now), lastTick(schedule, now), cadenceSeconds(schedule)]).toEqual([null, null, null]);
  });
});

test.each([
  ["10 * * * *", 3_600],
  ["*/5 * * * *", 300],
  ["0 8-17 * * *", 15 * 3_600],
  ["7,13 3,20 * * *", 16 * 3_600 + 54 * 60],
  ["30 0 * * 1", 7 * 86_400],
  ["*/10 9-17 * * 1-5", (2 * 24 + 15) * 3_600 + 600],
  ["0 0 1,15 * *", 17 * 86_400],
  ["* * * 1 *", 335 * 86_400 + 60],
  ["0 0 29 2 *", 1_461 * 86_400],
])("the cadence of %s is %i s", (schedule, seconds) => {
  expect(cadenceSeconds(schedule)).toBe(seconds);
});
