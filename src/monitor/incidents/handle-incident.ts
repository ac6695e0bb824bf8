import type { AuditLog, Authorizer } from "../../domain/index.ts";
import { type Clock, LarderError, type Transaction, type Transactor, toDate, toMicros } from "../../kit/index.ts";
import type { NotifyStore } from "../../notify/index.ts";
import type { Incident, IncidentChange, IncidentEvent, IncidentInput, IncidentStore } from "../port.ts";
import { criticalKey } from "./incidents.ts";
import { viewOfSubject } from "./subject-view.ts";

export interface HandleIncidentDeps {
  readonly incidents: IncidentStore;
  readonly notifyStore: Pick<NotifyStore, "defer">;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const SNOOZE_SECONDS_MAX = 30 * 86_400;

/** Says that someone looks after it. Throws not_found, failed_precondition for a closed one, permission_denied. */
export function acknowledgeIncident(deps: HandleIncidentDeps, input: IncidentInput): Promise<Incident> {
  const change = { acknowledgedAt: toDate(deps.clock.now()), acknowledgedBy: input.actor.name };
  return handle(deps, input, { change, event: { kind: "acknowledged", text: "" }, action: "acknowledged incident" });
}

/** Gives it to someone, by name; null: to nobody. Throws as acknowledgeIncident does. */
export async function assignIncident(deps: HandleIncidentDeps, input: IncidentInput & { readonly assignee: string | null }): Promise<Incident> {
  const assignee = input.assignee?.trim() || null;
  const text = assignee === null ? "to nobody" : `to ${assignee}`;
  return handle(deps, input, { change: { assignee }, event: { kind: "assigned", text }, action: "assigned incident" });
}

/** Tells nobody anything more about it for a while, then what became critical meanwhile; zero seconds end that. Throws as acknowledgeIncident does, and invalid_argument beyond 30 days. */
export async function snoozeIncident(deps: HandleIncidentDeps, input: IncidentInput & { readonly seconds: number }): Promise<Incident> {
  const { seconds } = input;
  if (!(seconds >= 0 && seconds <= SNOOZE_SECONDS_MAX)) throw new LarderError("invalid_argument", "An incident can be snoozed for up to 30 days.");
  const snoozedUntil = seconds === 0 ? null : new Date(toDate(deps.clock.now()).getTime() + seconds * 1_000);
  const text = snoozedUntil === null ? "no longer" : `until ${snoozedUntil.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const dueAt = snoozedUntil === null ? deps.clock.now() : toMicros(snoozedUntil);
  const alongside = (tx: Transaction) => deps.notifyStore.defer(tx, `${criticalKey({ id: input.incident })}:`, dueAt);
  return handle(deps, input, { change: { snoozedUntil }, event: { kind: "snoozed", text }, action: "snoozed incident", alongside });
}

interface Handling {
  readonly change: IncidentChange;
  readonly event: Pick<IncidentEvent, "kind" | "text">;
  readonly action: string;
  readonly alongside?: (tx: Transaction) => Promise<void>;
}

async function handle(
  deps: HandleIncidentDeps,
  { actor, project, incident: id }: IncidentInput,
  { change, event, action, alongside }: Handling,
): Promise<Incident> {
  const incident = await deps.incidents.get(project, id);
  if (incident === null) throw new LarderError("not_found", `There is no incident ${id} in ${project}.`);
  const name = viewOfSubject(incident.subject);
  await deps.authorizer.authorize({ actor, action: "operate", resource: { project, kind: "feature_view", name, team: incident.team } });
  const now = deps.clock.now();
  return deps.transactor.transact(async (tx) => {
    const changed = await deps.incidents.change(tx, id, change, now);
    if (changed === null) throw new LarderError("failed_precondition", `Incident ${id} is closed.`, { hint: "Nothing is left to do about it." });
    await deps.incidents.note(tx, id, { ...event, actor: actor.name }, now);
    await deps.audit.record(tx, { at: now, actor, action, project, subject: incident.subject, detail: { incident: id, text: event.text } });
    await alongside?.(tx);
    return changed;
  });
}
