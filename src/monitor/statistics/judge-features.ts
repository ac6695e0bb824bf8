import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import type { Comparison, NumericScores } from "./compare-profiles.ts";

/** insufficient data: a window is too small to judge; drift: evidence and effect; watch: evidence of a shift too small to matter. */
export type Verdict = "stable" | "watch" | "drift" | "insufficient data";

export interface VerdictRule {
  /** A window with fewer rows is not judged. */
  readonly rowsMin: number;
  /** Evidence: the adjusted p-value is at most this. */
  readonly pMax: number;
  /** Effect: PSI, or Wasserstein in sd of the baseline, is at least this. */
  readonly psiMin: number;
  readonly wassersteinSdMin: number;
}

export const VERDICT_RULE: VerdictRule = { rowsMin: 100, pMax: 0.05, psiMin: 0.1, wassersteinSdMin: 0.15 };

export interface Judgement {
  readonly verdict: Verdict;
  /** p of the PSI, adjusted over the features judged together; null where the feature was not judged. */
  readonly adjustedP: number | null;
}

/** What a verdict is told from. */
export interface JudgedScores extends Pick<Comparison, "baselineRows" | "currentRows" | "psi" | "psiP"> {
  readonly numeric: Pick<NumericScores, "wassersteinSd"> | null;
}

/** Judges all features of one view and window together, in their order. */
export function judgeFeatures(comparisons: readonly JudgedScores[], rule: VerdictRule = VERDICT_RULE): readonly Judgement[] {
  const judged = comparisons.filter((comparison) => isLargeEnough(comparison, rule));
  const adjusted = benjaminiHochberg(judged.map(({ psiP }) => psiP));
  const adjustedOf = new Map(judged.map((comparison, index) => [comparison, adjusted[index] ?? 1]));
  return comparisons.map((comparison) => {
    const adjustedP = adjustedOf.get(comparison) ?? null;
    return { adjustedP, verdict: adjustedP === null ? "insufficient data" : verdictOf(comparison, adjustedP, rule) };
  });
}

function isLargeEnough({ baselineRows, currentRows }: JudgedScores, { rowsMin }: VerdictRule): boolean {
  return baselineRows >= rowsMin && currentRows >= rowsMin;
}

function verdictOf({ psi, numeric }: JudgedScores, adjustedP: number, { pMax, psiMin, wassersteinSdMin }: VerdictRule): Verdict {
  if (adjustedP > pMax) return "stable";
  return psi >= psiMin || (numeric?.wassersteinSd ?? 0) >= wassersteinSdMin ? "drift" : "watch";
}
