import { describe, expect, it } from "vitest";
import { DEFAULT_DRIFT_SETTINGS } from "./drift-settings.ts";
import { type FeatureWindow, isWeeklyRhythm } from "./weekly-rhythm.ts";

const DAY = 86_400_000_000n;
type Verdict = FeatureWindow["result"]["verdict"];

/** A window a day: calm ones are spread evenly, drifting ones lean to the right. */
function windowsOf(
  verdicts: readonly Verdict[],
  { counts, baselineIds }: { readonly counts?: readonly number[]; readonly baselineIds?: readonly number[] } = {},
) {
  return verdicts.map((verdict, day): FeatureWindow => {
    const start = BigInt(day) * DAY;
    const right = counts?.[day] ?? (verdict === "drift" ? 400 : 250);
    const profile = { rows: 500, nulls: 0, counts: [500 - right, right], moments: null };
    const result = { feature: "f", verdict, adjustedP: 0, psi: 1, psiP: 0, baselineRows: 500, currentRows: 500, numeric: null, profile };
    return { window: { start, end: start + DAY }, baselineId: baselineIds?.[day] ?? 1, result };
  });
}

const [S, D, I] = ["stable", "drift", "insufficient data"] as const;
const isWeekly = (windows: readonly FeatureWindow[]) => isWeeklyRhythm(windows, DEFAULT_DRIFT_SETTINGS.rule);

describe("a rhythm of the week", () => {
  it.each([
    { of: "two weekends that are alike", verdicts: [D, D, S, S, S, S, S, D, D], weekly: true },
    { of: "a shift that stayed", verdicts: [S, D, D, D, D, D, D, D, D], weekly: false },
    { of: "days between that had too few rows", verdicts: [D, D, I, I, I, I, I, D, D], weekly: false },
    { of: "a shift with a calm day in it", verdicts: [D, D, D, D, S, D, D, D, D], weekly: false },
    { of: "a shift that came in the middle of the week", verdicts: [D, S, S, S, D, D, D, D, D], weekly: false },
    { of: "a first weekend", verdicts: [S, S, S, S, S, S, S, D, D], weekly: false },
    { of: "less than a week", verdicts: [D, S, D], weekly: false },
    { of: "a weekend that is over", verdicts: [D, S, S, S, S, S, S, S], weekly: false },
    { of: "a newest day with too few rows", verdicts: [D, D, S, S, S, S, S, D, D, I], weekly: true },
    { of: "nothing", verdicts: [], weekly: false },
  ] satisfies { of: string; verdicts: readonly Verdict[]; weekly: boolean }[])("$of: $weekly", ({ verdicts, weekly }) => {
    expect(isWeekly(windowsOf(verdicts))).toBe(weekly);
  });

  it("is none where the two drift otherwise, or against other baselines", () => {
    const verdicts = [D, D, S, S, S, S, S, D, D] as const;
    expect(isWeekly(windowsOf(verdicts, { counts: [400, 400, 250, 250, 250, 250, 250, 100, 100] }))).toBe(false);
    expect(isWeekly(windowsOf(verdicts, { baselineIds: [1, 1, 1, 1, 1, 1, 1, 2, 2] }))).toBe(false);
  });
});
