import { projectProcedure } from "../init.ts";

const SHOWN = 8;

/** What is late now, and what is read most. */
export const getOverview = projectProcedure.query(async ({ ctx }) => {
  const { registry, clock } = ctx.runtime;
  const { name: project, settings } = ctx.project;
  const [late, mostRead] = await Promise.all([
    registry.lateViews({ project, store: settings.onlineStore.type, now: clock.now(), limit: SHOWN }),
    registry.mostRead(project, SHOWN),
  ]);
  return { late, mostRead };
});
