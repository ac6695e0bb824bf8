import { formatTimestamp, type Micros, type Transactor, toDate, toMicros } from "../../kit/index.ts";
import { type AlertMessage, enqueueAlert, type NotifyStore } from "../../notify/index.ts";
import type { Incident, IncidentStore, NewIncident } from "../port.ts";

/*
 * What every check does with what it found: raise, update, close. Each is one transaction with its line in the timeline and its alerts in
 * the outbox, so that an incident is never open untold, and never told twice.
 */

export interface IncidentDeps {
  readonly incidents: IncidentStore;
  readonly notifyStore: NotifyStore;
  readonly transactor: Transactor;
  /** Where the console answers, for links in alerts: "http://localhost:3000". */
  readonly consoleUrl: string;
}

/** Opens an incident and tells whom it concerns; null when one of the same subject and check is open already. */
export async function raiseIncident(deps: IncidentDeps, found: NewIncident, now: Micros): Promise<Incident | null> {
  return deps.transactor.transact(async (tx) => {
    const incident = await deps.incidents.open(tx, found, now);
    if (incident === null) return null;
    await deps.incidents.note(tx, incident.id, { kind: "opened", actor: null, text: incident.causeText }, now);
    const told = { key: `incident:${incident.id}:opened`, message: messageOf(deps, incident, { event: "opened", text: incident.causeText, now }), now };
    await enqueueAlert(deps.notifyStore, tx, told);
    return incident;
  });
}

interface Found extends Pick<NewIncident, "severity" | "memory" | "detail">, Partial<Pick<NewIncident, "cause" | "causeText" | "owner" | "team">> {
  /** What made it critical, for its timeline. */
  readonly whyCritical?: string;
}

const READ_BY_A_SERVICE = "It is critical now: a feature service reads it.";

/** Keeps an open incident up to date. A new cause goes into its timeline; one that becomes critical is told, when it is snoozed once that is over. */
export async function updateIncident(deps: IncidentDeps, incident: Incident, found: Found, now: Micros): Promise<void> {
  const isNewCause = found.cause !== undefined && found.cause !== incident.cause;
  const isWorse = found.severity === "critical" && incident.severity === "warning";
  await deps.transactor.transact(async (tx) => {
    const { severity, memory, detail, cause, causeText, owner = incident.owner, team = incident.team } = found;
    const causes = cause === undefined ? {} : { cause, causeText: causeText ?? "" };
    const changed = await deps.incidents.change(tx, incident.id, { severity, memory, detail, owner, team, ...causes }, now);
    if (changed === null) return;
    if (isNewCause) await deps.incidents.note(tx, incident.id, { kind: "cause", actor: null, text: changed.causeText }, now);
    if (!isWorse) return;
    await deps.incidents.note(tx, incident.id, { kind: "severity", actor: null, text: found.whyCritical ?? READ_BY_A_SERVICE }, now);
    const message = messageOf(deps, changed, { event: "opened", text: changed.causeText, now });
    const told = { key: criticalKey(incident), message, now, ...(isSnoozed(changed, now) && { dueAt: toMicros(changed.snoozedUntil) }) };
    await enqueueAlert(deps.notifyStore, tx, told);
  });
}

interface Closing {
  readonly why: string;
  readonly memory: unknown;
  readonly now: Micros;
}

/** Closes an incident and tells whom its opening was told, unless it is snoozed. */
export async function closeIncident(deps: IncidentDeps, incident: Incident, { why, memory, now }: Closing): Promise<void> {
  await deps.transactor.transact(async (tx) => {
    const closed = await deps.incidents.change(tx, incident.id, { memory, closedAt: toDate(now) }, now);
    if (closed === null) return;
    await deps.incidents.note(tx, incident.id, { kind: "closed", actor: null, text: why }, now);
    if (isSnoozed(closed, now)) return deps.notifyStore.defer(tx, `${criticalKey(incident)}:`, null);
    const after = [`incident:${incident.id}:opened`, criticalKey(incident)];
    const told = { key: `incident:${incident.id}:closed`, message: messageOf(deps, closed, { event: "closed", text: why, now }), now, after };
    await enqueueAlert(deps.notifyStore, tx, told);
  });
}

/** What the news that it became critical is told under. */
export function criticalKey({ id }: Pick<Incident, "id">): string {
  return `incident:${id}:critical`;
}

function isSnoozed(incident: Incident, now: Micros): incident is Incident & { readonly snoozedUntil: Date } {
  const { snoozedUntil } = incident;
  return snoozedUntil !== null && toMicros(snoozedUntil) > now;
}

interface Told {
  readonly event: AlertMessage["event"];
  readonly text: string;
  readonly now: Micros;
}

function messageOf({ consoleUrl }: IncidentDeps, incident: Incident, { event, text, now }: Told): AlertMessage {
  const { id, project, severity, title, subject, check, owner, team } = incident;
  const url = `${consoleUrl}/incidents/${id}?project=${encodeURIComponent(project)}`;
  return { event, project, incident: id, severity, title, text, subject, check, owner, team, at: formatTimestamp(now), url };
}
