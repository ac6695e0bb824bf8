import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binCount, binFinder, freezeCategories, freezeNumericBins, type Profile } from "../../domain/index.ts";
import { compareProfiles } from "./compare-profiles.ts";
import { comparisonDocument } from "./comparison-document.ts";
import { ecdfDistance } from "./ecdf-distance.ts";
import { deviationOf } from "./moments.ts";
import { mergeProfiles, type ProfiledValue, profileValues } from "./profile-values.ts";
import { scoreCounts, testTable } from "./scores.ts";

const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const numbers = fc.array(number, { minLength: 1, maxLength: 300 });
const categories = fc.array(fc.option(fc.constantFrom("a", "b", "c", "𝒙", "é", "<new>")), { minLength: 1, maxLength: 300 });
const counts = fc
  .array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 20 })
  .map((pairs) => pairs.map(([a, b]): [number, number] => (a + b === 0 ? [1, 0] : [a, b])));

const finite = (values: readonly (number | null)[]): Float64Array => Float64Array.from(values.filter((value) => Number.isFinite(value)).map(Number)).sort();
const numericProfile = (values: readonly (number | null)[], baseline = values): Profile => profileValues(values, freezeNumericBins(finite(baseline)));
const categoricalProfile = (values: readonly (string | null)[], baseline = values): Profile => {
  const known = baseline.filter((value) => value !== null);
  return profileValues(values, freezeCategories(new Map(known.map((value) => [value, known.filter((other) => other === value).length]))));
};

/** The largest value in deviations of the baseline: a mean of such values is that much less exact, told in deviations. */
function ratioToDeviation([baseline, current]: readonly [Profile, Profile]): number {
  const largest = Math.max(...[baseline, current].flatMap(({ moments }) => (moments === null ? [0] : [Math.abs(moments.min), Math.abs(moments.max)])));
  const deviation = baseline.moments === null ? 0 : deviationOf(baseline.moments);
  return deviation === 0 ? 0 : largest / deviation;
}

/** Every figure of two comparisons, numbers to the last digits that adding in another order may move. */
function expectSameScores(a: readonly [Profile, Profile], b: readonly [Profile, Profile]): void {
  const unsure = 1e-12 * ratioToDeviation(a);
  const [left, right] = [comparisonDocument(compareProfiles(...a)), comparisonDocument(compareProfiles(...b))];
  for (const [name, value] of Object.entries(left)) {
    const other = (right as Record<string, unknown>)[name];
    const tolerance = 1e-9 * Math.max(1, Math.abs(Number(value))) + (name.endsWith("_sd") ? unsure : 0);
    if (typeof value === "number" && typeof other === "number") expect(Math.abs(value - other), name).toBeLessThanOrEqual(tolerance);
    else expect(other, name).toEqual(value);
  }
}

describe("scores", () => {
  test("of counts are symmetric, finite and within bounds", () => {
    fc.assert(
      fc.property(counts, (pairs) => {
        const [a, b] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
        const [there, back] = [scoreCounts(a, b), scoreCounts(b, a)];
        for (const name of ["psi", "psiP", "jsDistance", "hellinger", "lInfinity"] as const) expect(there[name]).toBeCloseTo(back[name], 9);
        expect(there.psi).toBeGreaterThanOrEqual(0);
        for (const name of ["psiP", "jsDistance", "hellinger", "lInfinity"] as const) expect(there[name] >= 0 && there[name] <= 1).toBe(true);
        expect(testTable(a, b)?.chi2 ?? 0).toBeCloseTo(testTable(b, a)?.chi2 ?? 0, 6);
      }),
    );
  });

  test("of values are symmetric", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [there, back] = [ecdfDistance(finite(a), finite(b)), ecdfDistance(finite(b), finite(a))];
        expect(there === null).toBe(back === null);
        for (const name of ["ks", "ksP", "wasserstein"] as const) expect(there?.[name] ?? 0).toBeCloseTo(back?.[name] ?? 0, 6);
      }),
    );
  });

  test("of a window beside itself are zero, and no evidence", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          numbers.map((values) => numericProfile(values)),
          categories.map((values) => categoricalProfile(values)),
        ),
        (profile) => {
          const { psi, psiP, jsDistance, hellinger, lInfinity, numeric, table } = compareProfiles(profile, profile);
          expect({ psi, psiP, jsDistance, hellinger, lInfinity }).toEqual({ psi: 0, psiP: 1, jsDistance: 0, hellinger: 0, lInfinity: 0 });
          expect([numeric?.ks ?? 0, numeric?.wasserstein ?? 0, numeric?.meanShiftSd ?? 0, table?.chi2 ?? 0]).toEqual([0, 0, 0, 0]);
          expect([numeric?.ksP ?? 1, table?.chi2P ?? 1]).toEqual([1, 1]);
        },
      ),
    );
  });

  test("do not depend on the order of rows, nor on splitting a window and merging its profiles", () => {
    const split = <T extends ProfiledValue>(values: readonly T[], at: number) => [values.slice(0, at), values.slice(at)] as const;
    fc.assert(
      fc.property(numbers, numbers, fc.nat(300), (baseline, current, at) => {
        const reference = [numericProfile(baseline), numericProfile(current, baseline)] as const;
        const shuffled = [numericProfile(baseline.toReversed()), numericProfile(current.toReversed(), baseline)] as const;
        expectSameScores(reference, shuffled);
        const merged = (values: readonly (number | null)[]): Profile => {
          const [first, second] = split(values, at);
          return mergeProfiles(numericProfile(first, baseline), numericProfile(second, baseline));
        };
        expectSameScores(reference, [merged(baseline), merged(current)]);
      }),
    );
    fc.assert(
      fc.property(categories, categories, fc.nat(300), (baseline, current, at) => {
        const [first, second] = split(current, at);
        const whole = categoricalProfile(current, baseline);
        expect(mergeProfiles(categoricalProfile(first, baseline), categoricalProfile(second, baseline))).toEqual(whole);
        expect(categoricalProfile(current.toReversed(), baseline)).toEqual(whole);
      }),
    );
  });
});

test("every value falls into the one bin whose bounds hold it", () => {
  fc.assert(
    fc.property(numbers, fc.double({ noNaN: true }), (baseline, value) => {
      const bins = freezeNumericBins(finite(baseline));
      const bin = binFinder(bins)(value);
      expect(bin).toBeLessThan(binCount(bins));
      expect(value > (bins.edges[bin - 1] ?? Number.NEGATIVE_INFINITY) || bin === 0).toBe(true);
      expect(value <= (bins.edges[bin] ?? Number.POSITIVE_INFINITY)).toBe(true);
    }),
  );
});

test("a merged sample is a fair choice of the rows of both windows", () => {
  const bins = freezeNumericBins(Float64Array.of(0, 1));
  const merged = mergeProfiles(profileValues(new Array<number>(60_000).fill(0), bins), profileValues(new Array<number>(30_000).fill(1), bins));
  const ones = merged.sample?.values.filter((value) => value === 1).length ?? 0;
  expect(merged.sample?.values).toHaveLength(10_000);
  expect(Math.abs(ones - 3_333)).toBeLessThan(150); // three standard deviations
  expect(merged.moments).toMatchObject({ count: 90_000, min: 0, max: 1 });
});
