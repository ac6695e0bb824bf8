import { procedure } from "../init.ts";

/** Projects by name, and the one this request is about (null: none, or it must be chosen). */
export const listProjects = procedure.query(async ({ ctx }) => {
  const projects = await ctx.runtime.registry.listProjects();
  const wanted = ctx.requestedProject ?? ctx.runtime.defaultProject ?? (projects.length === 1 ? projects[0]?.name : undefined);
  return {
    current: projects.find(({ name }) => name === wanted)?.name ?? null,
    projects: projects.map(({ name, revision, settings }) => ({ name, revision, onlineStore: settings.onlineStore.type })),
  };
});
