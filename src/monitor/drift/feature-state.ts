import type { Micros } from "../../kit/index.ts";
import { type DriftIncidentState, NO_DRIFT_INCIDENT, stepDriftIncident } from "../incidents/incident-state.ts";
import type { VerdictRule } from "../statistics/judge-features.ts";
import { effectOf } from "./judge-windows.ts";
import type { DriftFigures, DriftingFeature, StoredWindow } from "./port.ts";
import { type FeatureWindow, isWeeklyRhythm } from "./weekly-rhythm.ts";

/** Windows that tell how a feature is now. */
export const WINDOWS_REMEMBERED = 30;

/** A feature after all windows that are known of it. */
export interface FeatureNow {
  readonly now: DriftingFeature;
  /** The newest window that had data enough to be judged; null: none had. */
  readonly lastJudged: FeatureWindow | null;
  /** Whether the drift looks like a rhythm of the week. */
  readonly isWeekly: boolean;
  /** What an incident would be after these windows. */
  readonly incident: DriftIncidentState;
}

export interface FeaturesNowOptions {
  readonly rule: VerdictRule;
  /** Since when features were known to drift before: it may lie before the windows given. */
  readonly since: ReadonlyMap<string, Micros>;
}

/** How each feature is after these windows of its view, oldest first. */
export function featuresNow(view: string, windows: readonly StoredWindow[], { rule, since: before }: FeaturesNowOptions): readonly FeatureNow[] {
  const newest = windows.at(-1);
  if (newest === undefined) return [];
  return newest.results.map((result) => {
    const figures: DriftFigures = { view, ...result, window: newest.window, wassersteinSd: result.numeric?.wassersteinSd ?? null };
    const own = windows.flatMap(({ window, baselineId, results }) => {
      const found = results.find(({ feature }) => feature === result.feature);
      return found === undefined ? [] : [{ window, baselineId, result: found }];
    });
    const { feature, verdict, adjustedP, psi, baselineRows, currentRows, window, wassersteinSd } = figures;
    const now = { view, feature, verdict, adjustedP, psi, baselineRows, currentRows, window, wassersteinSd };
    return {
      lastJudged: lastJudged(own),
      now: { ...now, effect: effectOf(figures, rule), judgedAt: newest.judgedAt, since: since(own, before.get(feature)) },
      isWeekly: isWeeklyRhythm(own, rule),
      incident: own.reduce((state, one) => stepDriftIncident(state, one.result.verdict).state, NO_DRIFT_INCIDENT),
    };
  });
}

function lastJudged(windows: readonly FeatureWindow[]): FeatureNow["lastJudged"] {
  return windows.findLast(({ result }) => result.verdict !== "insufficient data") ?? null;
}

/** Where the row of drifting windows that reaches to now begins, `before` where it reaches back to then; windows without enough data do not break it. */
function since(windows: readonly FeatureWindow[], before: Micros | undefined): Micros | null {
  const oldest = windows.at(0)?.window.start;
  let begin = before !== undefined && oldest !== undefined && before < oldest ? before : null;
  for (const {
    window,
    result: { verdict },
  } of windows) {
    if (verdict === "drift") begin ??= window.start;
    else if (verdict !== "insufficient data") begin = null;
  }
  return begin;
}
