import { expect, test } from "vitest";
import { type Simulation, simulate } from "./simulate.ts";

const STABLE: Simulation = { seed: 7, days: 60, features: 20, keys: 100, hours: 1, rho: 0, shift: 0, unit: "entity_key" };

test("stable features are rarely called drift, where PSI alone cries wolf", () => {
  const { falseAlarmDays, folkAlarmDays } = simulate(STABLE);
  expect(falseAlarmDays).toBeLessThanOrEqual(9); // 5 % of 60 days, and three standard deviations
  expect(folkAlarmDays).toBeGreaterThan(50);
});

test("a shift of 0.3 sd is found at n = 1000", () => {
  expect(simulate({ ...STABLE, keys: 1_000, days: 20, shift: 0.3 }).foundDays).toBeGreaterThanOrEqual(19);
});

test("rows of one entity that depend on each other must not be judged as rows", () => {
  const series: Simulation = { ...STABLE, hours: 24, rho: 0.9, days: 20 };
  expect(simulate(series).falseAlarmDays).toBeLessThanOrEqual(4);
  expect(simulate({ ...series, unit: "row" }).falseAlarmDays).toBeGreaterThanOrEqual(18);
});

test("a seed repeats its days", () => {
  expect(simulate({ ...STABLE, days: 10 })).toEqual(simulate({ ...STABLE, days: 10 }));
});
