import { DRIFT_CHECK, FRESHNESS_CHECK, judgeViews } from "../../monitor/index.ts";
import { driftingNow } from "../drift/drifting-now.ts";
import { projectProcedure } from "../init.ts";
import { toShownFreshness } from "../monitor/shown-view.ts";

const SHOWN = 8;
const INCIDENTS_READ = 100;

/** What is wrong now: late views, drifting features, and what other checks found; and what is read most. */
export const getOverview = projectProcedure.query(async ({ ctx }) => {
  const { runtime, project } = ctx;
  const [judged, mostRead, drifting, open] = await Promise.all([
    judgeViews(runtime, project),
    runtime.registry.mostRead(project.name, SHOWN),
    driftingNow(ctx, SHOWN),
    runtime.incidents.list({ project: project.name, state: "open", page: 1, pageSize: INCIDENTS_READ }),
  ]);
  const late = judged.filter(({ freshness }) => freshness.state === "late").map(toShownFreshness);
  const others = open.rows.filter(({ check }) => check !== FRESHNESS_CHECK && check !== DRIFT_CHECK);
  return {
    late: late.slice(0, SHOWN),
    drifting,
    incidents: others.slice(0, SHOWN).map(({ memory: _memory, ...shown }) => shown),
    mostRead,
  };
});
