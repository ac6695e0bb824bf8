import { z } from "zod";
import { FILE_FORMATS } from "../../domain/index.ts";
import { inspectFile } from "../../registry/index.ts";
import { projectProcedure } from "../init.ts";

const times = z.object({ timestampField: z.string().max(500).nullable(), createdTimestampColumn: z.string().max(500).nullable() });
const fileInput = z.object({ path: z.string().min(1).max(4_096), format: z.enum(FILE_FORMATS), times: times.nullable() });

/** Looks into a file that is no source yet: columns, proposed times, first rows, size. */
export const inspectSourceFile = projectProcedure
  .input(fileInput)
  .query(({ ctx, input }) => inspectFile(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, ...input }));
