import { z } from "zod";
import { projectProcedure } from "../init.ts";
import { toShownIncident } from "./shown-incident.ts";

const input = z.object({
  state: z.enum(["open", "closed"]).nullable().default(null),
  text: z.string().max(200).default(""),
  team: z.string().max(128).optional(),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** Incidents of the project: open ones first, the newest first; of open ones alone the critical first. */
export const listIncidents = projectProcedure.input(input).query(async ({ ctx, input: { state, text, team, ...page } }) => {
  const filter = { project: ctx.project.name, ...page, text: text.trim(), ...(state && { state }), ...(team && { team }) };
  const { rows, ...rest } = await ctx.runtime.incidents.list(filter);
  return { ...rest, rows: rows.map(toShownIncident) };
});
