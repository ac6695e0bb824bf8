import { pauseSchedule } from "../../materialize/index.ts";
import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { toShownSchedule } from "./shown-schedule.ts";

export const pauseScheduleProcedure = projectProcedure.input(viewInput).mutation(async ({ ctx, input }) => {
  const scheduled = await pauseSchedule(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, view: input.view });
  return toShownSchedule(scheduled, ctx.runtime.clock.now());
});
