import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { newestVersion } from "./newest-version.ts";
import { viewInput } from "./view-input.ts";

/** Statistics of every feature of the view over its source. */
export const profileView = projectProcedure.input(viewInput).query(async ({ ctx, input }) => {
  const { definition } = await requireDefinition(ctx, "feature_view", input.view);
  await authorizeRead(ctx, "discover", viewResource(definition));
  const version = await newestVersion(ctx, input.view);
  return ctx.runtime.offline.profile(
    version,
    definition.features.map(({ name }) => name),
  );
});
