import { type Micros, toDate } from "../../kit/index.ts";
import type { Project, RegistrySnapshot, SnapshotView } from "../../registry/index.ts";
import { closeIncident, type IncidentDeps, raiseIncident, updateIncident } from "../incidents/incidents.ts";
import type { Incident, MonitorStore, NewIncident, StoredFacts } from "../port.ts";
import { isMeasured } from "./measure-quality.ts";
import type { QualityLook } from "./port.ts";

const QUALITY_CHECK = "quality";

/*
 * One incident per view, about the newest window: opened at once by a bad one, since a window is a whole day; kept up to date by the next
 * bad one; closed by the next that is good. A window that says too little moves nothing. It is told from what is stored, so that a round
 * that was cut short loses none.
 */

/** A window of a feed that ended longer ago is history, not news. */
const NEWS: Micros = 3n * 86_400_000_000n;
const DAY: Micros = 86_400_000_000n;
const FINDINGS_TOLD_MAX = 5;
const WHY_CRITICAL = "It is critical now: what keeps a run from writing is in its rows, and a feature service reads it.";

export type QualityIncidentDeps = IncidentDeps & { readonly monitorStore: MonitorStore };

interface Moving {
  readonly project: Project;
  readonly snapshot: RegistrySnapshot;
  readonly looks: readonly QualityLook[];
  readonly now: Micros;
}

type Newest = NonNullable<QualityLook["newest"]>;

/** Moves the incidents of a project's views to where their newest windows put them, and closes those of views that are gone or no longer measured. */
export async function moveQualityIncidents(deps: QualityIncidentDeps, { project, snapshot, looks: all, now }: Moving): Promise<void> {
  const looks = all.filter(({ view: name }) => {
    const view = snapshot.views.get(name);
    return view !== undefined && isMeasured(view);
  });
  const open = new Map((await deps.incidents.openOf(project.name, QUALITY_CHECK)).map((incident) => [incident.subject, incident]));
  const bad = looks.flatMap(({ view, newest }) => (newest?.state === "bad" && isNews(newest, open.get(subjectOf(view)), now) ? [{ view, newest }] : []));
  const facts = new Map(
    (bad.length === 0
      ? []
      : await deps.monitorStore.freshnessFacts(
          project,
          bad.map(({ view }) => view),
        )
    ).map((one) => [one.view, one]),
  );
  for (const { view, newest } of bad) {
    const about = facts.get(view);
    if (about === undefined) continue; // no longer defined
    const incident = open.get(subjectOf(view));
    const found = incidentOf(project.name, about, newest);
    if (incident === undefined) await raiseIncident(deps, found, now);
    else await updateIncident(deps, incident, { ...found, whyCritical: WHY_CRITICAL }, now);
  }
  const good = new Map(looks.flatMap(({ view, newest }) => (newest?.state === "good" ? [[subjectOf(view), newest]] : [])));
  for (const [subject, incident] of open) {
    const view = snapshot.views.get(subject.slice(subjectOf("").length));
    const why = whyClosed(view, good.get(subject));
    if (why === null) continue;
    await closeIncident(deps, incident, { why, memory: incident.memory, now });
  }
}

/** Null: the incident stays open. */
function whyClosed(view: SnapshotView | undefined, good: Newest | undefined): string | null {
  if (view === undefined) return "The view is no longer defined.";
  if (!isMeasured(view)) return "The view's rows are no longer measured: it has no batch source that can be read.";
  return good === undefined ? null : `All is as usual on ${dateOf(good.day)}.`;
}

/** Whether a bad window says something that its open incident does not, or that is worth opening one. */
function isNews({ day, findings }: Newest, incident: Incident | undefined, now: Micros): boolean {
  if (incident === undefined) return now - (day + DAY) <= NEWS;
  return incident.causeText !== causeTextOf(day, findings);
}

function subjectOf(view: string): string {
  return `feature_view:${view}`;
}

function incidentOf(project: string, { view, owner, team, services }: StoredFacts, { day, rows, findings }: Newest): NewIncident {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  return {
    project,
    subject: subjectOf(view),
    check: QUALITY_CHECK,
    severity: services.length > 0 && findings.some(({ isBlocking }) => isBlocking) ? "critical" : "warning",
    title: `${view} has rows that are not as they should be`,
    // the day belongs to the cause: the next bad day is told in the timeline, whatever is wrong with it
    cause: `${kinds.join(", ")} on ${dateOf(day)}`,
    causeText: causeTextOf(day, findings),
    owner,
    team,
    memory: {},
    detail: { day: dateOf(day), rows, findings, services },
  };
}

function causeTextOf(day: Micros, findings: Newest["findings"]): string {
  const told = findings.slice(0, FINDINGS_TOLD_MAX).map(({ text }) => text);
  const more = findings.length - told.length;
  return `On ${dateOf(day)}: ${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
}

function dateOf(day: Micros): string {
  return toDate(day).toISOString().slice(0, 10);
}
