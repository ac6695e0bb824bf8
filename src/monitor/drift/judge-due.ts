import { type Clock, type Logger, type Micros, toLarderError } from "../../kit/index.ts";
import { canMaterializeFrom } from "../../materialize/index.ts";
import type { Project, RegistrySnapshot, SnapshotView } from "../../registry/index.ts";
import { type JudgeViewsDeps, judgeViews } from "../freshness/judge-views.ts";
import { isDueAgain } from "../is-due.ts";
import { closeDriftIncidents, type DriftIncidentDeps, moveDriftIncidents } from "./drift-incidents.ts";
import { DEFAULT_DRIFT_SETTINGS } from "./drift-settings.ts";
import { featuresNow, WINDOWS_REMEMBERED } from "./feature-state.ts";
import { type BaselinePlan, type JudgedVersion, judgedFrom } from "./find-baseline.ts";
import { type JudgeWindowsDeps, judgeAgain, judgeWindows } from "./judge-windows.ts";
import { judgedBefore, judgedVersion } from "./judged-version.ts";
import type { DriftState, DriftStore, StoredBaseline, ViewKey } from "./port.ts";
import { grownWindows, withoutFuture } from "./revisit-windows.ts";
import { lastWindowOver, type TimeWindow, windowsToJudge } from "./windows.ts";

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

/** A view whose windows may be judged. */
interface WatchedView extends JudgedVersion {
  readonly state: DriftState;
  readonly judgingKey: string;
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
    judged += await guarded(deps, round, watched, () => judgeAndStore(deps, round, watched, windows));
  }
  return judged;
}

type States = ReadonlyMap<string, DriftState>;

interface Look {
  readonly found: SnapshotView;
  readonly state: DriftState | null;
  readonly intervalSeconds: number | null;
}

/** Views that were not looked at for a while, those never looked at first. */
async function viewsToLookAt(deps: JudgeDueDeps, { project, snapshot }: DriftRound, states: States): Promise<readonly Look[]> {
  const now = deps.clock.now();
  const isDue = ({ view }: SnapshotView): boolean => {
    const lookedAt = states.get(view.name)?.lookedAt ?? null;
    return lookedAt === null || isDueAgain(lookedAt, AGAIN_MICROS, now);
  };
  const due = [...snapshot.views.values()].filter((found) => canBeJudged(found, states.get(found.view.name) ?? null) && isDue(found));
  if (due.length === 0) return [];
  const names = due.map(({ view }) => view.name);
  const freshness = new Map((await judgeViews(deps, project, names)).map((one) => [one.facts.view, one.freshness]));
  const looks = due.flatMap((found): Look[] => {
    const [state, known] = [states.get(found.view.name) ?? null, freshness.get(found.view.name)];
    const intervalSeconds = known?.intervalSeconds ?? null;
    // What a view is renewed in decides on the length of its windows: a source that was not measured yet will be soon.
    const isTold = known?.cause === "no_rhythm" || known?.cause === "source_unreadable"; // judging will say why it cannot
    const isKnown = intervalSeconds !== null || isTold || typeof state?.windowSeconds === "number";
    return isKnown ? [{ found, state, intervalSeconds }] : [];
  });
  return looks.sort((a, b) => Number((a.state?.lookedAt ?? 0n) - (b.state?.lookedAt ?? 0n)));
}

/** Closes incidents of views that are gone, or are not judged any more. */
async function closeOrphans(deps: JudgeDueDeps, { project, snapshot }: DriftRound, states: States): Promise<void> {
  const isJudged = (view: string): boolean => {
    const found = snapshot.views.get(view);
    return found !== undefined && canBeJudged(found, states.get(view) ?? null);
  };
  await closeDriftIncidents(deps, project.name, (view) => !isJudged(view));
}

function canBeJudged({ newest: { batchSource } }: SnapshotView, state: DriftState | null): boolean {
  return batchSource !== null && canMaterializeFrom(batchSource.type) && state?.chosen?.isOn !== false;
}

