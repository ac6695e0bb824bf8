import type { Registry } from "../../registry/index.ts";
import { type JudgeViewsDeps, judgeViews } from "../freshness/judge-views.ts";
import { DEFAULT_DRIFT_SETTINGS, windowSecondsOf } from "./drift-settings.ts";
import { type BaselinePlan, type JudgedVersion, judgedFrom } from "./find-baseline.ts";
import { type JudgeWindowsDeps, judgeWindows } from "./judge-windows.ts";
import type { DriftStore, JudgedWindow, ViewKey } from "./port.ts";
import { windowsToJudge } from "./windows.ts";

export type JudgeNowDeps = JudgeWindowsDeps & JudgeViewsDeps & { readonly registry: Pick<Registry, "snapshot">; readonly driftStore: DriftStore };

/** Judges the last whole window of a view by its settings; nothing is kept and no incident moves. Null: there is no such window yet. */
export async function judgeDriftNow(deps: JudgeNowDeps, key: ViewKey, signal: AbortSignal): Promise<JudgedWindow | null> {
  const [snapshot, state] = await Promise.all([deps.registry.snapshot(key.project), deps.driftStore.state(key)]);
  const version = snapshot?.views.get(key.view)?.newest;
  const settings = state?.chosen ?? DEFAULT_DRIFT_SETTINGS;
  if (!snapshot || version === undefined || version.batchSource === null || !settings.isOn) return null;
  const span = await deps.offline.eventSpan(version);
  if (span === null) return null;
  const [judgedView] = await judgeViews(deps, snapshot.project, [key.view]);
  const windowSeconds = settings.windowSeconds ?? state?.windowSeconds ?? windowSecondsOf(settings, judgedView?.freshness.intervalSeconds ?? null);
  const judged: JudgedVersion = { project: key.project, version, settings, windowSeconds, historyFrom: span.oldest };
  const history = { windowSeconds, from: judgedFrom(judged), newest: span.newest, judged: null, now: deps.clock.now(), patienceSeconds: 0 };
  const last = windowsToJudge(history).fresh.at(-1);
  if (last === undefined) return null;
  const known = (plan: BaselinePlan) => deps.driftStore.findBaseline(key, plan.key);
  for await (const one of judgeWindows(deps, judged, { windows: [last], known, signal })) return one.judged;
  return null;
}
