import { z } from "zod";
import { setSampling } from "../../monitor/index.ts";
import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";

export const setSamplingProcedure = projectProcedure
  .input(viewInput.extend({ rate: z.number(), rowsPerSecondMax: z.number() }))
  .mutation(async ({ ctx, input }) => void (await setSampling(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, ...input })));
