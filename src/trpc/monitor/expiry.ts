import { projectProcedure } from "../init.ts";
import { toShownExpiry } from "./shown-view.ts";

/** The last look at the online rows of every view, the most expired first. */
export const listExpiry = projectProcedure.query(async ({ ctx }) => {
  const probes = (await ctx.runtime.monitorStore.onlineProbes(ctx.project.name)).map(toShownExpiry);
  return probes.sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || (a.view < b.view ? -1 : 1));
});
