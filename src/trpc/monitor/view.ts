import { LarderError } from "../../kit/index.ts";
import { judgeViews, SLO_DAYS, sloOf } from "../../monitor/index.ts";
import { toShownIncident } from "../incident/shown-incident.ts";
import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { toShownExpiry, toShownFreshness } from "./shown-view.ts";

const DAY_MS = 86_400_000;
const INCIDENTS_SHOWN = 20;

/** All that is watched of one view: how timely it is and was, its online rows, its incidents. */
export const getViewMonitor = projectProcedure.input(viewInput).query(async ({ ctx, input: { view } }) => {
  const { runtime, project } = ctx;
  const from = new Date(Number(runtime.clock.now() / 1_000n) - SLO_DAYS * DAY_MS);
  const query = { project: project.name, views: [view], span: "hour", from } as const;
  const [[judged], samples, expirySamples, [probe], incidents] = await Promise.all([
    judgeViews(runtime, project, [view]),
    runtime.monitorStore.freshnessSamples(query),
    runtime.monitorStore.expirySamples(query),
    runtime.monitorStore.onlineProbes(project.name, [view]),
    runtime.incidents.list({ project: project.name, view, page: 1, pageSize: INCIDENTS_SHOWN }),
  ]);
  if (judged === undefined) throw new LarderError("not_found", `There is no feature view ${view} in ${project.name}.`);
  return {
    freshness: toShownFreshness(judged),
    slo: sloOf(samples),
    samples: samples.map(({ at, state, ageSecondsMax, objectiveSeconds, cause }) => ({ at, state, ageSecondsMax, objectiveSeconds, cause })),
    expiry: probe ? toShownExpiry(probe) : null,
    expirySamples: expirySamples.map(({ at, looked, expired }) => ({ at, looked, expired })),
    incidents: incidents.rows.map(toShownIncident),
  };
});
