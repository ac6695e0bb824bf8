import type { Profile } from "../../domain/index.ts";
import { type Clock, LarderError } from "../../kit/index.ts";
import { type Comparison, compareProfiles } from "../statistics/compare-profiles.ts";
import { judgeFeatures, type VerdictRule } from "../statistics/judge-features.ts";
import { judgedFeatures } from "./drift-settings.ts";
import { type BaselineDeps, type BaselinePlan, freezeBaseline, type JudgedVersion, planBaseline } from "./find-baseline.ts";
import { type DriftRows, openRows } from "./open-rows.ts";
import type { Baseline, DriftResult, JudgedWindow } from "./port.ts";
import type { TimeWindow } from "./windows.ts";

export interface JudgeWindowsDeps extends BaselineDeps {
  readonly clock: Clock;
}

/** Where baselines are found that were frozen before. */
export type BaselineMemory = (plan: BaselinePlan) => Promise<Baseline | null>;

export interface JudgedAgainst {
  readonly judged: JudgedWindow;
  readonly baseline: Baseline;
  readonly isMoving: boolean;
}

export interface JudgeWindowsOptions {
  readonly windows: readonly TimeWindow[];
  readonly known: BaselineMemory;
  /** When it aborts, no further window is begun. */
  readonly signal: AbortSignal;
  /** When it aborts, a scan that is under way ends; absent: the same. */
  readonly abort?: AbortSignal;
}

/** Judges windows one after another: one scan each, and one for a baseline that is not known yet. */
export async function* judgeWindows(
  deps: JudgeWindowsDeps,
  judged: JudgedVersion,
  { windows, known, signal, abort = signal }: JudgeWindowsOptions,
): AsyncGenerator<JudgedAgainst> {
  let standing: { readonly plan: BaselinePlan; readonly baseline: Baseline } | null = null;
  for (const window of windows) {
    if (signal.aborted) return;
    const plan: BaselinePlan = standing?.plan ?? (await planBaseline(deps, judged, window));
    const baseline: Baseline = standing?.baseline ?? (plan.isMoving ? null : await known(plan)) ?? (await freeze(deps, judged, { plan, signal: abort }));
    if (!plan.isMoving) standing = { plan, baseline };
    yield { judged: await judgeWindow(deps, judged, { window, baseline, signal: abort }), baseline, isMoving: plan.isMoving };
  }
}

/** Throws failed_precondition for rows that someone chose to compare with, and that are not there. */
async function freeze(deps: JudgeWindowsDeps, judged: JudgedVersion, { plan, signal }: { readonly plan: BaselinePlan; readonly signal: AbortSignal }) {
  const baseline = await freezeBaseline(deps, judged, plan, { frozenAt: deps.clock.now(), signal });
  const isChosen = plan.origin.kind === "window" || plan.origin.kind === "training_set";
  if (isChosen && baseline.rows === 0)
    throw new LarderError("failed_precondition", "The baseline that was chosen has no rows.", {
      hint: "Choose another one in the settings of the view's drift.",
    });
  return baseline;
}

async function judgeWindow(deps: JudgeWindowsDeps, judged: JudgedVersion, { window, baseline, signal }: WindowToJudge): Promise<JudgedWindow> {
  const { version, settings } = judged;
  const names = judgedFeatures(version, settings).filter((name) => baseline.profiles.has(name));
  const before = names.flatMap((name) => baseline.profiles.get(name) ?? []);
  const rows = rowsOfWindow(judged, window);
  const current = await openRows(deps, rows, { columns: names, like: [], signal }, async (opened) => ({
    rows: opened.rows,
    profiles: await opened.profile(
      names.map((name, index) => ({ name, bins: before[index]?.bins ?? { kind: "numeric" as const, edges: [] } })),
      { sampled: true },
    ),
  }));
  const comparisons = current.profiles.flatMap((profile, index) => (before[index] ? [compareProfiles(before[index], profile)] : []));
  const judgements = judgeFeatures(comparisons, settings.rule);
  const results = names.flatMap((feature, index): DriftResult[] => {
    const [comparison, judgement, profile] = [comparisons[index], judgements[index], current.profiles[index]];
    return comparison && judgement && profile ? [{ feature, ...judgement, ...resultOf(comparison, profile) }] : [];
  });
  return { window, versionId: version.versionId, rows: current.rows, judgedAt: deps.clock.now(), results };
}

interface WindowToJudge {
  readonly window: TimeWindow;
  readonly baseline: Baseline;
  readonly signal: AbortSignal;
}

/** What of a window is judged: rows of the source, or values as they were served. */
export function rowsOfWindow({ version: view, settings }: JudgedVersion, window: TimeWindow): DriftRows {
  return settings.values === "served" ? { kind: "served", view, range: window } : { kind: "view", view, ranges: [window] };
}

function resultOf({ psi, psiP, baselineRows, currentRows, numeric }: Comparison, { rows, nulls, counts, moments }: Profile) {
  return { psi, psiP, baselineRows, currentRows, numeric, profile: { rows, nulls, counts, moments } };
}

/** The whole comparison again, out of a stored result and its baseline. */
export function comparisonOf(baseline: Profile, result: DriftResult): Comparison {
  const again = compareProfiles({ ...baseline, sample: null }, { ...result.profile, bins: baseline.bins, sample: null }, null);
  return { ...again, numeric: result.numeric };
}

/** How far a feature is beyond what counts as an effect: 1 at the threshold, of the score that is further. */
export function effectOf({ psi, wassersteinSd }: { readonly psi: number; readonly wassersteinSd: number | null }, rule: VerdictRule): number {
  const share = (score: number, threshold: number): number => (threshold === 0 ? score : score / threshold);
  return Math.max(share(psi, rule.psiMin), share(wassersteinSd ?? 0, rule.wassersteinSdMin));
}

/** Verdicts of a stored window, given anew by another rule: no row is read. */
export function judgeAgain(results: readonly DriftResult[], rule: VerdictRule): readonly DriftResult[] {
  const judgements = judgeFeatures(results, rule);
  return results.map((result, index) => ({ ...result, ...judgements[index] }));
}
