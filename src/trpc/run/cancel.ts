import { cancelRun } from "../../runs/index.ts";
import { projectProcedure } from "../init.ts";
import { runInput } from "./run-input.ts";
import { toShownRun } from "./shown-run.ts";

export const cancelRunProcedure = projectProcedure
  .input(runInput)
  .mutation(async ({ ctx, input }) => toShownRun(await cancelRun(ctx.runtime, { actor: ctx.actor, run: input.run })));
