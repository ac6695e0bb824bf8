import { getTrainingSet, readResult } from "../../training/index.ts";
import { projectProcedure } from "../init.ts";
import { runInput } from "../run/run-input.ts";
import { setInput } from "./set-input.ts";

/** A training set, what its last result was made of, and what has changed since. */
export const getTrainingSetProcedure = projectProcedure
  .input(setInput)
  .query(({ ctx, input }) => getTrainingSet(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name }));

/** Statistics and first rows of what a run made. */
export const getTrainingResult = projectProcedure
  .input(runInput)
  .query(({ ctx, input }) => readResult(ctx.runtime, { ...input, actor: ctx.actor, project: ctx.project.name }));
