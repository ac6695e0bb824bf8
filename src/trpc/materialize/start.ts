import { z } from "zod";
import { startMaterialize } from "../../materialize/index.ts";
import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { readWindow, windowInput } from "./window-input.ts";

export const startMaterializeProcedure = projectProcedure
  .input(viewInput.extend({ window: windowInput, allowFailedChecks: z.boolean().default(false) }))
  .mutation(({ ctx, input }) =>
    startMaterialize(ctx.runtime, {
      actor: ctx.actor,
      project: ctx.project.name,
      views: [input.view],
      window: readWindow(input.window),
      allowFailedChecks: input.allowFailedChecks,
    }),
  );
