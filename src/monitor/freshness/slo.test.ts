import { expect, test } from "vitest";
import { sloOf } from "./slo.ts";

const looks = (onTime: number, atRisk: number, late: number) => ({ onTime, atRisk, late });

test("nothing judged is nothing known", () => {
  expect(sloOf([])).toEqual({ good: null, budgetLeft: null, judged: 0 });
});

test.each([
  ["always on time", [looks(12, 0, 0), looks(0, 12, 0)], 1, 1],
  ["half of the budget spent", [looks(199, 0, 1)], 0.995, 0.5],
  ["all of it spent", [looks(99, 0, 1)], 0.99, 0],
  ["overspent", [looks(98, 0, 2)], 0.98, -1],
])("%s", (_name, samples, good, budgetLeft) => {
  const slo = sloOf(samples);
  expect(slo.good).toBeCloseTo(good, 9);
  expect(slo.budgetLeft).toBeCloseTo(budgetLeft, 9);
});
