import { z } from "zod";
import { projectProcedure } from "../init.ts";
import { toShownExpiry } from "./shown-view.ts";

const input = z.object({
  text: z.string().max(200).default(""),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** The last look at the online rows of views, the most expired first. */
export const listExpiry = projectProcedure.input(input).query(async ({ ctx, input: { text, page, pageSize } }) => {
  const found = await ctx.runtime.monitorStore.listOnlineProbes({ project: ctx.project.name, text: text.trim(), page, pageSize });
  return { ...found, rows: found.rows.map(toShownExpiry) };
});
