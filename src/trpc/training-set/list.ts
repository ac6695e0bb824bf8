import { z } from "zod";
import { listTrainingSets } from "../../training/index.ts";
import { projectProcedure } from "../init.ts";

const listInput = z.object({
  text: z.string().max(200).default(""),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

export const listTrainingSetsProcedure = projectProcedure
  .input(listInput)
  .query(({ ctx, input }) => listTrainingSets(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name }));
