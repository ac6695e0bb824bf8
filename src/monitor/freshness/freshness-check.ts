import { canonicalJson, type Json, type Micros, type Transactor } from "../../kit/index.ts";
import type { Project } from "../../registry/index.ts";
import { type LateIncidentState, NO_LATE_INCIDENT, stepLateIncident } from "../incidents/incident-state.ts";
import { closeIncident, type IncidentDeps, raiseIncident, updateIncident } from "../incidents/incidents.ts";
import type { Incident, NewIncident } from "../port.ts";
import type { Freshness } from "./freshness.ts";
import { objectiveText } from "./freshness.ts";
import { type JudgedView, type JudgeViewsDeps, judgeViews } from "./judge-views.ts";

export const FRESHNESS_CHECK = "freshness";
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
  for (const view of judged) {
    const subject = `feature_view:${view.facts.view}`;
    const incident = open.get(subject) ?? null;
    open.delete(subject);
    if (incident !== null || view.freshness.state === "late") await moveIncident(deps, { project: project.name, view, incident, now });
  }
  // What is left is about views that are no longer defined.
  for (const incident of open.values()) await closeIncident(deps, incident, { why: "The view is no longer defined.", memory: incident.memory, now });
  return judged;
}

interface Move {
  readonly project: string;
  readonly view: JudgedView;
  readonly incident: Incident | null;
  readonly now: Micros;
}

async function moveIncident(deps: FreshnessCheckDeps, { project, view, incident, now }: Move): Promise<void> {
  const { freshness } = view;
  const before = incident === null ? NO_LATE_INCIDENT : readMemory(incident.memory);
  const { state, move } = stepLateIncident(before, freshness.state, { now, intervalSeconds: freshness.intervalSeconds ?? 0 });
  const found = incidentOf(project, view, state);
  if (incident === null) {
    if (move === "open") await raiseIncident(deps, found, now);
  } else if (move === "close") {
    await closeIncident(deps, incident, { why: `On time again for ${objectiveText(freshness.intervalSeconds ?? 0)}.`, memory: found.memory, now });
  } else {
    // While it recovers, the cause stays what it was.
    const { cause, causeText, ...rest } = found;
    if (!isNews(incident, found, now)) return;
    await updateIncident(deps, incident, freshness.state === "late" ? { ...rest, cause, causeText } : rest, now);
  }
}

/** Figures are refreshed once a minute, all else at once. */
function isNews(incident: Incident, found: NewIncident, now: Micros): boolean {
  const isOld = now - BigInt(incident.updatedAt.getTime()) * 1_000n >= FIGURES_MICROS;
  const isSame =
    incident.cause === found.cause && incident.severity === found.severity && canonicalJson(incident.memory as Json) === canonicalJson(found.memory as Json);
  return isOld || !isSame;
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
