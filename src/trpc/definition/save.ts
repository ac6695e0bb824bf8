import { saveEdit } from "../../registry/index.ts";
import { projectProcedure } from "../init.ts";
import { editInput } from "./edit-input.ts";

/** Saves or removes one definition that the console manages. */
export const saveDefinition = projectProcedure
  .input(editInput)
  .mutation(({ ctx, input }) => saveEdit(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, edit: input }));
