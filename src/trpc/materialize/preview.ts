import { z } from "zod";
import { previewMaterialize } from "../../materialize/index.ts";
import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { readWindow, windowInput } from "./window-input.ts";

export const previewMaterializeProcedure = projectProcedure
  .input(viewInput.extend({ window: windowInput, allowFailedChecks: z.boolean().default(false) }))
  .query(({ ctx, input }) =>
    previewMaterialize(ctx.runtime, {
      actor: ctx.actor,
      project: ctx.project.name,
      view: input.view,
      window: readWindow(input.window),
      allowFailedChecks: input.allowFailedChecks,
    }),
  );
