import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { type KeptProfiles, keptProfiles } from "./kept-profiles.ts";
import { newestVersion } from "./newest-version.ts";
import { viewInput } from "./view-input.ts";

/** Statistics of every feature of the view over its source, as they were worked out last. */
export const profileView = projectProcedure.input(viewInput).query(({ ctx, input }) => profiles(ctx, input.view, { fresh: false }));

/** The same, worked out anew. */
export const profileViewAgain = projectProcedure.input(viewInput).mutation(({ ctx, input }) => profiles(ctx, input.view, { fresh: true }));

async function profiles(ctx: ProjectContext, view: string, options: { readonly fresh: boolean }): Promise<KeptProfiles> {
  const { definition } = await requireDefinition(ctx, "feature_view", view);
  await authorizeRead(ctx, "discover", viewResource(definition));
  return keptProfiles(ctx.runtime.offline, await newestVersion(ctx, view), options);
}
