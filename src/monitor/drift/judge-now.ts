import type { Registry } from "../../registry/index.ts";
import { type JudgeViewsDeps, judgeViews } from "../freshness/judge-views.ts";
import { DEFAULT_DRIFT_SETTINGS } from "./drift-settings.ts";
import { type BaselinePlan, judgedFrom } from "./find-baseline.ts";
import { type JudgeWindowsDeps, judgeWindows } from "./judge-windows.ts";
import { judgedVersion } from "./judged-version.ts";
import type { DriftStore, JudgedWindow, ViewKey } from "./port.ts";
import { windowsToJudge } from "./windows.ts";

export type JudgeNowDeps = JudgeWindowsDeps & JudgeViewsDeps & { readonly registry: Pick<Registry, "snapshot">; readonly driftStore: DriftStore };

/** Judges the last whole window of a view by its settings; nothing is kept and no incident moves. Null: there is no such window yet. */
export async function judgeDriftNow(deps: JudgeNowDeps, key: ViewKey, signal: AbortSignal): Promise<JudgedWindow | null> {
  const [snapshot, state] = await Promise.all([deps.registry.snapshot(key.project), deps.driftStore.state(key)]);
  const version = snapshot?.views.get(key.view)?.newest;
  const settings = state?.chosen ?? DEFAULT_DRIFT_SETTINGS;
  if (!snapshot || version === undefined || version.batchSource === null || !settings.isOn) return null;
  const [judgedView] = await judgeViews(deps, snapshot.project, [key.view]);
  const intervalSeconds = judgedView?.freshness.intervalSeconds ?? null;
  const judged = await judgedVersion(deps, { project: key.project, version, settings, state, intervalSeconds });
  if (judged === null) return null;
  const now = deps.clock.now();
  const history = { windowSeconds: judged.windowSeconds, from: judgedFrom(judged), newest: now, judged: null, now, patienceSeconds: 0 };
  const last = windowsToJudge(history).fresh.at(-1);
  if (last === undefined) return null;
  const known = (plan: BaselinePlan) => deps.driftStore.findBaseline(key, plan.key);
  for await (const one of judgeWindows(deps, judged, { windows: [last], known, signal })) return one.judged;
  return null;
}
