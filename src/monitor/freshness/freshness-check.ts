import { canonicalJson, type Json, type Micros, type Transactor, toMicros } from "../../kit/index.ts";
import type { Project } from "../../registry/index.ts";
import { type LateIncidentState, NO_LATE_INCIDENT, stepLateIncident } from "../incidents/incident-state.ts";
import { closeIncident, type IncidentDeps, raiseIncident, updateIncident } from "../incidents/incidents.ts";
import { isDueAgain } from "../is-due.ts";
import type { Incident, IncidentFigures, NewIncident } from "../port.ts";
import type { Freshness } from "./freshness.ts";
import { objectiveText } from "./freshness.ts";
import { type JudgedView, type JudgeViewsDeps, judgeViews } from "./judge-views.ts";

export const FRESHNESS_CHECK = "freshness";
/** Figures are refreshed once a minute, all else at once. */
const FIGURES_MICROS = 60_000_000n;

export type FreshnessCheckDeps = JudgeViewsDeps & IncidentDeps & { readonly transactor: Transactor };

/** Judges every view of a project and moves the incidents of late ones. `keepLooks`: what was seen is added to the hour's samples. */
export async function checkFreshness(
  deps: FreshnessCheckDeps,
  project: Project,
  { keepLooks }: { readonly keepLooks: boolean },
): Promise<readonly JudgedView[]> {
  const now = deps.clock.now();
  const judged = await judgeViews(deps, project);
  if (keepLooks) {
    const looks = judged.map(({ facts, freshness: { state, ageSeconds, objectiveSeconds, cause } }) => ({
      view: facts.view,
      state,
      ageSeconds,
      objectiveSeconds,
      cause,
    }));
    await deps.monitorStore.addFreshnessLooks(project.name, now, looks);
  }
  const open = new Map((await deps.incidents.openOf(project.name, FRESHNESS_CHECK)).map((incident) => [incident.subject, incident]));
  const moves: Move[] = [];
  for (const view of judged) {
    const subject = `feature_view:${view.facts.view}`;
    const incident = open.get(subject) ?? null;
    open.delete(subject);
    if (incident !== null || view.freshness.state === "late") moves.push(moveOf(project.name, { view, incident, now }));
  }
  // What is left is about views that are no longer defined.
  for (const incident of open.values()) moves.push({ kind: "close", incident, why: "The view is no longer defined.", memory: incident.memory });
  await makeMoves(deps, moves, now);
  return judged;
}

type Move =
  | { readonly kind: "none" }
  | { readonly kind: "open"; readonly found: NewIncident }
  | { readonly kind: "close"; readonly incident: Incident; readonly why: string; readonly memory: unknown }
  | { readonly kind: "update"; readonly incident: Incident; readonly found: Parameters<typeof updateIncident>[2] }
  | { readonly kind: "refresh"; readonly figures: IncidentFigures };

/**
 * Time for opens, updates and closings in a tick: each is a transaction of its own, and a tick must end before its lease does. When a worker
 * dies and ten thousand views become late at once, the rest follow in the next ticks: what is to be done is told anew each time.
 */
const MOVING_MICROS = 10_000_000n;

async function makeMoves(deps: FreshnessCheckDeps, moves: readonly Move[], now: Micros): Promise<void> {
  const end = deps.clock.now() + MOVING_MICROS;
  for (const kind of ["open", "update", "close"] as const) {
    for (const move of moves.filter((one) => one.kind === kind)) {
      if (deps.clock.now() > end) break;
      if (move.kind === "open") await raiseIncident(deps, move.found, now);
      else if (move.kind === "update") await updateIncident(deps, move.incident, move.found, now);
      else if (move.kind === "close") await closeIncident(deps, move.incident, { why: move.why, memory: move.memory, now });
    }
  }
  const figures = moves.flatMap((move) => (move.kind === "refresh" ? [move.figures] : []));
  if (figures.length > 0) await deps.incidents.refresh(figures, now);
}

interface Looked {
  readonly view: JudgedView;
  readonly incident: Incident | null;
  readonly now: Micros;
}

function moveOf(project: string, { view, incident, now }: Looked): Move {
  const { freshness } = view;
  const before = incident === null ? NO_LATE_INCIDENT : readMemory(incident.memory);
  const { state, move } = stepLateIncident(before, freshness.state, { now, intervalSeconds: freshness.intervalSeconds ?? 0 });
  const found = incidentOf(project, view, state);
  if (incident === null) return move === "open" ? { kind: "open", found } : { kind: "none" };
  if (freshness.cause === "no_rhythm") {
    return { kind: "close", incident, why: "Nothing says any more how fresh it has to be.", memory: found.memory };
  }
  if (move === "close") {
    const why = `On time again for ${objectiveText(freshness.intervalSeconds ?? 0)}.`;
    return { kind: "close", incident, why, memory: found.memory };
  }
  // While it recovers, the cause stays what it was.
  const { cause, causeText, ...rest } = found;
  const isLate = freshness.state === "late";
  if (!isSame(incident, isLate ? found : { ...found, cause: incident.cause })) {
    return { kind: "update", incident, found: isLate ? { ...rest, cause, causeText } : rest };
  }
  if (!isDueAgain(toMicros(incident.updatedAt), FIGURES_MICROS, now)) return { kind: "none" };
  return { kind: "refresh", figures: { id: incident.id, detail: found.detail, causeText: isLate ? causeText : incident.causeText } };
}

function isSame(incident: Incident, found: NewIncident): boolean {
  const told = ({ cause, severity, owner, team, memory }: Incident | NewIncident) => canonicalJson({ cause, severity, owner, team, memory: memory as Json });
  return told(incident) === told(found);
}

function incidentOf(project: string, { facts, freshness }: JudgedView, state: LateIncidentState): NewIncident {
  const { view, owner, team, services } = facts;
  return {
    project,
    subject: `feature_view:${view}`,
    check: FRESHNESS_CHECK,
    severity: services.length > 0 ? "critical" : "warning",
    title: `${view} is late`,
    cause: freshness.cause,
    causeText: freshness.causeText,
    owner,
    team,
    memory: { onTimeSince: state.onTimeSince === null ? null : String(state.onTimeSince) },
    detail: detailOf(freshness, services),
  };
}

function detailOf(freshness: Freshness, services: readonly string[]): unknown {
  const { state, ageSeconds, runAgeSeconds, objectiveSeconds, basis, intervalSeconds, lateSince } = freshness;
  return { state, ageSeconds, runAgeSeconds, objectiveSeconds, basis, intervalSeconds, lateSince: lateSince === null ? null : String(lateSince), services };
}

function readMemory(memory: unknown): LateIncidentState {
  const { onTimeSince } = memory as { readonly onTimeSince: string | null }; // only incidentOf writes it
  return { isOpen: true, onTimeSince: onTimeSince === null ? null : BigInt(onTimeSince) };
}
