import { createTrainingSet, newTrainingSetInput, previewMatches, removeTrainingSet, repinTrainingSet, startTrainingSet } from "../../training/index.ts";
import { projectProcedure } from "../init.ts";
import { setInput } from "./set-input.ts";

/** A mutation for its size only: nothing is kept. */
export const previewTrainingSet = projectProcedure
  .input(newTrainingSetInput.pick({ spec: true }))
  .mutation(({ ctx, input, signal }) => previewMatches(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name, ...(signal && { signal }) }));

export const createTrainingSetProcedure = projectProcedure
  .input(newTrainingSetInput)
  .mutation(({ ctx, input }) => createTrainingSet(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name }));

export const startTrainingSetProcedure = projectProcedure.input(setInput).mutation(async ({ ctx, input }) => {
  const { run, joined } = await startTrainingSet(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name });
  return { run: run.id, joined };
});

export const repinTrainingSetProcedure = projectProcedure
  .input(setInput)
  .mutation(({ ctx, input }) => repinTrainingSet(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name }));

export const removeTrainingSetProcedure = projectProcedure
  .input(setInput)
  .mutation(({ ctx, input }) => removeTrainingSet(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name }));
