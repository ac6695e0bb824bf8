import { expect, it } from "vitest";
import { hourSpans } from "./hour-spans.ts";

const FIRST = Date.UTC(2026, 10, 1);
const seen = (hour: number, state: "on time" | "late", cause: string | null = null) => ({ at: new Date(FIRST + hour * 3_600_000), state, cause });

it("joins hours that follow each other and saw the same", () => {
  expect(hourSpans([seen(0, "on time"), seen(1, "on time"), seen(2, "late", "run_failed"), seen(3, "late", "worker_down")], FIRST)).toEqual([
    { hour: 0, hours: 2, state: "on time", cause: null },
    { hour: 2, hours: 1, state: "late", cause: "run_failed" },
    { hour: 3, hours: 1, state: "late", cause: "worker_down" },
  ]);
});

it("keeps the gaps of hours that nobody saw", () => {
  expect(hourSpans([seen(4, "on time"), seen(6, "on time")], FIRST).map(({ hour, hours }) => [hour, hours])).toEqual([
    [4, 1],
    [6, 1],
  ]);
  expect(hourSpans([], FIRST)).toEqual([]);
});
