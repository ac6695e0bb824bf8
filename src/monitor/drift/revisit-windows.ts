import type { Micros } from "../../kit/index.ts";
import type { WatchedView } from "./begin-view.ts";
import { judgedFrom } from "./find-baseline.ts";
import type { OpenRowsDeps } from "./open-rows.ts";
import type { DriftState, DriftStore } from "./port.ts";
import { lastWindowOver, type TimeWindow, windowAt, windowsToJudge } from "./windows.ts";

export interface RevisitDeps extends OpenRowsDeps {
  readonly driftStore: Pick<DriftStore, "state" | "windows" | "forgetAfter">;
}

/** Windows that are looked at once more when the next is judged: as many as an incident needs to close. */
const LOOKED_AT_AGAIN = 3;

/** Forgets windows that are not over by the clock of now: they were judged while it was ahead, without their rows. */
export async function withoutFuture(deps: RevisitDeps, { project, version, windowSeconds, state }: WatchedView, now: Micros): Promise<DriftState> {
  if (state.judged === null || state.judged.end <= windowAt(now, windowSeconds).start) return state;
  const key = { project, view: version.view };
  await deps.driftStore.forgetAfter(key, lastWindowOver(now, windowSeconds).end);
  return (await deps.driftStore.state(key)) ?? state;
}

export interface DueWindows {
  readonly windows: readonly TimeWindow[];
  /** Rows that the source has in the window that begins then; null: not counted. */
  sourceRows(start: Micros): number | null;
}

export interface DueOptions {
  readonly now: Micros;
  readonly intervalSeconds: number | null;
  readonly signal: AbortSignal;
}

/**
 * Windows that are over, oldest first; where there are any, also those of the last judged that have more rows by now, and what came after
 * them. Where rows are gone, what was said of them stays. One scan of event times.
 */
export async function windowsDue(deps: RevisitDeps, watched: WatchedView, { now, intervalSeconds, signal }: DueOptions): Promise<DueWindows> {
  const { project, version, windowSeconds, settings } = watched;
  const patienceSeconds = Math.max(windowSeconds, 2 * (intervalSeconds ?? 0));
  const fresh = (newest: Micros) => windowsToJudge({ ...historyOf(watched), newest, now, patienceSeconds }).fresh;
  if (settings.values === "served") return { windows: fresh(now), sourceRows: () => null }; // what was served is there at once
  const stored = await deps.driftStore.windows({ project, view: version.view }, LOOKED_AT_AGAIN);
  const from = stored[0]?.window.start ?? windowAt(judgedFrom(watched), windowSeconds).start;
  const sizes = await deps.offline.windowSizes(version, { seconds: windowSeconds, offset: from, from }, signal);
  const rowsOf = new Map(sizes.map(({ start, rows }) => [start, rows]));
  const sourceRows = (start: Micros): number => rowsOf.get(start) ?? 0;
  // A row in the future says nothing of those before it.
  const newest = sizes.findLast(({ start }) => start <= now)?.start ?? from;
  const windows = fresh(newest);
  const grown = stored.findIndex(({ window, sourceRows: before }) => before !== null && sourceRows(window.start) > before);
  const again = windows.length > 0 && grown >= 0 ? stored.slice(grown).map(({ window }) => window) : [];
  return { windows: [...again, ...windows], sourceRows };
}

/** What of a view's time is judged so far. */
export function historyOf(watched: WatchedView) {
  return { windowSeconds: watched.windowSeconds, from: judgedFrom(watched), judged: watched.state.judged };
}
