import { type Clock, formatTimestamp, type Logger, toLarderError } from "../../kit/index.ts";
import type { RegistrySnapshot } from "../../registry/index.ts";
import { closeIncident, type IncidentDeps, raiseIncident, updateIncident } from "../incidents/incidents.ts";
import { viewOfSubject } from "../incidents/subject-view.ts";
import type { Incident, NewIncident } from "../port.ts";
import { type ExplainShiftDeps, explainingColumns, explainShift } from "./explain-shift.ts";
import type { FeatureNow } from "./feature-state.ts";
import type { JudgedVersion } from "./find-baseline.ts";
import type { StrongestPart } from "./segments.ts";
import type { TimeWindow } from "./windows.ts";

export const DRIFT_CHECK = "drift";

export type DriftIncidentDeps = IncidentDeps & ExplainShiftDeps & { readonly clock: Clock; readonly logger: Logger };

export interface SettledView {
  readonly watched: JudgedVersion;
  readonly snapshot: RegistrySnapshot;
  readonly features: readonly FeatureNow[];
  /** Ends explanations that are under way. */
  readonly stop: AbortSignal;
}

export function driftSubject(view: string, feature: string): string {
  return `feature:${view}:${feature}`;
}

/** Opens, updates and closes the drift incidents of a view's features by all that its windows say. */
export async function moveDriftIncidents(deps: DriftIncidentDeps, settled: SettledView): Promise<void> {
  const { watched, features } = settled;
  const now = deps.clock.now();
  const prefix = driftSubject(watched.version.view, "");
  const open = new Map((await deps.incidents.openOf(watched.project, DRIFT_CHECK, prefix)).map((incident) => [incident.subject, incident]));
  const explain = explainer(deps, settled);
  for (const feature of features) {
    const subject = driftSubject(watched.version.view, feature.now.feature);
    const incident = open.get(subject) ?? null;
    open.delete(subject);
    await moveIncident(deps, settled, { feature, incident, explain });
  }
  for (const incident of open.values()) await closeIncident(deps, incident, { why: "The feature is no longer judged.", memory: incident.memory, now });
}

/** Closes the drift incidents of these views: nobody looks at them any more. */
export async function closeDriftIncidents(deps: DriftIncidentDeps, project: string, isOver: (view: string) => boolean): Promise<void> {
  for (const incident of await deps.incidents.openOf(project, DRIFT_CHECK)) {
    if (isOver(viewOfSubject(incident.subject)))
      await closeIncident(deps, incident, { why: "The drift of this view is no longer judged.", memory: incident.memory, now: deps.clock.now() });
  }
}

interface Move {
  readonly feature: FeatureNow;
  readonly incident: Incident | null;
  readonly explain: Explain;
}

async function moveIncident(deps: DriftIncidentDeps, settled: SettledView, { feature, incident, explain }: Move): Promise<void> {
  const now = deps.clock.now();
  if (incident === null) {
    // Older windows may be judged after newer ones: what was over by then is nobody's alarm now.
    if (feature.incident.isOpen && feature.lastJudged?.result.verdict === "drift") await raiseIncident(deps, await incidentOf(settled, feature, explain), now);
    return;
  }
  const memory = memoryOf(feature);
  // The opening may lie before the windows that are remembered: only three good ones in a row close it.
  if (!feature.incident.isOpen && feature.incident.recent.length === 3 && !feature.incident.recent.includes(true)) {
    await closeIncident(deps, incident, { why: "The last three windows are like the baseline again.", memory, now });
    return;
  }
  const known = incident.memory as Partial<typeof memory>; // only incidentOf writes it
  const isSameWindow = known.windowEnd === memory.windowEnd;
  if (isSameWindow && known.onset === memory.onset) return;
  // Older windows that were judged later move the onset, and explain nothing anew.
  const { segment = null } = incident.detail as { readonly segment?: NamedSegment | null };
  const { cause, causeText, detail, severity } = await incidentOf(settled, feature, isSameWindow ? async () => segment : explain);
  const isStillDrifting = feature.now.verdict === "drift";
  await updateIncident(deps, incident, { severity, memory, detail, ...(isStillDrifting && { cause, causeText }) }, now);
}

function memoryOf({ now, incident }: FeatureNow) {
  const onset = now.since === null ? null : formatTimestamp(now.since);
  return { recent: incident.recent, windowEnd: formatTimestamp(now.window.end), onset };
}

