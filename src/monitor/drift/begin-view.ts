import type { SnapshotView } from "../../registry/index.ts";
import { DEFAULT_DRIFT_SETTINGS } from "./drift-settings.ts";
import { findHistoryStart, type JudgedVersion, planBaseline } from "./find-baseline.ts";
import type { JudgeWindowsDeps } from "./judge-windows.ts";
import { judgedVersion } from "./judged-version.ts";
import type { DriftState, DriftStore, StoredWindow, ViewKey } from "./port.ts";
import { lastWindowOver } from "./windows.ts";

export type BeginViewDeps = JudgeWindowsDeps & { readonly driftStore: DriftStore };

/** A view whose windows may be judged. */
export interface WatchedView extends JudgedVersion {
  readonly state: DriftState;
  readonly judgingKey: string;
}

export interface ViewToJudge {
  readonly found: SnapshotView;
  readonly state: DriftState | null;
  /** What the view is renewed in; null: unknown. */
  readonly intervalSeconds: number | null;
}

/** Sees that the view is judged by its settings of now, anew where they or its baseline have changed; null while its source has no rows. */
export async function beginView(
  deps: BeginViewDeps,
  key: ViewKey,
  { found, state, intervalSeconds }: ViewToJudge,
  signal: AbortSignal,
): Promise<WatchedView | null> {
  const settings = state?.chosen ?? DEFAULT_DRIFT_SETTINGS;
  const judging = { project: key.project, version: found.newest, settings, state, intervalSeconds };
  const settled = await judgedVersion(deps, judging);
  if (settled === null) return null;
  const begins = state?.judgingKey === settled.judgingKey ? await renewed(deps, { ...settled, state }, signal) : settled;
  if (begins === null) return state && { ...settled, state };
  const { judgingKey, windowSeconds, historyFrom } = begins;
  await deps.driftStore.begin(key, { judgingKey, windowSeconds, historyFrom, rowsMin: settings.rule.rowsMin });
  const begun = await deps.driftStore.state(key);
  return begun && { ...begins, state: begun };
}

/** The view as it is to be judged anew, where its baseline can be a better one, or is another by now; null: it stays. */
async function renewed(deps: BeginViewDeps, judged: WatchedView, signal: AbortSignal): Promise<(JudgedVersion & { readonly judgingKey: string }) | null> {
  const { project, version, settings, state, windowSeconds } = judged;
  const now = deps.clock.now();
  if (state.judged !== null && isUpToDate(judged, now)) return null;
  const key = { project, view: version.view };
  const [newest] = state.judged === null ? [] : await deps.driftStore.windows(key, 1);
  const { rowsMin } = settings.rule;
  if (newest === undefined || (settings.baseline.kind === "first_window" && baselineRows(newest) < rowsMin)) {
    const found = await findHistoryStart(deps, version, { windowSeconds, rowsMin, now, signal });
    const isBetter = found !== null && (found.start !== judged.historyFrom || (newest !== undefined && found.keys > 1.1 * baselineRows(newest) + 1)); // a sketch
    return isBetter ? { ...judged, historyFrom: found.start } : null;
  }
  if (settings.baseline.kind !== "training_set") return null;
  const plan = await planBaseline(deps, judged, newest.window); // another run of the set has another key
  return (await deps.driftStore.findBaseline(key, plan.key))?.id === newest.baselineId ? null : judged;
}

function baselineRows({ results }: StoredWindow): number {
  return Math.max(0, ...results.map((result) => result.baselineRows));
}

/** Whether all windows that are over are judged: told by the clock alone, without a look at the source. */
export function isUpToDate({ state: { judged }, windowSeconds }: Pick<WatchedView, "state" | "windowSeconds">, now: bigint): boolean {
  return judged !== null && judged.end >= lastWindowOver(now, windowSeconds).end;
}
