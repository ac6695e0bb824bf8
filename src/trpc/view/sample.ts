import { z } from "zod";
import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { newestVersion } from "./newest-version.ts";
import { viewInput } from "./view-input.ts";

const sampleInput = viewInput.extend({ of: z.enum(["newest", "keys"]), limit: z.number().int().min(1).max(200).default(50) });

/** Rows of the view's source, transform applied: the newest, or some distinct entity keys. */
export const sampleView = projectProcedure.input(sampleInput).query(async ({ ctx, input }) => {
  const { definition } = await requireDefinition(ctx, "feature_view", input.view);
  await authorizeRead(ctx, "read_values", viewResource(definition));
  return ctx.runtime.offline.sample({ view: await newestVersion(ctx, input.view), of: input.of, limit: input.limit });
});
