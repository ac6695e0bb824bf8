import { procedure } from "../init.ts";

/** What snippets and the frame need to know of this installation. */
export const getSystemInfo = procedure.query(async ({ ctx }) => ({
  serveUrl: ctx.serveUrl,
  actor: ctx.actor.name,
  workers: await ctx.runtime.jobs.liveWorkers(),
}));
