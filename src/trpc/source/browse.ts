import { z } from "zod";
import { browseFiles } from "../../registry/index.ts";
import { projectProcedure } from "../init.ts";

/** Files under the allowed folders. */
export const browseSourceFiles = projectProcedure
  .input(z.object({ folder: z.string().max(4_096).nullable() }))
  .query(({ ctx, input }) => browseFiles(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, folder: input.folder }));
