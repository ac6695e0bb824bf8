import type { Micros } from "../../kit/index.ts";
import type { Project, RegistrySnapshot } from "../../registry/index.ts";
import { closeIncident, type IncidentDeps, raiseIncident, updateIncident } from "../incidents/incidents.ts";
import type { MonitorStore, NewIncident, StoredFacts } from "../port.ts";
import type { MeasuredView } from "./measure-quality.ts";
import type { JudgedDay } from "./port.ts";

const QUALITY_CHECK = "quality";

/*
 * One incident per view, about the newest window: opened at once by a bad one, since a window is a whole day; kept up to date by the next
 * bad one; closed by the next that is good. A window that says too little moves nothing.
 */

/** A window of a feed that ended longer ago is history, not news. */
const NEWS: Micros = 3n * 86_400_000_000n;
const DAY: Micros = 86_400_000_000n;

export type QualityIncidentDeps = IncidentDeps & { readonly monitorStore: MonitorStore };

interface Moving {
  readonly project: Project;
  readonly snapshot: RegistrySnapshot;
  readonly measured: readonly MeasuredView[];
  readonly now: Micros;
}

/** Moves the incidents of views that were measured just now, and closes those of views that are gone. */
export async function moveQualityIncidents(deps: QualityIncidentDeps, { project, snapshot, measured, now }: Moving): Promise<void> {
  const open = new Map((await deps.incidents.openOf(project.name, QUALITY_CHECK)).map((incident) => [incident.subject, incident]));
  const judged = measured.flatMap(({ view, windows }) => {
    const newest = windows.at(-1);
    return newest === undefined || newest.state === "insufficient data" ? [] : [{ view: view.view.name, newest }];
  });
  const bad = judged.filter(({ newest }) => newest.state === "bad").map(({ view }) => view);
  const facts = new Map((bad.length === 0 ? [] : await deps.monitorStore.freshnessFacts(project, bad)).map((one) => [one.view, one]));
  for (const { view, newest } of judged) {
    const incident = open.get(subjectOf(view)) ?? null;
    const about = facts.get(view);
    if (newest.state === "good" && incident !== null) {
      await closeIncident(deps, incident, { why: `All is as usual on ${dateOf(newest.day)}.`, memory: incident.memory, now });
    } else if (newest.state === "bad" && about !== undefined) {
      const found = incidentOf(project.name, about, newest);
      if (incident !== null) await updateIncident(deps, incident, found, now);
      else if (now - (newest.day + DAY) <= NEWS) await raiseIncident(deps, found, now);
    }
  }
  for (const [subject, incident] of open) {
    if (snapshot.views.has(subject.slice(subjectOf("").length))) continue;
    await closeIncident(deps, incident, { why: "The view is no longer defined.", memory: incident.memory, now });
  }
}

function subjectOf(view: string): string {
  return `feature_view:${view}`;
}

function incidentOf(project: string, { view, owner, team, services }: StoredFacts, { day, rows, findings }: JudgedDay): NewIncident {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  return {
    project,
    subject: subjectOf(view),
    check: QUALITY_CHECK,
    severity: services.length > 0 && findings.some(({ isBlocking }) => isBlocking) ? "critical" : "warning",
    title: `${view} has rows that are not as they should be`,
    cause: kinds.join(", "),
    causeText: `On ${dateOf(day)}: ${findings.map(({ text }) => text).join("; ")}.`,
    owner,
    team,
    memory: {},
    detail: { day: dateOf(day), rows, findings, services },
  };
}

function dateOf(day: Micros): string {
  return new Date(Number(day / 1_000n)).toISOString().slice(0, 10);
}
