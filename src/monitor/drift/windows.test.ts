import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTimestamp, parseTimestamp } from "../../kit/index.ts";
import { firstWholeWindow, type History, type TimeWindow, WINDOW_SECONDS, windowAt, windowsToJudge } from "./windows.ts";

const DAY = 86_400;
const at = (text: string) => parseTimestamp(text);
const days = (windows: readonly TimeWindow[]) => windows.map(({ start }) => formatTimestamp(start).slice(0, 10));
const history = (over: Partial<History>): History => ({
  windowSeconds: DAY,
  from: at("2024-03-01"),
  newest: at("2024-03-10T08:00:00Z"),
  judged: null,
  now: at("2024-03-10T08:10:00Z"),
  patienceSeconds: DAY,
  ...over,
});

describe("windows", () => {
  test("are aligned in UTC, weeks to Mondays", () => {
    expect(windowAt(at("2024-03-07T13:59:00Z"), 21_600)).toEqual({ start: at("2024-03-07T12:00:00Z"), end: at("2024-03-07T18:00:00Z") });
    expect(windowAt(at("2024-03-07T13:59:00Z"), 604_800)).toEqual({ start: at("2024-03-04"), end: at("2024-03-11") });
    expect(windowAt(at("1969-12-31T23:00:00Z"), DAY).start).toBe(at("1969-12-31"));
    expect([firstWholeWindow(at("2024-03-07"), DAY), firstWholeWindow(at("2024-03-07T00:00:01Z"), DAY)].map(({ start }) => start)).toEqual([
      at("2024-03-07"),
      at("2024-03-08"),
    ]);
  });

  test("hold their moment and follow each other without a gap", () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 16n), 10n ** 16n), fc.constantFrom(...WINDOW_SECONDS), (moment, seconds) => {
        const window = windowAt(moment, seconds);
        expect(window.start <= moment && moment < window.end).toBe(true);
        expect(windowAt(window.end, seconds).start).toBe(window.end);
      }),
    );
  });
});

describe("what is judged next", () => {
  test("of a view never judged: the last three windows, then the older ones, newest first", () => {
    const { fresh, older } = windowsToJudge(history({}));
    expect(days(fresh)).toEqual(["2024-03-07", "2024-03-08", "2024-03-09"]);
    expect(days(older)).toEqual(["2024-03-06", "2024-03-05", "2024-03-04", "2024-03-03", "2024-03-02", "2024-03-01"]);
  });

  test("then what is new, and what is left of the past", () => {
    const { fresh, older } = windowsToJudge(history({ judged: { start: at("2024-03-03"), end: at("2024-03-08") } }));
    expect([days(fresh), days(older)]).toEqual([
      ["2024-03-08", "2024-03-09"],
      ["2024-03-02", "2024-03-01"],
    ]);
  });

  test("a window waits for its rows, though not for ever", () => {
    const late = { newest: at("2024-03-09T22:00:00Z"), judged: { start: at("2024-03-01"), end: at("2024-03-09") } };
    expect(windowsToJudge(history(late)).fresh).toEqual([]);
    expect(days(windowsToJudge(history({ ...late, now: at("2024-03-11T00:00:00Z") })).fresh)).toEqual(["2024-03-09"]);
    const hourly = history({
      windowSeconds: 3_600,
      newest: at("2024-03-09"),
      judged: { start: at("2024-03-08"), end: at("2024-03-09") },
      patienceSeconds: 2 * DAY,
    });
    expect(windowsToJudge(hourly).fresh).toEqual([]); // rows of the day come at once, later
    const justOver = { judged: { start: at("2024-03-01"), end: at("2024-03-09") }, newest: at("2024-03-10"), now: at("2024-03-10T00:14:59Z") };
    expect(windowsToJudge(history(justOver)).fresh).toEqual([]);
    expect(days(windowsToJudge(history({ ...justOver, now: at("2024-03-10T00:15:00Z") })).fresh)).toEqual(["2024-03-09"]);
  });

  test("no further back than a month, of short windows 60 and of weeks 8", () => {
    const judged = (windowSeconds: number) => {
      const { fresh, older } = windowsToJudge(history({ windowSeconds, from: at("2020-01-01") }));
      return fresh.length + older.length;
    };
    expect([3_600, 21_600, 86_400, 604_800].map(judged)).toEqual([60, 60, 30, 8]);
    expect(windowsToJudge(history({ from: at("2025-01-01") }))).toEqual({ fresh: [], older: [] });
  });
});
