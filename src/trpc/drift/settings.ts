import { formatTimestamp } from "../../kit/index.ts";
import { DEFAULT_DRIFT_SETTINGS, type DriftState, driftSettingsSchema, previewDriftSettings, saveDriftSettings } from "../../monitor/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";

const SETS_READ = 100;
const WINDOWS_OFFERED = 60;
const PREVIEW_MS_MAX = 20_000;

/** By what the drift of a view is judged, and what may be chosen instead. */
export const getDriftSettings = projectProcedure.input(viewInput).query(async ({ ctx, input: { view } }) => {
  const { runtime, project } = ctx;
  const { definition } = await requireDefinition(ctx, "feature_view", view);
  await authorizeRead(ctx, "discover", viewResource(definition));
  const [state, sets] = await Promise.all([
    runtime.driftStore.state({ project: project.name, view }),
    runtime.trainingSets.list({ project: project.name, text: "", page: 1, pageSize: SETS_READ }),
  ]);
  return {
    settings: state?.chosen ?? DEFAULT_DRIFT_SETTINGS,
    defaults: DEFAULT_DRIFT_SETTINGS,
    isChosen: state?.chosen !== null && state?.chosen !== undefined,
    chosenBy: state?.chosenBy ?? null,
    chosenAt: state?.chosenAt ?? null,
    windowSeconds: state?.windowSeconds ?? null,
    features: definition.features.map(({ name }) => name),
    windows: windowsOf(state),
    trainingSets: sets.rows.filter(({ result, pins }) => result !== null && pins.views.some((pinned) => pinned.view === view)).map(({ name }) => name),
  };
});

/** Windows that may be chosen as the baseline, the newest first. */
function windowsOf(state: DriftState | null): readonly { readonly start: string; readonly end: string }[] {
  if (!state?.judged || state.windowSeconds === null || state.historyFrom === null) return [];
  const length = BigInt(state.windowSeconds) * 1_000_000n;
  const windows: { readonly start: string; readonly end: string }[] = [];
  for (let end = state.judged.end; windows.length < WINDOWS_OFFERED && end - length >= state.historyFrom; end -= length)
    windows.push({ start: formatTimestamp(end - length), end: formatTimestamp(end) });
  return windows;
}

/** What these settings would have said of the last 30 days, or less where windows are short. Changes nothing; other baselines and windows read rows, for some seconds at most. */
export const previewDrift = projectProcedure.input(viewInput.extend({ settings: driftSettingsSchema })).query(async ({ ctx, input }) => {
  const { actor, runtime, project, shutdown } = ctx;
  const signal = AbortSignal.any([shutdown, AbortSignal.timeout(PREVIEW_MS_MAX)]);
  const { windows, windowsWanted, spanSeconds, incidents, features, from } = await previewDriftSettings(
    runtime,
    { actor, project: project.name, ...input },
    signal,
  );
  return {
    windows: windows.length,
    windowsWanted,
    spanSeconds,
    incidents,
    from,
    features: features.map(({ feature, incidents: raised, verdicts }) => ({ feature, incidents: raised, now: verdicts.at(-1) ?? null })),
  };
});

export const saveDriftSettingsProcedure = projectProcedure
  .input(viewInput.extend({ settings: driftSettingsSchema.nullable() }))
  .mutation(async ({ ctx, input }) => void (await saveDriftSettings(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, ...input })));
