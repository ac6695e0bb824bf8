import { LarderError } from "../../kit/index.ts";
import { projectProcedure } from "../init.ts";
import { runInput } from "./run-input.ts";
import { toShownRun } from "./shown-run.ts";

export const getRun = projectProcedure.input(runInput).query(async ({ ctx, input }) => {
  const run = await ctx.runtime.runLog.get(input.run);
  if (!run || run.project !== ctx.project.name)
    throw new LarderError("not_found", `There is no run ${input.run} in ${ctx.project.name}.`, { hint: "The runs page lists them." });
  return toShownRun(run);
});
