import { z } from "zod";
import { batchSourceOf } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import { authorizeRead } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { projectProcedure } from "../init.ts";

/** Opens the source: columns, size and range of event times. */
export const inspectSource = projectProcedure.input(z.object({ name: z.string().min(1).max(128) })).query(async ({ ctx, input }) => {
  const { definition } = await requireDefinition(ctx, "data_source", input.name);
  await authorizeRead(ctx, "discover", definition);
  const batch = batchSourceOf(definition);
  if (!batch)
    throw new LarderError("failed_precondition", `${definition.name} has no batch source: there is no history to look into.`, {
      hint: "Give it a batchSource.",
    });
  return ctx.runtime.inspector.inspect(batch);
});
