import type { Micros } from "../../kit/index.ts";
import type { Verdict } from "../statistics/judge-features.ts";

/*
 * One incident at most is open per (subject, check). What moves it:
 *   closed → open    2 of the last 3 judged windows drift; a late view, at once
 *   open   → closed  3 good windows in a row; a view on time for one whole interval, being at risk in between is no break
 * Windows without enough data, and a freshness that nobody knows, move nothing. Acknowledging, assigning and snoozing change who looks
 * and who is told, never this state. A state is a value to store; each window and each look at the clock is one step.
 */

export type IncidentMove = "open" | "close" | "none";

export interface DriftIncidentState {
  readonly isOpen: boolean;
  /** Whether the last judged windows drifted, oldest first; three at most. */
  readonly recent: readonly boolean[];
}

export const NO_DRIFT_INCIDENT: DriftIncidentState = { isOpen: false, recent: [] };

const WINDOWS_LOOKED_AT = 3;
const DRIFTS_TO_OPEN = 2;

/** Takes the verdict on the next window of one feature. A window to watch is a good one. */
export function stepDriftIncident(state: DriftIncidentState, verdict: Verdict): { readonly state: DriftIncidentState; readonly move: IncidentMove } {
  if (verdict === "insufficient data") return { state, move: "none" };
  const recent = [...state.recent, verdict === "drift"].slice(-WINDOWS_LOOKED_AT);
  const drifts = recent.filter(Boolean).length;
  if (!state.isOpen && drifts >= DRIFTS_TO_OPEN) return { state: { isOpen: true, recent }, move: "open" };
  if (state.isOpen && drifts === 0 && recent.length === WINDOWS_LOOKED_AT) return { state: { isOpen: false, recent }, move: "close" };
  return { state: { ...state, recent }, move: "none" };
}

/** How many incidents a row of windows would have raised. */
export function countDriftIncidents(verdicts: Iterable<Verdict>): number {
  let state = NO_DRIFT_INCIDENT;
  let opened = 0;
  for (const verdict of verdicts) {
    const step = stepDriftIncident(state, verdict);
    state = step.state;
    if (step.move === "open") opened += 1;
  }
  return opened;
}

export type Timeliness = "on time" | "at risk" | "late" | "unknown";

export interface LateIncidentState {
  readonly isOpen: boolean;
  /** Since when the view was seen on time and not late again; null: it was not. */
  readonly onTimeSince: Micros | null;
}

export const NO_LATE_INCIDENT: LateIncidentState = { isOpen: false, onTimeSince: null };

/**
 * Takes how timely a view is now; `intervalSeconds` is what it is refreshed in. At risk is within the objective: it neither ends an incident nor
 * begins its end anew, since a view whose objective is little above its interval is at risk before each run.
 */
export function stepLateIncident(
  state: LateIncidentState,
  timeliness: Timeliness,
  { now, intervalSeconds }: { readonly now: Micros; readonly intervalSeconds: number },
): { readonly state: LateIncidentState; readonly move: IncidentMove } {
  switch (timeliness) {
    case "unknown":
      return { state, move: "none" };
    case "late":
      return { state: { isOpen: true, onTimeSince: null }, move: state.isOpen ? "none" : "open" };
    case "at risk":
      return { state, move: "none" };
    case "on time": {
      const onTimeSince = state.onTimeSince ?? now;
      const isOver = state.isOpen && now - onTimeSince >= BigInt(Math.round(intervalSeconds * 1e6));
      return { state: { isOpen: state.isOpen && !isOver, onTimeSince }, move: isOver ? "close" : "none" };
    }
  }
}
