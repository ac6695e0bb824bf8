import type { Heartbeats } from "../../jobs/index.ts";
import type { Clock } from "../../kit/index.ts";
import { cadenceSeconds, canMaterializeFrom } from "../../materialize/index.ts";
import type { Project } from "../../registry/index.ts";
import type { MonitorStore, StoredFacts } from "../port.ts";
import { type Freshness, type FreshnessFacts, judgeFreshness } from "./freshness.ts";

export interface JudgeViewsDeps {
  readonly monitorStore: MonitorStore;
  readonly heartbeats: Heartbeats;
  readonly clock: Clock;
}

export interface JudgedView {
  readonly facts: FreshnessFacts;
  readonly freshness: Freshness;
}

/** How timely views are now, in the order of their names, from stored times alone; `views` null: all of the project. */
export async function judgeViews(deps: JudgeViewsDeps, project: Project, views: readonly string[] | null = null): Promise<readonly JudgedView[]> {
  const [stored, workerSeenAt] = await Promise.all([deps.monitorStore.freshnessFacts(project, views), deps.heartbeats.last("worker")]);
  const moment = { now: deps.clock.now(), workerSeenAt };
  return stored.map((one) => {
    const facts = { ...one, source: readable(one), cadenceSeconds: one.schedule !== null && runsBySchedule(one) ? cadenceSeconds(one.schedule) : null };
    return { facts, freshness: judgeFreshness(facts, moment) };
  });
}

/** A source of a type that nobody can look at says so. */
function readable({ source, batchType }: StoredFacts): StoredFacts["source"] {
  if (source === null || batchType === null || canMaterializeFrom(batchType)) return source;
  return { ...source, error: `this release cannot read ${batchType} sources` };
}

/** Whether the schedule can do anything for the view: it must be online, with a source that can be materialized from. */
export function runsBySchedule({ schedule, online, batchType }: StoredFacts): boolean {
  return schedule !== null && online && batchType !== null && canMaterializeFrom(batchType);
}
