import { projectProcedure } from "../init.ts";
import { viewInput } from "./view-input.ts";

/** Versions of a view, newest first; `readyAt` in the project's online store, null while it is not. */
export const listVersions = projectProcedure.input(viewInput).query(async ({ ctx, input }) => {
  const store = ctx.project.settings.onlineStore.type;
  const versions = await ctx.runtime.registry.versions(ctx.project.name, input.view);
  return versions.map(({ version, createdAt, readyAt }) => ({ version, createdAt, readyAt: readyAt[store] ?? null })).reverse();
});
