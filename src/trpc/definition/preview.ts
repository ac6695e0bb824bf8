import { previewEdit } from "../../registry/index.ts";
import { projectProcedure } from "../init.ts";
import { editInput } from "./edit-input.ts";

/** A mutation by its form only, because a definition does not fit into an address: it changes nothing. */
export const previewDefinition = projectProcedure
  .input(editInput)
  .mutation(({ ctx, input }) => previewEdit(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, edit: input }));
