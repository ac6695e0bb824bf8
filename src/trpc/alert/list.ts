import { z } from "zod";
import { ALERT_STATES } from "../../notify/index.ts";
import { authorizeRead } from "../authorize.ts";
import { projectProcedure } from "../init.ts";

const input = z.object({
  state: z.enum(ALERT_STATES).nullable().default(null),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(30),
});

/** What was told, is to be told, and could not be told; the newest first. */
export const listAlerts = projectProcedure.input(input).query(async ({ ctx, input: filter }) => {
  await authorizeRead(ctx, "discover", { kind: "project", name: ctx.project.name });
  return ctx.runtime.notifyStore.alerts({ project: ctx.project.name, ...filter });
});
