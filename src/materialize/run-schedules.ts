import type { Actor } from "../domain/index.ts";
import { loggedError, type Micros, type Transaction } from "../kit/index.ts";
import { openProject } from "../registry/index.ts";
import { whyNotMaterializable } from "./find-view.ts";
import type { MaterializeDeps, ScheduledView, Schedules } from "./port.ts";
import { lastTick } from "./schedule.ts";
import { startMaterialize } from "./start-materialize.ts";

/** Who starts the runs of schedules. */
const SCHEDULER: Actor = { kind: "system", id: "schedule", name: "schedule", isAdmin: false, teams: [] };

export type RunSchedulesDeps = MaterializeDeps & { readonly schedules: Schedules };

/**
 * Starts an incremental run for every view whose schedule has a tick that nobody acted on; however many were missed, one run makes up for
 * them. A view that is being materialized waits for the end of that run. A project that fails keeps no other from its runs; the next round
 * tries again. The number of runs started.
 */
export async function runSchedules(deps: RunSchedulesDeps): Promise<number> {
  const now = deps.clock.now();
  const byProject = new Map<string, { view: string; at: Micros }[]>();
  for (const scheduled of await deps.schedules.list()) {
    const at = dueTick(scheduled, now);
    if (at === null) continue;
    byProject.set(scheduled.project, [...(byProject.get(scheduled.project) ?? []), { view: scheduled.view, at }]);
  }
  let started = 0;
  for (const [project, due] of byProject) {
    try {
      started += await startDue(deps, project, due);
    } catch (error) {
      deps.logger.warn({ project, ...loggedError(error) }, "schedules of a project could not be followed");
    }
  }
  return started;
}

/** Runs and their ticks are written together: a process that dies leaves both or neither. */
async function startDue(deps: RunSchedulesDeps, project: string, due: readonly { readonly view: string; readonly at: Micros }[]): Promise<number> {
  const snapshot = await openProject(deps.registry, project);
  const views = due.map(({ view }) => view).filter((name) => canRun(snapshot.views.get(name)));
  const alongside = (tx: Transaction) => deps.schedules.ticked(tx, project, due);
  if (views.length === 0) await deps.transactor.transact(alongside);
  else await startMaterialize(deps, { actor: SCHEDULER, project, views, window: { kind: "incremental", end: null }, alongside });
  return views.length;
}

/** The tick to act on now; null when there is none, the schedule is paused, or a run is under way. */
function dueTick({ schedule, pausedAt, lastTickAt, definedAt, isRunning }: ScheduledView, now: Micros): Micros | null {
  if (pausedAt !== null || isRunning) return null;
  const tick = lastTick(schedule, now);
  return tick !== null && tick > (lastTickAt ?? definedAt) ? tick : null;
}

function canRun(view: Parameters<typeof whyNotMaterializable>[0] | undefined): boolean {
  return view !== undefined && whyNotMaterializable(view) === null;
}
