import { DRIFT_CHECK, FRESHNESS_CHECK, judgeViews } from "../../monitor/index.ts";
import { driftingNow } from "../drift/drifting-now.ts";
import { toShownIncident } from "../incident/shown-incident.ts";
import { projectProcedure } from "../init.ts";
import { toShownFreshness } from "../monitor/shown-view.ts";

const SHOWN = 8;
/** Late views and drifting features stand on the page by themselves. */
const SHOWN_OTHERWISE = [FRESHNESS_CHECK, DRIFT_CHECK];

/** What is wrong now: late views, drifting features, and what other checks found; and what is read most. */
export const getOverview = projectProcedure.query(async ({ ctx }) => {
  const { runtime, project } = ctx;
  const [judged, mostRead, drifting, others] = await Promise.all([
    judgeViews(runtime, project),
    runtime.registry.mostRead(project.name, SHOWN),
    driftingNow(ctx, SHOWN),
    runtime.incidents.list({ project: project.name, state: "open", exceptChecks: SHOWN_OTHERWISE, page: 1, pageSize: SHOWN }),
  ]);
  const late = judged.filter(({ freshness }) => freshness.state === "late").map(toShownFreshness);
  return {
    late: { total: late.length, rows: late.slice(0, SHOWN) },
    drifting,
    incidents: { total: others.total, rows: others.rows.map(toShownIncident) },
    mostRead,
  };
});
