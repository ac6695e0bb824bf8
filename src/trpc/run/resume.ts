import { resumeRun } from "../../runs/index.ts";
import { projectProcedure } from "../init.ts";
import { runInput } from "./run-input.ts";
import { toShownRun } from "./shown-run.ts";

export const resumeRunProcedure = projectProcedure
  .input(runInput)
  .mutation(async ({ ctx, input }) => toShownRun(await resumeRun(ctx.runtime, { actor: ctx.actor, run: input.run })));
