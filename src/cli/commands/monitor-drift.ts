import { formatTimestamp, toLarderError } from "../../kit/index.ts";
import { type DriftFigures, judgeDriftNow, type Verdict } from "../../monitor/index.ts";
import type { Project } from "../../registry/index.ts";
import type { Runtime } from "../../runtime/index.ts";
import { textTable } from "../output.ts";

const JUDGE_MS_MAX = 3_600_000;
const FEATURES_SHOWN_MAX = 10_000;

/** A feature in its newest judged window. */
export interface FeatureDrift {
  readonly view: string;
  readonly feature: string;
  readonly verdict: string;
  readonly psi: number;
  readonly wasserstein_sd: number | null;
  readonly adjusted_p: number | null;
  readonly baseline_rows: number;
  readonly current_rows: number;
  readonly window_start: string;
  readonly window_end: string;
}

type Figures = Pick<DriftFigures, "view" | "feature" | "verdict" | "psi" | "wassersteinSd" | "adjustedP" | "baselineRows" | "currentRows" | "window">;

function driftDocument({ view, feature, verdict, psi, wassersteinSd, adjustedP, baselineRows, currentRows, window }: Figures): FeatureDrift {
  const times = { window_start: formatTimestamp(window.start), window_end: formatTimestamp(window.end) };
  return {
    view,
    feature,
    verdict,
    psi,
    wasserstein_sd: wassersteinSd,
    adjusted_p: adjustedP,
    baseline_rows: baselineRows,
    current_rows: currentRows,
    ...times,
  };
}

/** Features by verdict. */
export type DriftTotals = Readonly<Record<Verdict, number>>;

/** What the background monitor said last, the features that shift most first. */
export async function storedDrift(runtime: Runtime, project: Project, views: readonly string[] | null): Promise<readonly FeatureDrift[]> {
  const read = async (filter: { readonly view?: string }) =>
    (await runtime.driftStore.features({ project: project.name, ...filter, page: 1, pageSize: FEATURES_SHOWN_MAX })).rows.map(driftDocument);
  return views === null ? read({}) : (await Promise.all(views.map((view) => read({ view })))).flat();
}

/** Judges the last whole window of each view; nothing is kept. */
export async function driftOfNow(
  runtime: Runtime,
  { project, views, note }: { readonly project: Project; readonly views: readonly string[]; note(text: string): void },
) {
  const signal = AbortSignal.timeout(JUDGE_MS_MAX);
  const drift: FeatureDrift[] = [];
  for (const view of views) {
    const found = await judgeDriftNow(runtime, { project: project.name, view }, signal).catch((error: unknown) => {
      note(`${view}: its drift cannot be judged: ${toLarderError(error).message}`);
      return null;
    });
    for (const result of found?.results ?? [])
      drift.push(driftDocument({ view, window: found?.window ?? { start: 0n, end: 0n }, wassersteinSd: result.numeric?.wassersteinSd ?? null, ...result }));
  }
  return drift;
}

/** Features that shift, and how many do not. `totals`: of all features, where the list is cut; null: it is whole. */
export function driftText(drift: readonly FeatureDrift[], totals: DriftTotals | null): string {
  const count = (verdict: Verdict) => totals?.[verdict] ?? drift.filter((one) => one.verdict === verdict).length;
  const shifting = drift.filter(({ verdict }) => verdict === "drift" || verdict === "watch");
  const rest = `${count("stable")} features are stable, ${count("insufficient data")} have too few rows to judge.`;
  if (shifting.length === 0) return `No feature drifts; ${rest}`;
  const row = (one: FeatureDrift) => [
    `${one.view}:${one.feature}`,
    one.verdict,
    one.psi.toFixed(3),
    one.wasserstein_sd?.toFixed(3) ?? "-",
    `${one.baseline_rows} / ${one.current_rows}`,
    one.window_start.slice(0, 16),
  ];
  return `${textTable(["feature", "drift", "psi", "w1/sd", "n", "window"], shifting.map(row))}\n${rest}`;
}
