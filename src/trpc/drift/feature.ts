import type { FeatureView } from "../../domain/index.ts";
import { toDate } from "../../kit/index.ts";
import {
  type ComparedBin,
  type Comparison,
  comparisonOf,
  DEFAULT_DRIFT_SETTINGS,
  DRIFT_CHECK,
  dividingColumns,
  driftSubject,
  featuresNow,
  type StoredWindow,
  servicesReading,
  WINDOWS_REMEMBERED,
} from "../../monitor/index.ts";
import { viewResource, whyNoValues } from "../authorize.ts";
import { requireSnapshot } from "../definitions.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { toShownRun } from "../run/shown-run.ts";
import { newestVersion } from "../view/newest-version.ts";
import { driftFeatureInput, requireFeatureView } from "./drift-input.ts";
import { toShownState, toShownWindow } from "./shown-drift.ts";

const WINDOWS_SHOWN = 90;
const RUNS_SHOWN = 50;

/** The drift of one feature: how it is now, its windows, and one of them bin by bin beside the baseline. */
export const getDriftFeature = projectProcedure.input(driftFeatureInput).query(async ({ ctx, input }) => {
  const { runtime, project } = ctx;
  const view = await requireFeatureView(ctx, input);
  const key = { project: project.name, view: view.name };
  const [state, windows, snapshot, version, since] = await Promise.all([
    runtime.driftStore.state(key),
    runtime.driftStore.windows(key, WINDOWS_SHOWN, input.feature),
    requireSnapshot(ctx),
    newestVersion(ctx, view.name),
    runtime.driftStore.driftingSince(key),
  ]);
  const settings = state?.chosen ?? DEFAULT_DRIFT_SETTINGS;
  const judged = windows.filter(({ results }) => results.length > 0);
  const selected = judged.find(({ window }) => toDate(window.start).getTime() === input.window?.getTime()) ?? judged.at(-1);
  const [now] = featuresNow(view.name, judged.slice(-WINDOWS_REMEMBERED), { rule: settings.rule, since });
  const [around, incident, shown] = await Promise.all([
    runsAround(ctx, judged, view.name),
    openIncident(ctx, view.name, input.feature),
    windowShown(ctx, view, selected),
  ]);
  return {
    view: { name: view.name, owner: view.owner, team: view.team },
    feature: input.feature,
    type: view.features.find(({ name }) => name === input.feature)?.type ?? "",
    services: servicesReading(snapshot, view.name, input.feature),
    state: toShownState(view.name, state),
    settings,
    now: now ? { verdict: now.now.verdict, since: toDate(now.now.since), isWeekly: now.isWeekly } : null,
    windows: judged.flatMap(({ window, results: [result] }) =>
      result ? [toShownWindow({ view: view.name, ...result, window, wassersteinSd: result.numeric?.wassersteinSd ?? null })] : [],
    ),
    selected: shown,
    /** The window of the address is not there; the newest stands in for it. */
    isMissing: input.window instanceof Date && shown?.start.getTime() !== input.window.getTime(),
    columns: dividingColumns(version, input.feature),
    runs: around,
    incident,
  };
});

/** A window bin by bin; null while there is none. */
async function windowShown(ctx: ProjectContext, view: FeatureView, stored: StoredWindow | undefined) {
  const result = stored?.results[0];
  if (stored === undefined || result === undefined) return null;
  const baseline = await ctx.runtime.driftStore.baselineOf(stored.baselineId, result.feature);
  const profile = baseline?.profiles.get(result.feature);
  if (!baseline || !profile) return null;
  const comparison: Comparison = comparisonOf(profile, result);
  const denied = comparison.kind === "categorical" ? await whyNoValues(ctx, viewResource(view)) : null;
  const { feature: _feature, profile: _profile, numeric: _numeric, ...figures } = result;
  return {
    start: toDate(stored.window.start),
    end: toDate(stored.window.end),
    judgedAt: toDate(stored.judgedAt),
    ...figures,
    comparison: denied === null ? comparison : { ...comparison, bins: comparison.bins.map(unnamed) },
    /** Why categories have no names; null: they have, or there are none. */
    unnamedBecause: denied,
    means: { baseline: profile.moments?.mean ?? null, current: result.profile.moments?.mean ?? null },
    baseline: { origin: baseline.origin, rows: baseline.rows, frozenAt: toDate(baseline.frozenAt) },
  };
}

/** A category is a value: who may not read values sees its figures alone. */
function unnamed(bin: ComparedBin, at: number): ComparedBin {
  return bin.of === "values" ? { ...bin, label: `category ${at + 1}` } : bin;
}

/** What was done to the view while these windows went by. */
async function runsAround({ runtime, project }: ProjectContext, windows: readonly StoredWindow[], view: string) {
  const [first] = windows;
  const filter = { project: project.name, subject: `feature_view:${view}`, page: 1, pageSize: RUNS_SHOWN };
  const { rows } = await runtime.runLog.list({ ...filter, ...(first && { from: toDate(first.window.start) }) });
  return rows.map(toShownRun);
}

async function openIncident({ runtime, project }: ProjectContext, view: string, feature: string) {
  const filter = { project: project.name, subject: driftSubject(view, feature), state: "open", page: 1, pageSize: 10 } as const;
  const { rows } = await runtime.incidents.list(filter);
  const found = rows.find(({ check }) => check === DRIFT_CHECK);
  if (found === undefined) return null;
  const { id, title, causeText, openedAt, assignee, acknowledgedAt } = found;
  return { id, title, causeText, openedAt, assignee, acknowledgedAt };
}
