import { toDate } from "../../kit/index.ts";
import { judgeViews } from "../../monitor/index.ts";
import { driftingNow } from "../drift/drifting-now.ts";
import { toShownIncident } from "../incident/shown-incident.ts";
import { projectProcedure } from "../init.ts";
import { toShownFreshness, WORST_FIRST } from "./shown-view.ts";

const SHOWN_MAX = 20;

/** What is wrong now: views that are not on time, the worst first; features that drift; how many are how; whether anyone works. */
export const getMonitorOverview = projectProcedure.query(async ({ ctx }) => {
  const { runtime, project } = ctx;
  const [judged, workerSeenAt, incidents, drifting] = await Promise.all([
    judgeViews(runtime, project),
    runtime.heartbeats.last("worker"),
    runtime.incidents.list({ project: project.name, state: "open", page: 1, pageSize: SHOWN_MAX }),
    driftingNow(ctx, SHOWN_MAX),
  ]);
  const counts = Object.fromEntries(WORST_FIRST.map((state) => [state, judged.filter(({ freshness }) => freshness.state === state).length]));
  const wrong = judged
    .filter(({ freshness }) => freshness.state !== "on time")
    .map(toShownFreshness)
    .sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
  return {
    counts,
    views: judged.length,
    wrong: { total: wrong.length, rows: wrong.slice(0, SHOWN_MAX) },
    drifting,
    workerSeenAt: toDate(workerSeenAt),
    incidents: { total: incidents.total, rows: incidents.rows.map(toShownIncident) },
  };
});
