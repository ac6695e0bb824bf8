import type { Actor, AuditLog, Authorizer } from "../domain/index.ts";
import { type Clock, LarderError, type Transactor } from "../kit/index.ts";
import type { ScheduledView, Schedules } from "./port.ts";

export interface PauseScheduleDeps {
  readonly schedules: Schedules;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export interface PauseScheduleInput {
  readonly actor: Actor;
  readonly project: string;
  readonly view: string;
}

/** Keeps the schedule of a view from starting runs; runs by hand go on. Paused again is no change. Throws not_found, failed_precondition, permission_denied. */
export async function pauseSchedule(deps: PauseScheduleDeps, input: PauseScheduleInput): Promise<ScheduledView> {
  const { pausedAt } = await operable(deps, input);
  if (pausedAt === null) await change(deps, input, { at: deps.clock.now(), by: input.actor.name });
  return requireScheduled(deps.schedules, input);
}

/** Lets the schedule start runs again; ticks missed meanwhile are made up for by one run. Throws as pauseSchedule does. */
export async function resumeSchedule(deps: PauseScheduleDeps, input: PauseScheduleInput): Promise<ScheduledView> {
  const { pausedAt } = await operable(deps, input);
  if (pausedAt !== null) await change(deps, input, null);
  return requireScheduled(deps.schedules, input);
}

async function operable(deps: PauseScheduleDeps, { actor, project, view }: PauseScheduleInput): Promise<ScheduledView> {
  const scheduled = await requireScheduled(deps.schedules, { project, view });
  await deps.authorizer.authorize({ actor, action: "operate", resource: { project, kind: "feature_view", name: view, team: scheduled.team } });
  return scheduled;
}

async function change(deps: PauseScheduleDeps, { actor, project, view }: PauseScheduleInput, pause: Parameters<Schedules["setPause"]>[2]): Promise<void> {
  const action = pause === null ? "resumed schedule" : "paused schedule";
  await deps.transactor.transact(async (tx) => {
    await deps.schedules.setPause(tx, { project, view }, pause);
    await deps.audit.record(tx, { at: deps.clock.now(), actor, action, project, subject: `feature_view:${view}`, detail: {} });
  });
}

async function requireScheduled(schedules: Schedules, { project, view }: Pick<PauseScheduleInput, "project" | "view">): Promise<ScheduledView> {
  const found = await schedules.find(project, view);
  if (found) return found;
  throw new LarderError("failed_precondition", `There is no view ${view} with a schedule in ${project}.`, {
    hint: 'Give it one in its definition: schedule: "10 * * * *".',
  });
}
