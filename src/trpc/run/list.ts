import { z } from "zod";
import { RUN_STATES } from "../../runs/index.ts";
import { projectProcedure } from "../init.ts";
import { toShownRun } from "./shown-run.ts";

const runsInput = z.object({
  states: z.array(z.enum(RUN_STATES)).default([]),
  kinds: z.array(z.string().max(40)).default([]),
  view: z.string().max(128).optional(),
  /** A training set. */
  set: z.string().max(128).optional(),
  /** Part of the name of what the run is about. */
  about: z.string().max(128).optional(),
  actors: z.array(z.string().max(200)).default([]),
  from: z.date().optional(),
  to: z.date().optional(),
  group: z.string().max(40).optional(),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** Runs of the project, newest first. */
export const listRuns = projectProcedure.input(runsInput).query(async ({ ctx, input }) => {
  const { view, set, group, about, from, to, ...filter } = input;
  const optional = {
    ...(view && { subject: `feature_view:${view}` }),
    ...(set && { subject: `training_set:${set}` }),
    ...(about && { about }),
    ...(group && { group }),
    ...(from && { from }),
    ...(to && { to }),
  };
  const { rows, ...page } = await ctx.runtime.runLog.list({ ...filter, ...optional, project: ctx.project.name });
  return { ...page, rows: rows.map(toShownRun) };
});
