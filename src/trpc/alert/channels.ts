import { toShownChannel } from "../../notify/index.ts";
import { authorizeRead } from "../authorize.ts";
import { projectProcedure } from "../init.ts";

/** Where alerts go, without secrets. */
export const listChannels = projectProcedure.query(async ({ ctx }) => {
  await authorizeRead(ctx, "discover", { kind: "project", name: ctx.project.name });
  return (await ctx.runtime.notifyStore.channels(ctx.project.name)).map(toShownChannel);
});