async function incidentOf(settled: SettledView, feature: FeatureNow, explain: Explain): Promise<NewIncident> {
  const { watched, snapshot } = settled;
  const { view, feature: name, since } = feature.now;
  const { window, result } = feature.lastJudged ?? { window: feature.now.window, result: { ...feature.now, numeric: null } };
  const { psi, adjustedP, baselineRows, currentRows, numeric } = result;
  const definition = snapshot.views.get(view)?.view;
  const services = servicesReading(snapshot, view, name);
  const segment = await explain({ feature: name, window });
  const meanShiftSd = numeric?.meanShiftSd ?? null;
  const onset = since === null ? null : formatTimestamp(since);
  return {
    project: watched.project,
    subject: driftSubject(view, name),
    check: DRIFT_CHECK,
    severity: services.length > 0 ? "critical" : "warning",
    title: `${name} of ${view} drifts`,
    cause: segment === null ? "shifted" : `shifted:${segment.by}`,
    causeText: causeText({ name, meanShiftSd, psi, baselineRows, currentRows, onset, segment, isWeekly: feature.isWeekly }),
    owner: definition?.owner ?? null,
    team: definition?.team ?? null,
    memory: memoryOf(feature),
    detail: {
      psi,
      wassersteinSd: numeric?.wassersteinSd ?? null,
      adjustedP,
      baselineRows,
      currentRows,
      meanShiftSd,
      onset,
      window: formatTimestamp(window.start),
      segment,
      services,
    },
  };
}

/** Feature services that read a feature: who is hit. */
export function servicesReading(snapshot: RegistrySnapshot, view: string, feature: string): readonly string[] {
  const reads = ({ view: of, features }: { readonly view: string; readonly features: readonly string[] | null }): boolean =>
    of === view && (features === null || features.includes(feature));
  return [...snapshot.services.values()].filter(({ projections }) => projections.some(reads)).map(({ name }) => name);
}

type NamedSegment = StrongestPart & { readonly by: string };

/** A part must carry this much more of the shift than of the rows to be named as its cause. */
const EXCESS_MIN = 0.25;
/** Explaining must not keep incidents waiting: so long, and so many features, of a view at a time. */
const [EXPLAIN_MS, EXPLAINED_MAX] = [20_000, 5];

/** Says where a shift comes from; null when it comes from everywhere, or nobody can tell in time. */
type Explain = (shift: { readonly feature: string; readonly window: TimeWindow }) => Promise<NamedSegment | null>;

function explainer(deps: DriftIncidentDeps, { watched, features, stop }: SettledView): Explain {
  const columnsFor = explainingColumns(
    watched.version,
    features.map(({ now }) => now),
  );
  let explained = 0;
  let signal: AbortSignal | null = null;
  return async ({ feature, window }) => {
    signal ??= AbortSignal.any([stop, AbortSignal.timeout(EXPLAIN_MS)]);
    explained += 1;
    if (watched.settings.values === "served" || explained > EXPLAINED_MAX || signal.aborted) return null;
    try {
      const [best] = await explainShift(deps, watched, { window, feature, by: columnsFor(feature), signal });
      return best?.strongest && best.strongest.excess >= EXCESS_MIN ? { by: best.by, ...best.strongest } : null;
    } catch (error) {
      // The incident matters more than its explanation.
      deps.logger.warn({ view: watched.version.view, feature, error: toLarderError(error).message }, "a shift could not be explained");
      return null;
    }
  };
}

interface Told {
  readonly name: string;
  readonly meanShiftSd: number | null;
  readonly psi: number;
  readonly baselineRows: number;
  readonly currentRows: number;
  readonly onset: string | null;
  readonly segment: NamedSegment | null;
  readonly isWeekly: boolean;
}

/** Goes to all who are told, also to those who may not read values: what the part is called stands in the detail alone. */
function causeText({ name, meanShiftSd, psi, baselineRows, currentRows, onset, segment, isWeekly }: Told): string {
  const shift =
    meanShiftSd === null
      ? `${name} is distributed otherwise than in its baseline`
      : `${name} is ${Math.abs(meanShiftSd).toFixed(2)} sd ${meanShiftSd < 0 ? "lower" : "higher"} on average than in its baseline`;
  const figures = `PSI ${psi.toFixed(2)} (n = ${baselineRows.toLocaleString("en")} and ${currentRows.toLocaleString("en")})`;
  const since = onset === null ? "" : `, since ${onset.slice(0, 10)}`;
  const where = segment === null ? "" : ` ${partText(segment)}`;
  const rhythm = isWeekly ? " A week before it was like this too, and mostly not in between: compare the view with the same hours of past weeks." : "";
  return `${shift}: ${figures}${since}.${where}${rhythm}`;
}

function partText({ by, of, shareOfPsi, currentShare }: NamedSegment): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const carries = `${percent(Math.min(1, shareOfPsi))} of it`;
  if (of === "null") return `Rows without ${by} carry ${carries}; they are ${percent(currentShare)} of all.`;
  return `One part of ${by} carries ${carries}; it is ${percent(currentShare)} of all rows.`;
}
