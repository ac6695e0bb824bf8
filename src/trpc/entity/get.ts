import { z } from "zod";
import { authorizeRead } from "../authorize.ts";
import { requireDefinition, requireSnapshot } from "../definitions.ts";
import { projectProcedure } from "../init.ts";

/** An entity and the views that describe it. */
export const getEntity = projectProcedure.input(z.object({ name: z.string().min(1).max(128) })).query(async ({ ctx, input }) => {
  const { definition: entity, ...record } = await requireDefinition(ctx, "entity", input.name);
  await authorizeRead(ctx, "discover", entity);
  const { views } = await requireSnapshot(ctx);
  const using = [...views.values()].map(({ view }) => view).filter((view) => view.entities.includes(entity.name));
  return {
    entity,
    record,
    views: using.map(({ name, type, description, features, online }) => ({ name, type, description, features: features.length, online })),
  };
});
