import { toShownChannel } from "../../notify/index.ts";
import { authorizeRead } from "../authorize.ts";
import { projectProcedure } from "../init.ts";

const ALERTS_SHOWN = 30;

/** Where alerts go, without secrets, and the newest that went. */
export const listChannels = projectProcedure.query(async ({ ctx }) => {
  await authorizeRead(ctx, "discover", { kind: "project", name: ctx.project.name });
  const { notifyStore } = ctx.runtime;
  const [channels, alerts] = await Promise.all([notifyStore.channels(ctx.project.name), notifyStore.recent(ctx.project.name, ALERTS_SHOWN)]);
  return { channels: channels.map(toShownChannel), alerts };
});
