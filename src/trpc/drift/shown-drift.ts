import { toDate } from "../../kit/index.ts";
import type { DriftFigures, DriftState, Verdict } from "../../monitor/index.ts";

/** One feature in one window, as strips and lines draw it: times as dates. */
export interface ShownWindow extends Omit<DriftFigures, "view" | "feature" | "window"> {
  readonly start: Date;
  readonly end: Date;
}

export function toShownWindow({ verdict, adjustedP, psi, psiP, wassersteinSd, baselineRows, currentRows, window }: DriftFigures): ShownWindow {
  return { start: toDate(window.start), end: toDate(window.end), verdict, adjustedP, psi, psiP, wassersteinSd, baselineRows, currentRows };
}

/** Whether a view is judged, and why not. */
export interface ShownDriftState {
  readonly view: string;
  readonly state: "judged" | "waiting" | "failing" | "off";
  readonly why: string;
  readonly windowSeconds: number | null;
  readonly judgedUntil: Date | null;
  readonly lookedAt: Date | null;
}

/** `state` null: nobody looked at the view yet. */
export function toShownState(view: string, state: DriftState | null): ShownDriftState {
  const { windowSeconds = null, judged = null, lookedAt = null } = state ?? {};
  return { view, ...howItIs(state), windowSeconds, judgedUntil: judged && toDate(judged.end), lookedAt: lookedAt === null ? null : toDate(lookedAt) };
}

function howItIs(state: DriftState | null): Pick<ShownDriftState, "state" | "why"> {
  if (state?.chosen?.isOn === false) return { state: "off", why: `Switched off${state.chosenBy ? ` by ${state.chosenBy}` : ""}.` };
  if (state === null) return { state: "waiting", why: "No worker has looked at it yet." };
  if (state.error !== null) return { state: "failing", why: state.error };
  if (state.windowSeconds === null) return { state: "waiting", why: "Its source has no rows yet." };
  if (state.judged === null) return { state: "waiting", why: "No window is complete yet beside its baseline." };
  return { state: "judged", why: "" };
}

/** From the worst on, as lists are sorted and filtered. */
export const VERDICTS = ["drift", "watch", "stable", "insufficient data"] as const satisfies readonly Verdict[];
