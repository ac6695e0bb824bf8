import type { FeatureView } from "../../domain/index.ts";
import { type Clock, canonicalJson, type Json } from "../../kit/index.ts";
import type { Project, Registry } from "../../registry/index.ts";
import { closeIncident, type IncidentDeps, raiseIncident, updateIncident } from "../incidents/incidents.ts";
import { viewOfSubject } from "../incidents/subject-view.ts";
import type { Incident, NewIncident } from "../port.ts";
import { judgeParity, PARITY_SPAN_MICROS } from "./judge-parity.ts";
import type { ParityStore, RecentParity } from "./port.ts";

const PARITY_CHECK = "parity";
const FEATURES_NAMED = 3;

export type ParityCheckDeps = IncidentDeps & { readonly parityStore: ParityStore; readonly registry: Registry; readonly clock: Clock };

/**
 * Judges each view on its newest compared samples of the last day. An incident opens when online and offline differ beyond doubt, closes
 * when they no longer do or when a day brought nothing to compare (and none waits to be), and stays as it is while there is too little to judge by.
 */
export async function checkParity(deps: ParityCheckDeps, project: Project): Promise<void> {
  const now = deps.clock.now();
  const recent = await deps.parityStore.recent(project.name, now - PARITY_SPAN_MICROS, null);
  const open = new Map((await deps.incidents.openOf(project.name, PARITY_CHECK)).map((incident) => [incident.subject, incident]));
  for (const parity of recent) {
    const subject = `feature_view:${parity.view}`;
    const incident = open.get(subject) ?? null;
    open.delete(subject);
    const verdict = judgeParity(parity);
    if (verdict === "differs") await raise(deps, { project: project.name, parity, incident });
    else if (incident !== null && verdict === "same") {
      const why = `${shareText(parity)} of the newest compared samples differ: no more than chance explains.`;
      await closeIncident(deps, incident, { why, memory: {}, now });
    }
  }
  if (open.size === 0) return;
  const waiting = await deps.parityStore.waitingCounts(project.name);
  for (const [subject, incident] of open) {
    if (waiting.has(viewOfSubject(subject))) continue; // its history may not be readable now
    await closeIncident(deps, incident, { why: "Nothing of it was compared for a day.", memory: {}, now });
  }
}

interface Raising {
  readonly project: string;
  readonly parity: RecentParity;
  readonly incident: Incident | null;
}

async function raise(deps: ParityCheckDeps, { project, parity, incident }: Raising): Promise<void> {
  const found = await deps.registry.definition(project, "feature_view", parity.view);
  if (found?.definition.kind !== "feature_view") return;
  const services = await deps.registry.servicesOf(project, parity.view);
  const now = deps.clock.now();
  const is = incidentOf(project, { parity, view: found.definition, services });
  if (incident === null) await raiseIncident(deps, is, now);
  else if (canonicalJson(incident.detail as Json) !== canonicalJson(is.detail as Json)) await updateIncident(deps, incident, is, now);
}

interface Differing {
  readonly parity: RecentParity;
  readonly view: FeatureView;
  readonly services: readonly string[];
}

function incidentOf(project: string, { parity, view, services }: Differing): NewIncident {
  const { compared, mismatches, byFeature } = parity;
  return {
    project,
    subject: `feature_view:${view.name}`,
    check: PARITY_CHECK,
    severity: services.length > 0 ? "critical" : "warning",
    title: `${view.name} serves other values than its history has`,
    cause: "values_differ",
    causeText: `${shareText(parity)} of the newest compared samples differ from what history answers for the same instant, most in ${worstFeatures(byFeature)}.`,
    owner: view.owner,
    team: view.team,
    memory: {},
    detail: { compared, mismatches, byFeature, services },
  };
}

function worstFeatures(byFeature: RecentParity["byFeature"]): string {
  const names = Object.entries(byFeature).sort(([, a], [, b]) => b - a);
  return names
    .slice(0, FEATURES_NAMED)
    .map(([name, count]) => `${name} (${count})`)
    .join(", ");
}

function shareText({ mismatches, compared }: RecentParity): string {
  return `${mismatches} of ${compared} (${((100 * mismatches) / compared).toFixed(1)} %)`;
}
