import type { RegistrySnapshot } from "../../registry/index.ts";
import type { WatchedView } from "./begin-view.ts";
import { type DriftIncidentDeps, moveDriftIncidents } from "./drift-incidents.ts";
import { featuresNow, WINDOWS_REMEMBERED } from "./feature-state.ts";
import { judgeAgain } from "./judge-windows.ts";
import type { DriftResult, DriftStore } from "./port.ts";

export type SettleViewDeps = DriftIncidentDeps & { readonly driftStore: DriftStore };

/**
 * What the windows judged so far say of each feature now, and of its incident, by the rule of now; verdicts that another rule gave are given
 * anew. Left undone where other settings were chosen meanwhile: the next look does it by them.
 */
export async function settleView(deps: SettleViewDeps, watched: WatchedView, around: { readonly snapshot: RegistrySnapshot; readonly stop: AbortSignal }) {
  const key = { project: watched.project, view: watched.version.view };
  const state = await deps.driftStore.state(key);
  if (state === null || state.judgingKey !== watched.judgingKey || state.chosenAt?.getTime() !== watched.state.chosenAt?.getTime()) return;
  const { rule } = watched.settings;
  const [windows, since] = await Promise.all([deps.driftStore.windows(key, WINDOWS_REMEMBERED), deps.driftStore.driftingSince(key)]);
  const judged = windows.map((window) => ({ ...window, results: judgeAgain(window.results, rule) }));
  const other = judged.filter(({ results }, at) => results.some((result, place) => saysOther(result, windows[at]?.results[place])));
  await deps.driftStore.saveVerdicts(key, other);
  const features = featuresNow(key.view, judged, { rule, since });
  await deps.driftStore.saveFeatures(
    key,
    features.map(({ now }) => now),
  );
  await moveDriftIncidents(deps, { watched, ...around, features });
  await deps.driftStore.settled(key, state);
}

function saysOther(now: DriftResult, stored: DriftResult | undefined): boolean {
  return stored === undefined || now.verdict !== stored.verdict || now.adjustedP !== stored.adjustedP;
}
