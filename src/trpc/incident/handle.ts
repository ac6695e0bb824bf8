import { z } from "zod";
import { acknowledgeIncident, assignIncident, snoozeIncident } from "../../monitor/index.ts";
import { projectProcedure } from "../init.ts";
import { incidentInput } from "./incident-input.ts";

export const acknowledgeIncidentProcedure = projectProcedure
  .input(incidentInput)
  .mutation(async ({ ctx, input }) => void (await acknowledgeIncident(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, ...input })));

export const assignIncidentProcedure = projectProcedure
  .input(incidentInput.extend({ assignee: z.string().max(200).nullable() }))
  .mutation(async ({ ctx, input }) => void (await assignIncident(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, ...input })));

export const snoozeIncidentProcedure = projectProcedure
  .input(incidentInput.extend({ seconds: z.number().int().min(0) }))
  .mutation(async ({ ctx, input }) => void (await snoozeIncident(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, ...input })));
