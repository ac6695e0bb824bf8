import type { VerdictRule } from "../statistics/judge-features.ts";
import { scoreCounts } from "../statistics/scores.ts";
import type { DriftResult, StoredWindow } from "./port.ts";

const WEEK = 604_800_000_000n;

/** One feature in one window. */
export interface FeatureWindow extends Pick<StoredWindow, "window" | "baselineId"> {
  readonly result: DriftResult;
}

/**
 * Whether the newest drift of a feature is likely a rhythm of the week, and no shift: it drifted a week before too, by the counts of both windows
 * alike, while most windows between the two did not, one of them within the last half week. Windows are of one feature, oldest first.
 */
export function isWeeklyRhythm(windows: readonly FeatureWindow[], rule: VerdictRule): boolean {
  const newest = windows.findLast(({ result }) => result.verdict !== "insufficient data");
  if (newest?.result.verdict !== "drift") return false;
  const { start } = newest.window;
  const before = windows.find(({ window, baselineId }) => window.start === start - WEEK && baselineId === newest.baselineId);
  if (before?.result.verdict !== "drift") return false;
  const { psi, psiP } = scoreCounts(countsOf(before.result), countsOf(newest.result));
  const isAlike = psi < rule.psiMin || psiP > rule.pMax;
  if (!isAlike) return false;
  const between = windows.filter(({ window, result }) => window.start > start - WEEK && window.start < start && result.verdict !== "insufficient data");
  const calm = between.filter(({ result }) => result.verdict !== "drift");
  const lastCalm = calm.at(-1);
  return lastCalm !== undefined && 2 * calm.length > between.length && start - lastCalm.window.start <= WEEK / 2n;
}

function countsOf({ profile: { counts, nulls } }: DriftResult): readonly number[] {
  return [...counts, nulls];
}
