import type { ShownWindow } from "../../trpc/index.ts";
import type { Verdict } from "./verdict-mark.tsx";

export type Score = "psi" | "wassersteinSd";

export interface ScorePoint {
  /** Middle of the window, ms since 1970. */
  readonly at: number;
  /** Null where no window was judged, or has no such score: the line breaks there. */
  readonly score: number | null;
  readonly window: ShownWindow | null;
}

export interface VerdictBand {
  readonly from: number;
  readonly to: number;
  readonly verdict: Verdict;
}

/** A point per window from the first to the last, also for those that are missing. */
export function scorePoints(windows: readonly ShownWindow[], score: Score): readonly ScorePoint[] {
  const points: ScorePoint[] = [];
  let end: number | null = null;
  for (const window of windows) {
    const [from, to] = [window.start.getTime(), window.end.getTime()];
    if (end !== null && from > end) points.push({ at: (end + from) / 2, score: null, window: null });
    points.push({ at: (from + to) / 2, score: window[score], window });
    end = to;
  }
  return points;
}

/** Stretches of time with one verdict; gaps belong to none. */
export function verdictBands(windows: readonly ShownWindow[]): readonly VerdictBand[] {
  const bands: VerdictBand[] = [];
  for (const { start, end, verdict } of windows) {
    const last = bands.at(-1);
    if (last && last.verdict === verdict && last.to === start.getTime()) bands[bands.length - 1] = { ...last, to: end.getTime() };
    else bands.push({ from: start.getTime(), to: end.getTime(), verdict });
  }
  return bands;
}

/** The end of an axis above a value, one that people count in: 0.61 → 0.8, 12 → 15. */
export function axisEnd(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((each) => each * size >= value * 1.05) ?? 12;
  return Number((step * size).toPrecision(3));
}
