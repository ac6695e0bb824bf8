import { expect, it } from "vitest";
import { axisEnd, scorePoints, verdictBands } from "./score-points.ts";

const DAY = 86_400_000;
const day = (at: number, verdict: "stable" | "drift", wassersteinSd: number | null = null) => ({
  ...{
    start: new Date(at * DAY),
    end: new Date((at + 1) * DAY),
    verdict,
    psi: at / 10,
    psiP: 1,
    adjustedP: 1,
    wassersteinSd,
    baselineRows: 100,
    currentRows: 100,
  },
});
const windows = [day(1, "stable"), day(2, "stable", 0.2), day(5, "drift", 0.4), day(6, "drift", 0.5)];

it("breaks the line where no window was judged", () => {
  expect(scorePoints(windows, "psi").map(({ at, score }) => [at / DAY, score])).toEqual([
    [1.5, 0.1],
    [2.5, 0.2],
    [4, null],
    [5.5, 0.5],
    [6.5, 0.6],
  ]);
  expect(scorePoints(windows, "wassersteinSd").map(({ score }) => score)).toEqual([null, 0.2, null, 0.4, 0.5]);
});

it("joins neighbouring windows of one verdict to a band, and leaves gaps between", () => {
  expect(verdictBands([...windows, day(9, "drift")]).map(({ from, to, verdict }) => [from / DAY, to / DAY, verdict])).toEqual([
    [1, 3, "stable"],
    [5, 7, "drift"],
    [9, 10, "drift"],
  ]);
});

it("ends an axis at a number that people count in", () => {
  expect([0.614, 0.1, 12, 0.98, 0.019].map(axisEnd)).toEqual([0.8, 0.15, 15, 1.2, 0.02]);
});
