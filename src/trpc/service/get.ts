import { z } from "zod";
import { authorizeRead } from "../authorize.ts";
import { requireDefinition, requireSnapshot } from "../definitions.ts";
import { projectProcedure } from "../init.ts";

/** A feature service with the features that it resolves to, in the order of its answers. */
export const getService = projectProcedure.input(z.object({ name: z.string().min(1).max(128) })).query(async ({ ctx, input }) => {
  const { definition: service, ...record } = await requireDefinition(ctx, "feature_service", input.name);
  await authorizeRead(ctx, "discover", service);
  const { views, entities } = await requireSnapshot(ctx);
  const projections = service.projections.map((projection) => {
    const found = views.get(projection.view);
    const picked = found?.view.features.filter(({ name }) => projection.features === null || projection.features.includes(name)) ?? [];
    const joinKeys = found?.view.entities.flatMap((name) => entities.get(name)?.joinKeys ?? []) ?? [];
    return { ...projection, features: picked, ready: found?.ready?.versionNumber ?? null, joinKeys };
  });
  return { service, record, projections };
});
