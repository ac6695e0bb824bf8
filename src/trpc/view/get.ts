import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { withoutSecrets } from "../source/without-secrets.ts";
import { viewInput } from "./view-input.ts";

/** A view with all that its definition refers to. */
export const getView = projectProcedure.input(viewInput).query(async ({ ctx, input }) => {
  const { definition: view, ...record } = await requireDefinition(ctx, "feature_view", input.view);
  await authorizeRead(ctx, "discover", viewResource(view));
  const [source, entities, services] = await Promise.all([
    requireDefinition(ctx, "data_source", view.source),
    Promise.all(view.entities.map((name) => requireDefinition(ctx, "entity", name))),
    ctx.runtime.registry.servicesOf(ctx.project.name, view.name),
  ]);
  return { view, record, source: withoutSecrets(source.definition), entities: entities.map(({ definition }) => definition), services };
});
