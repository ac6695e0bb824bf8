import { type Clock, type Logger, toLarderError } from "../../kit/index.ts";
import { canMaterializeFrom } from "../../materialize/index.ts";
import type { Project, RegistrySnapshot, SnapshotView } from "../../registry/index.ts";
import { type JudgeViewsDeps, judgeViews } from "../freshness/judge-views.ts";
import { isDueAgain } from "../is-due.ts";
import { beginView, isUpToDate, type ViewToJudge, type WatchedView } from "./begin-view.ts";
import { closeDriftIncidents, type DriftIncidentDeps } from "./drift-incidents.ts";
import { DEFAULT_DRIFT_SETTINGS } from "./drift-settings.ts";
import type { BaselinePlan } from "./find-baseline.ts";
import { type JudgeWindowsDeps, judgeWindows } from "./judge-windows.ts";
import { judgedBefore } from "./judged-version.ts";
import type { Baseline, DriftState, DriftStore } from "./port.ts";
import { type DueWindows, historyOf, windowsDue, withoutFuture } from "./revisit-windows.ts";
import { settleView } from "./settle-view.ts";
import { windowsToJudge } from "./windows.ts";

export type JudgeDueDeps = JudgeWindowsDeps &
  JudgeViewsDeps &
  DriftIncidentDeps & { readonly driftStore: DriftStore; readonly clock: Clock; readonly logger: Logger };

/** How long a view is left alone after it was looked at. */
const AGAIN_MICROS = 300_000_000n;
/** Older windows that are judged in one go, before others get their turn. */
const OLDER_AT_ONCE = 6;
/** Windows of one view that take longer together are given up, which is noted with the view. */
const VIEW_MS_MAX = 900_000;

export interface DriftRound {
  readonly project: Project;
  readonly snapshot: RegistrySnapshot;
  /** When it aborts, no further window is begun. */
  readonly signal: AbortSignal;
  /** When it aborts, what is under way ends too. */
  readonly stop: AbortSignal;
}

/**
 * Judges what is due in a project: new windows of all views first, then older history, some windows of each view at a time. Ends early when
 * the signal aborts; what is left comes in the next round. Gives the number of windows judged.
 */
export async function judgeDue(deps: JudgeDueDeps, round: DriftRound): Promise<number> {
  const { signal } = round;
  const states = new Map((await deps.driftStore.states(round.project.name)).map((state) => [state.view, state]));
  await closeOrphans(deps, round, states);
  let judged = 0;
  for (const look of await viewsToLookAt(deps, round, states)) {
    if (signal.aborted) return judged;
    judged += await guarded(deps, round, look, () => judgeFresh(deps, round, look));
  }
  for (const { watched, windows } of await olderWindows(deps, round)) {
    if (signal.aborted) return judged;
    judged += await guarded(deps, round, watched, () => judgeAndStore(deps, round, { watched, due: { ...NOTHING_DUE, windows }, abort: timeOfView(round) }));
  }
  return judged;
}

type States = ReadonlyMap<string, DriftState>;

/** Views that were not looked at for a while, those never looked at first. */
async function viewsToLookAt(deps: JudgeDueDeps, { project, snapshot }: DriftRound, states: States): Promise<readonly ViewToJudge[]> {
  const now = deps.clock.now();
  const isDue = ({ view }: SnapshotView): boolean => {
    const lookedAt = states.get(view.name)?.lookedAt ?? null;
    return lookedAt === null || isDueAgain(lookedAt, AGAIN_MICROS, now);
  };
  const due = [...snapshot.views.values()].filter((found) => canBeJudged(found, states.get(found.view.name) ?? null) && isDue(found));
  if (due.length === 0) return [];
  const names = due.map(({ view }) => view.name);
  const freshness = new Map((await judgeViews(deps, project, names)).map((one) => [one.facts.view, one.freshness]));
  const looks = due.flatMap((found): ViewToJudge[] => {
    const [state, known] = [states.get(found.view.name) ?? null, freshness.get(found.view.name)];
    const intervalSeconds = known?.intervalSeconds ?? null;
    // What a view is renewed in decides on the length of its windows: a source that was not measured yet will be soon.
    const isTold = known?.cause === "no_rhythm" || known?.cause === "source_unreadable"; // judging will say why it cannot
    const isKnown = intervalSeconds !== null || isTold || typeof state?.windowSeconds === "number";
    return isKnown ? [{ found, state, intervalSeconds }] : [];
  });
  return looks.sort((a, b) => Number((a.state?.lookedAt ?? 0n) - (b.state?.lookedAt ?? 0n)));
}

/** Closes incidents of views that are gone, or are not judged any more, and forgets how their features were. */
async function closeOrphans(deps: JudgeDueDeps, { project, snapshot }: DriftRound, states: States): Promise<void> {
  const isJudged = (view: string): boolean => {
    const found = snapshot.views.get(view);
    return found !== undefined && canBeJudged(found, states.get(view) ?? null);
  };
  await closeDriftIncidents(deps, project.name, (view) => !isJudged(view));
  await deps.driftStore.keepFeatures(project.name, [...snapshot.views.keys()].filter(isJudged));
}