async function judgeFresh(deps: JudgeDueDeps, round: DriftRound, look: Look): Promise<number> {
  const key = { project: round.project.name, view: look.found.view.name };
  const now = deps.clock.now();
  const begun = await ensureBegun(deps, key, look);
  let count = 0;
  if (begun !== null) {
    const state = await withoutFuture(deps, begun, now);
    const watched = { ...begun, state };
    const fresh = isUpToDate(watched, now) ? [] : await freshWindows(deps, watched, { now, intervalSeconds: look.intervalSeconds });
    const late = fresh.length === 0 ? [] : await grownWindows(deps, watched, round.stop);
    count = await judgeAndStore(deps, round, watched, [...late, ...fresh]);
    // Nobody looked at it since its settings changed, or windows were forgotten: something else is said of it now.
    if (count === 0 && (look.state?.lookedAt === null || state !== begun.state)) await settle(deps, round, watched);
  }
  await deps.driftStore.looked(key, { at: now, error: null, chosenAt: look.state?.chosenAt ?? null });
  return count;
}

/** Told by the clock alone, without a look at the source. */
function isUpToDate({ state: { judged }, windowSeconds }: WatchedView, now: Micros): boolean {
  return judged !== null && judged.end >= lastWindowOver(now, windowSeconds).end;
}

async function freshWindows(
  deps: JudgeDueDeps,
  watched: WatchedView,
  { now, intervalSeconds }: { readonly now: Micros; readonly intervalSeconds: number | null },
): Promise<readonly TimeWindow[]> {
  const patienceSeconds = Math.max(watched.windowSeconds, 2 * (intervalSeconds ?? 0));
  const isServed = watched.settings.values === "served"; // what was served is there at once
  const newest = isServed ? now : ((await deps.offline.eventSpan(watched.version))?.newest ?? watched.historyFrom);
  return windowsToJudge({ ...historyOf(watched), newest, now, patienceSeconds }).fresh;
}

function historyOf(watched: WatchedView) {
  return { windowSeconds: watched.windowSeconds, from: judgedFrom(watched), judged: watched.state.judged };
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
  { found: { view }, state }: Pick<Look, "found" | "state">,
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

/** Sees that the view is judged by its settings of now, anew where they have changed; null while its source has no rows. */
async function ensureBegun(deps: JudgeDueDeps, key: ViewKey, { found, state, intervalSeconds }: Look): Promise<WatchedView | null> {
  const settings = state?.chosen ?? DEFAULT_DRIFT_SETTINGS;
  const judged = await judgedVersion(deps, { project: key.project, version: found.newest, settings, state, intervalSeconds });
  if (judged === null) return null;
  if (state?.judgingKey === judged.judgingKey) return { ...judged, state };
  const { windowSeconds, historyFrom } = judged;
  await deps.driftStore.begin(key, { judgingKey: judged.judgingKey, windowSeconds, historyFrom });
  const begun = await deps.driftStore.state(key);
  return begun && { ...judged, state: begun };
}

async function judgeAndStore(deps: JudgeDueDeps, round: DriftRound, watched: WatchedView, windows: readonly TimeWindow[]): Promise<number> {
  if (windows.length === 0) return 0;
  const key = { project: watched.project, view: watched.version.view };
  const known = (plan: BaselinePlan): Promise<StoredBaseline | null> => deps.driftStore.findBaseline(key, plan.key);
  const ids = new Map<object, number>();
  let count = 0;
  const abort = AbortSignal.any([round.stop, AbortSignal.timeout(VIEW_MS_MAX)]);
  for await (const { judged, baseline, isMoving } of judgeWindows(deps, watched, { windows, known, signal: round.signal, abort })) {
    const id = ids.get(baseline) ?? (await deps.driftStore.saveBaseline(key, baseline, { samples: !isMoving }));
    ids.set(baseline, id);
    await deps.driftStore.saveWindow(key, { judgingKey: watched.judgingKey, baselineId: id }, judged);
    count += 1;
  }
  await settle(deps, round, watched);
  return count;
}

/** What the windows judged so far say of each feature now, and of its incident, by the rule of now. */
async function settle(deps: JudgeDueDeps, { project, snapshot, stop }: DriftRound, watched: JudgedVersion): Promise<void> {
  const key = { project: project.name, view: watched.version.view };
  const { rule } = watched.settings;
  const windows = (await deps.driftStore.windows(key, WINDOWS_REMEMBERED)).map((window) => ({ ...window, results: judgeAgain(window.results, rule) }));
  const features = featuresNow(key.view, windows, rule);
  await deps.driftStore.saveFeatures(
    key,
    features.map(({ now }) => now),
  );
  await moveDriftIncidents(deps, { watched, snapshot, features, stop });
}
