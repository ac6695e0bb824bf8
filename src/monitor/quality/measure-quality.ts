import { createHash } from "node:crypto";
import { expectedFeatures } from "../../domain/index.ts";
import { type Clock, canonicalJson, type Json, type Micros, toLarderError } from "../../kit/index.ts";
import { canMaterializeFrom } from "../../materialize/index.ts";
import type { DayFigures, OfflineStore } from "../../offline/index.ts";
import type { SnapshotView } from "../../registry/index.ts";
import type { ProbeRound } from "../freshness/probe-sources.ts";
import { HISTORY_DAYS, judgeDay } from "./judge-quality.ts";
import type { JudgedDay, QualityLook, QualityStore } from "./port.ts";

export interface MeasureQualityDeps {
  readonly qualityStore: QualityStore;
  readonly offline: OfflineStore;
  readonly clock: Clock;
}

const DAY: Micros = 86_400_000_000n;
/** Rows of a day may come a little late. */
const GRACE: Micros = 7_200_000_000n;
const AGAIN: Micros = 3_600_000_000n;
/** Of one view; shorter than a round, so that a view too large for it is told of and the others get their turn. */
const VIEW_SECONDS_MAX = 60;
/** Days before the newest one that are measured once more, for rows that came later still. */
const DAYS_AGAIN = 2n;

/**
 * Measures and judges the days of views that are over and not judged yet; the first time, the last eight weeks. One scan per view, the one
 * measured longest ago first. Ends early when the signal aborts. Gives the last looks at all views, old and new.
 */
export async function measureQuality(deps: MeasureQualityDeps, { project, snapshot, signal }: ProbeRound): Promise<readonly QualityLook[]> {
  const looks = new Map((await deps.qualityStore.looks(project.name, null)).map((look) => [look.view, look]));
  const measuredAt = ({ view }: SnapshotView) => looks.get(view.name)?.measuredAt ?? 0n;
  const views = [...snapshot.views.values()].filter(isMeasured).sort((a, b) => Number(measuredAt(a) - measuredAt(b)));
  for (const view of views) {
    if (signal.aborted) break;
    const before = looks.get(view.view.name) ?? null;
    if (!isDue(before, measuredOf(view), deps.clock.now())) continue;
    const look = await measureView(deps, { project: project.name, view, before, signal });
    if (look !== null) looks.set(look.view, look);
  }
  return [...looks.values()];
}

/** Whether the view's rows can be read at all: rows that are only pushed cannot. */
export function isMeasured({ newest: { batchSource } }: SnapshotView): boolean {
  return batchSource !== null && canMaterializeFrom(batchSource.type);
}

/** The figures are of these rows and expectations; where one of them is another, they are taken anew. */
function measuredOf({ view, newest }: SnapshotView): string {
  const { versionId, batchSource } = newest;
  const path = batchSource?.type === "file" ? batchSource.path : null;
  const text = canonicalJson({ versionId, path, expected: expectedFeatures(view.features) } as unknown as Json);
  return createHash("sha256").update(text).digest("hex");
}

/** Whether a day may be over that was not judged; asked again hourly where rows do not come. */
function isDue(before: QualityLook | null, of: string, now: Micros): boolean {
  if (before === null) return true;
  const waits = now - before.measuredAt < AGAIN;
  if (before.measuredOf !== of) return before.error === null || !waits;
  return !waits && (before.newest === null || lastDayOver(now) > before.newest.day);
}

/** Begin of the newest day that is over, whatever rows there are. */
function lastDayOver(now: Micros): Micros {
  return floorDay(now - GRACE) - DAY;
}

interface Measuring {
  readonly project: string;
  readonly view: SnapshotView;
  readonly before: QualityLook | null;
  readonly signal: AbortSignal;
}

/** Null: there was no time. */
async function measureView(deps: MeasureQualityDeps, { project, view, before, signal }: Measuring): Promise<QualityLook | null> {
  const look = { view: view.view.name, measuredAt: deps.clock.now(), measuredOf: measuredOf(view) };
  const anew = before?.measuredOf !== look.measuredOf;
  const kept = anew ? null : (before?.newest ?? null);
  const timeout = AbortSignal.timeout(VIEW_SECONDS_MAX * 1_000);
  try {
    const windows = await newWindows(deps, { project, view, after: kept?.day ?? null, signal: AbortSignal.any([signal, timeout]) });
    const newest = windows.at(-1) ?? kept;
    const saved: QualityLook = { ...look, error: null, newest };
    await deps.qualityStore.save(project, saved, windows, { anew });
    return saved;
  } catch (error) {
    if (signal.aborted) return null;
    const message = timeout.aborted ? `Reading its rows took longer than ${VIEW_SECONDS_MAX} s.` : toLarderError(error).message;
    // What is kept is still of the rows and expectations before: a later round has to take it anew.
    const failed: QualityLook = { ...look, measuredOf: before?.measuredOf ?? look.measuredOf, error: message, newest: before?.newest ?? null };
    await deps.qualityStore.save(project, failed, [], { anew: false });
    return failed;
  }
}

interface NewWindows {
  readonly project: string;
  readonly view: SnapshotView;
  /** Begin of the newest window kept; null: none is. */
  readonly after: Micros | null;
  readonly signal: AbortSignal;
}

/** A day is over when rows of a later one are there: with a feed that stands still no day ends, which is for freshness to tell. */
async function newWindows(deps: MeasureQualityDeps, { project, view, after, signal }: NewWindows): Promise<readonly JudgedDay[]> {
  const span = await deps.offline.eventSpan(view.newest);
  signal.throwIfAborted();
  if (span === null) return [];
  const end = min(floorDay(span.newest), lastDayOver(deps.clock.now()) + DAY);
  const start = after === null ? end - BigInt(HISTORY_DAYS) * DAY : after + DAY - DAYS_AGAIN * DAY;
  if (after !== null && end <= after + DAY) return [];
  const expected = expectedFeatures(view.view.features);
  const found = await deps.offline.figuresByDay({ view: view.newest, expected, start, end }, signal);
  const history: DayFigures[] =
    after === null ? [] : (await deps.qualityStore.windows(project, [view.view.name], start - BigInt(HISTORY_DAYS) * DAY)).filter(({ day }) => day < start);
  const judged: JudgedDay[] = [];
  for (const day of withoutGaps(found, { start: history.length > 0 ? start : null, end })) {
    judged.push(judgeDay(day, [...history, ...judged].slice(-HISTORY_DAYS), expected));
  }
  return judged;
}

/** Days without rows count, too; before the first row of all there is none. */
function withoutGaps(days: readonly DayFigures[], { start, end }: { readonly start: Micros | null; readonly end: Micros }): readonly DayFigures[] {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const first = start ?? days[0]?.day;
  if (first === undefined) return [];
  const all: DayFigures[] = [];
  for (let day = first; day < end; day += DAY) all.push(byDay.get(day) ?? { day, rows: 0, duplicates: 0, features: [] });
  return all;
}

function floorDay(time: Micros): Micros {
  return time - (((time % DAY) + DAY) % DAY);
}

function min(a: Micros, b: Micros): Micros {
  return a < b ? a : b;
}
