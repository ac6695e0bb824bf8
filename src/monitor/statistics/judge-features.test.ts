import { expect, test } from "vitest";
import { freezeNumericBins } from "../../domain/index.ts";
import { type Comparison, compareProfiles } from "./compare-profiles.ts";
import { judgeFeatures } from "./judge-features.ts";
import { profileValues } from "./profile-values.ts";

const base = ((): Comparison => {
  const profile = profileValues([1, 2, 3], freezeNumericBins(Float64Array.of(1, 2, 3)));
  return compareProfiles(profile, profile);
})();
const comparison = (over: Partial<Comparison>): Comparison => ({ ...base, baselineRows: 100, currentRows: 100, ...over });
const verdicts = (...comparisons: readonly Comparison[]) => judgeFeatures(comparisons).map(({ verdict }) => verdict);
const shifted = (wassersteinSd: number | null): Partial<Comparison> => ({ numeric: base.numeric && { ...base.numeric, wassersteinSd } });

test.each([
  ["evidence and an effect on the bins", { psiP: 0.05, psi: 0.1 }, "drift"],
  ["evidence and an effect on the values", { psiP: 0.01, psi: 0.05, ...shifted(0.15) }, "drift"],
  ["evidence of a small shift", { psiP: 0.05, psi: 0.0999, ...shifted(0.1499) }, "watch"],
  ["evidence without a deviation to measure in", { psiP: 0.05, psi: 0.09, ...shifted(null) }, "watch"],
  ["an effect that chance explains", { psiP: 0.0501, psi: 3, ...shifted(2) }, "stable"],
  ["too few rows of the baseline", { psiP: 0, psi: 3, baselineRows: 99 }, "insufficient data"],
  ["too few rows now", { psiP: 0, psi: 3, currentRows: 99 }, "insufficient data"],
] as const)("%s", (_name, over, verdict) => {
  expect(verdicts(comparison(over))).toEqual([verdict]);
});

test("evidence is weighed against the number of features judged; those with too few rows do not count", () => {
  const borderline = comparison({ psiP: 0.03, psi: 1 });
  const quiet = comparison({ psiP: 0.9 });
  expect(verdicts(borderline, quiet)).toEqual(["stable", "stable"]);
  expect(verdicts(borderline, comparison({ psiP: 0.9, currentRows: 5 }))).toEqual(["drift", "insufficient data"]);
  expect(judgeFeatures([borderline, quiet]).map(({ adjustedP }) => adjustedP)).toEqual([0.06, 0.9]);
});

test("the same comparison given twice is judged twice", () => {
  const strong = comparison({ psiP: 0.02, psi: 1 });
  expect(judgeFeatures([strong, strong]).map(({ adjustedP }) => adjustedP)).toEqual([0.02, 0.02]);
});
