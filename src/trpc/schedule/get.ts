import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { toShownSchedule } from "./shown-schedule.ts";

/** The schedule of a view and its next run; null for a view without one. */
export const getSchedule = projectProcedure.input(viewInput).query(async ({ ctx, input }) => {
  const scheduled = await ctx.runtime.schedules.find(ctx.project.name, input.view);
  return scheduled && toShownSchedule(scheduled, ctx.runtime.clock.now());
});