function canBeJudged({ newest: { batchSource } }: SnapshotView, state: DriftState | null): boolean {
  return batchSource !== null && canMaterializeFrom(batchSource.type) && state?.chosen?.isOn !== false;
}

async function judgeFresh(deps: JudgeDueDeps, round: DriftRound, look: ViewToJudge): Promise<number> {
  const key = { project: round.project.name, view: look.found.view.name };
  const now = deps.clock.now();
  const signal = timeOfView(round);
  const begun = await beginView(deps, key, look, signal);
  let count = 0;
  if (begun !== null) {
    const watched = { ...begun, state: await withoutFuture(deps, begun, now) };
    const due = isUpToDate(watched, now) ? NOTHING_DUE : await windowsDue(deps, watched, { now, intervalSeconds: look.intervalSeconds, signal });
    count = await judgeAndStore(deps, round, { watched, due, abort: signal });
    // Other thresholds say something else of the same windows; or a crash came between windows and what follows from them.
    if (count === 0 && !watched.state.isSettled) await settleView(deps, watched, round);
  }
  await deps.driftStore.looked(key, { at: now, error: null, chosenAt: look.state?.chosenAt ?? null });
  return count;
}

const NOTHING_DUE: DueWindows = { windows: [], sourceRows: () => null };

function timeOfView({ stop }: DriftRound): AbortSignal {
  return AbortSignal.any([stop, AbortSignal.timeout(VIEW_MS_MAX)]);
}

/** What is left of the past of views that were begun, the most recent first. */
async function olderWindows(deps: JudgeDueDeps, { project, snapshot }: DriftRound) {
  const states = await deps.driftStore.states(project.name);
  const waiting = states.flatMap((state) => {
    const found = snapshot.views.get(state.view);
    const watched = found && canBeJudged(found, state) ? watchedView(project, found, state) : null;
    if (watched === null || state.judged === null || state.error !== null) return [];
    const { older } = windowsToJudge({ ...historyOf(watched), newest: state.judged.end, now: deps.clock.now(), patienceSeconds: 0 });
    const [newest] = older;
    return newest === undefined ? [] : [{ watched, windows: older.slice(0, OLDER_AT_ONCE), newest: newest.end }];
  });
  return waiting.sort((a, b) => Number(b.newest - a.newest));
}

/** Null: it was not begun under these settings yet. */
function watchedView(project: Project, found: SnapshotView, state: DriftState): (WatchedView & { readonly found: SnapshotView }) | null {
  const settings = state.chosen ?? DEFAULT_DRIFT_SETTINGS;
  const before = judgedBefore({ version: found.newest, settings, state });
  if (before === null || state.historyFrom === null) return null;
  const { windowSeconds, key } = before;
  return { project: project.name, version: found.newest, settings, windowSeconds, historyFrom: state.historyFrom, state, judgingKey: key, found };
}

/** What one view cannot do is noted with it, and the others go on. */
async function guarded(
  deps: JudgeDueDeps,
  { project, stop }: DriftRound,
  { found: { view }, state }: Pick<ViewToJudge, "found" | "state">,
  work: () => Promise<number>,
): Promise<number> {
  const key = { project: project.name, view: view.name };
  try {
    return await work();
  } catch (error) {
    if (stop.aborted) return 0;
    const { code, message } = toLarderError(error);
    deps.logger.warn({ view: view.name, code, error: message }, "the drift of a view could not be judged");
    await deps.driftStore.looked(key, { at: deps.clock.now(), error: message, chosenAt: state?.chosenAt ?? null });
    return 0;
  }
}

interface ToJudge {
  readonly watched: WatchedView;
  readonly due: DueWindows;
  readonly abort: AbortSignal;
}

async function judgeAndStore(deps: JudgeDueDeps, round: DriftRound, { watched, due: { windows, sourceRows }, abort }: ToJudge): Promise<number> {
  if (windows.length === 0) return 0;
  const key = { project: watched.project, view: watched.version.view };
  const ids = new Map<Baseline, number>();
  const known = async (plan: BaselinePlan): Promise<Baseline | null> => {
    const found = await deps.driftStore.findBaseline(key, plan.key);
    if (found !== null) ids.set(found, found.id);
    return found;
  };
  let count = 0;
  for await (const { judged, baseline, isMoving } of judgeWindows(deps, watched, { windows, known, signal: round.signal, abort })) {
    const baselineId = ids.get(baseline) ?? (await deps.driftStore.saveBaseline(key, baseline, { isMoving }));
    ids.set(baseline, baselineId);
    await deps.driftStore.saveWindow(key, { judgingKey: watched.judgingKey, baselineId, sourceRows: sourceRows(judged.window.start) }, judged);
    count += 1;
  }
  await settleView(deps, watched, round);
  return count;
}
