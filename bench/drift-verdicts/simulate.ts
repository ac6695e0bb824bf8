import { type Bins, freezeCategories, freezeNumericBins } from "../../src/domain/index.ts";
import { type Comparison, compareProfiles, judgeFeatures, type ProfiledValue, profileValues } from "../../src/monitor/index.ts";
import { categoryOf, normalNumbers, randomNumbers, SHAPES } from "./draw.ts";

export interface Simulation {
  readonly seed: number;
  readonly days: number;
  readonly features: number;
  /** Entity keys of a window. */
  readonly keys: number;
  /** Hourly rows of each key, correlated from one to the next; 1: one row a key. */
  readonly hours: number;
  /** Correlation of a row with the one before. */
  readonly rho: number;
  /** Standard deviations by which the first feature moves; 0: all are stable. */
  readonly shift: number;
  readonly unit: "row" | "entity_key";
}

export interface Outcome {
  /** Days with a drift verdict on any stable feature. */
  readonly falseAlarmDays: number;
  /** Days on which the moved feature was found. */
  readonly foundDays: number;
  /** Days on which PSI ≥ 0.2 alone, the folk rule, raises any stable feature. */
  readonly folkAlarmDays: number;
}

const FOLK_PSI = 0.2;

/** Draws a fresh baseline and a fresh window per day, both of the same distribution but for the shift, and judges them as the monitor does. */
export function simulate(simulation: Simulation): Outcome {
  const { seed, days, features, shift } = simulation;
  const normal = normalNumbers(randomNumbers(seed));
  let [falseAlarmDays, foundDays, folkAlarmDays] = [0, 0, 0];
  for (let day = 0; day < days; day += 1) {
    const comparisons = Array.from({ length: features }, (_, feature) => compareDay(simulation, normal, { feature, moved: feature === 0 ? shift : 0 }));
    const verdicts = judgeFeatures(comparisons).map(({ verdict }) => verdict);
    const stableFrom = shift === 0 ? 0 : 1;
    if (verdicts.slice(stableFrom).includes("drift")) falseAlarmDays += 1;
    if (shift !== 0 && verdicts[0] === "drift") foundDays += 1;
    if (comparisons.slice(stableFrom).some(({ psi }) => psi >= FOLK_PSI)) folkAlarmDays += 1;
  }
  return { falseAlarmDays, foundDays, folkAlarmDays };
}

function compareDay(simulation: Simulation, normal: () => number, { feature, moved }: { readonly feature: number; readonly moved: number }): Comparison {
  const shape = SHAPES[feature % SHAPES.length] ?? ((z: number) => z);
  const isText = feature % (2 * SHAPES.length) === 15; // whole numbers, every second time
  const values = (shift: number): ProfiledValue[] => drawWindow(simulation, normal).map((z) => (isText ? categoryOf(shape(z + shift)) : shape(z + shift)));
  const baseline = values(0);
  const bins = binsOf(baseline);
  return compareProfiles(profileValues(baseline, bins), profileValues(values(moved), bins));
}

/** Standard normal values of one window: each key's hours are a stationary AR(1) series, of which the newest or all are judged. */
function drawWindow({ keys, hours, rho, unit }: Simulation, normal: () => number): number[] {
  const values: number[] = [];
  const fresh = Math.sqrt(1 - rho * rho);
  for (let key = 0; key < keys; key += 1) {
    let value = normal();
    if (unit === "row") values.push(value);
    for (let hour = 1; hour < hours; hour += 1) {
      value = rho * value + fresh * normal();
      if (unit === "row") values.push(value);
    }
    if (unit === "entity_key") values.push(value);
  }
  return values;
}

function binsOf(values: readonly ProfiledValue[]): Bins {
  if (typeof values[0] !== "string")
    return freezeNumericBins(
      Float64Array.from(
        values.filter((value) => !Number.isNaN(value)),
        Number,
      ).sort(),
    );
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return freezeCategories(counts);
}
