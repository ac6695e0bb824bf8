import type { Micros } from "../../kit/index.ts";
import type { Registry } from "../../registry/index.ts";
import { type JudgeViewsDeps, judgeViews } from "../freshness/judge-views.ts";
import { countDriftIncidents } from "../incidents/incident-state.ts";
import type { Verdict } from "../statistics/judge-features.ts";
import { type BaselinePlan, type JudgedVersion, judgedFrom } from "./find-baseline.ts";
import { type JudgeWindowsDeps, judgeAgain, judgeWindows } from "./judge-windows.ts";
import { judgedBefore, judgedVersion } from "./judged-version.ts";
import type { DriftStore, JudgedWindow } from "./port.ts";
import { authorizeDrift, type DriftSettingsInput, readDriftSettings, type SaveDriftSettingsDeps } from "./save-drift-settings.ts";
import { type TimeWindow, windowsToJudge } from "./windows.ts";

export type PreviewDriftDeps = Pick<SaveDriftSettingsDeps, "authorizer" | "trainingSets"> &
  JudgeWindowsDeps &
  JudgeViewsDeps & { readonly registry: Pick<Registry, "definition" | "snapshot">; readonly driftStore: DriftStore };

export interface DriftPreview {
  /** Windows judged, oldest first; fewer than asked for where the time was short. */
  readonly windows: readonly TimeWindow[];
  /** All windows of the span; more than `windows` when the time was short. */
  readonly windowsWanted: number;
  /** How far back from now windows are judged: 30 days, less where windows are short. */
  readonly spanSeconds: number;
  readonly incidents: number;
  readonly features: readonly { readonly feature: string; readonly incidents: number; readonly verdicts: readonly Verdict[] }[];
  /** Whether rows had to be read for it: stored scores tell what another threshold does. */
  readonly from: "stored scores" | "rows";
}

const DAYS_SECONDS = 30 * 86_400;
const WINDOWS_MAX = 60;

/**
 * What these settings would have said of the last 30 days, or the last 60 windows where these are shorter, without keeping anything. Other thresholds are told from stored scores, another
 * baseline or window from the rows, the newest windows first until the signal aborts. Throws as saveDriftSettings does.
 */
export async function previewDriftSettings(deps: PreviewDriftDeps, input: DriftSettingsInput, signal: AbortSignal): Promise<DriftPreview> {
  const { project, view } = input;
  await authorizeDrift(deps, input, "operate"); // it may read a month of rows
  const settings = await readDriftSettings(deps, input);
  const [snapshot, state, stored] = await Promise.all([
    deps.registry.snapshot(project),
    deps.driftStore.state({ project, view }),
    deps.driftStore.windows({ project, view }, WINDOWS_MAX),
  ]);
  const version = snapshot?.views.get(view)?.newest;
  const now = deps.clock.now();
  const from = now - BigInt(DAYS_SECONDS) * 1_000_000n;
  const recent = stored.filter(({ window }) => window.start >= from);
  if (version === undefined || version.batchSource === null || !settings.isOn)
    return summed([], { windowsWanted: 0, windowSeconds: null, from: "stored scores" });
  if (judgedBefore({ version, settings, state }) !== null) {
    const again = recent.map(({ window, results }) => ({ window, results: judgeAgain(results, settings.rule) }));
    return summed(again, { windowsWanted: recent.length, windowSeconds: state?.windowSeconds ?? null, from: "stored scores" });
  }
  const [found] = snapshot === null ? [] : await judgeViews(deps, snapshot.project, [view]);
  const judged = await judgedVersion(deps, { project, version, settings, state, intervalSeconds: found?.freshness.intervalSeconds ?? null });
  if (judged === null) return summed([], { windowsWanted: 0, windowSeconds: null, from: "rows" });
  return judgeNow(deps, judged, { now, from, signal });
}

async function judgeNow(
  deps: PreviewDriftDeps,
  judged: JudgedVersion,
  { now, from, signal }: { readonly now: Micros; readonly from: Micros; readonly signal: AbortSignal },
): Promise<DriftPreview> {
  const { windowSeconds } = judged;
  const { fresh, older } = windowsToJudge({ windowSeconds, from: judgedFrom(judged), newest: now, judged: null, now, patienceSeconds: 0 });
  const windows = [...fresh.toReversed(), ...older].filter(({ start }) => start >= from);
  const known = (plan: BaselinePlan) => deps.driftStore.findBaseline({ project: judged.project, view: judged.version.view }, plan.key);
  const found: JudgedWindow[] = [];
  for await (const one of judgeWindows(deps, judged, { windows, known, signal })) found.push(one.judged);
  return summed(found.reverse(), { windowsWanted: windows.length, windowSeconds, from: "rows" });
}

interface Basis extends Pick<DriftPreview, "windowsWanted" | "from"> {
  /** null: no window was judged. */
  readonly windowSeconds: number | null;
}

function summed(windows: readonly Pick<JudgedWindow, "window" | "results">[], { windowsWanted, windowSeconds, from }: Basis): DriftPreview {
  const names = [...new Set(windows.flatMap(({ results }) => results.map(({ feature }) => feature)))].sort();
  const features = names.map((feature) => {
    const verdicts = windows.flatMap(({ results }) => results.find((result) => result.feature === feature)?.verdict ?? []);
    return { feature, verdicts, incidents: countDriftIncidents(verdicts) };
  });
  features.sort((a, b) => b.incidents - a.incidents);
  return {
    windows: windows.map(({ window }) => window),
    windowsWanted,
    spanSeconds: windowSeconds === null ? DAYS_SECONDS : Math.min(DAYS_SECONDS, WINDOWS_MAX * windowSeconds),
    incidents: features.reduce((sum, { incidents }) => sum + incidents, 0),
    features,
    from,
  };
}
