import { judgeViews } from "../../monitor/index.ts";
import { projectProcedure } from "../init.ts";
import { toShownFreshness } from "../monitor/shown-view.ts";

const SHOWN = 8;

/** What is late now, and what is read most. */
export const getOverview = projectProcedure.query(async ({ ctx }) => {
  const [judged, mostRead] = await Promise.all([judgeViews(ctx.runtime, ctx.project), ctx.runtime.registry.mostRead(ctx.project.name, SHOWN)]);
  const late = judged.filter(({ freshness }) => freshness.state === "late").map(toShownFreshness);
  return { late: late.slice(0, SHOWN), mostRead };
});
