import { z } from "zod";
import { projectProcedure } from "../init.ts";

const input = z.object({
  state: z.enum(["open", "closed"]).nullable().default(null),
  team: z.string().max(128).optional(),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** Incidents of the project: open ones first, the newest first. */
export const listIncidents = projectProcedure.input(input).query(async ({ ctx, input: { state, team, ...page } }) => {
  const { rows, ...rest } = await ctx.runtime.incidents.list({ project: ctx.project.name, ...page, ...(state && { state }), ...(team && { team }) });
  return { ...rest, rows: rows.map(({ memory: _memory, ...shown }) => shown) };
});
