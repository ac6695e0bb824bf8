import { z } from "zod";
import { readLineage } from "../../registry/index.ts";
import { projectProcedure } from "../init.ts";

const STEPS_MAX = 20;
const steps = z.number().int().min(0).max(STEPS_MAX).default(STEPS_MAX);
const input = z.object({
  focus: z.object({ kind: z.enum(["data_source", "feature_view", "feature_service"]), name: z.string().min(1).max(128) }).nullable(),
  upstream: steps,
  downstream: steps,
});

/** Sources, views and services and how rows flow between them: the whole project, or around one of them. */
export const getLineage = projectProcedure.input(input).query(({ ctx, input: { focus, ...depths } }) => {
  const around = focus === null ? null : { focus: `${focus.kind}:${focus.name}` as const, ...depths };
  return readLineage(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, around });
});
