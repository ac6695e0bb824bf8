import { z } from "zod";
import { channelInput, removeChannel, retryAlert, saveChannel, testChannel } from "../../notify/index.ts";
import { projectProcedure } from "../init.ts";

const byId = z.object({ channel: z.number().int() });

export const saveChannelProcedure = projectProcedure
  .input(channelInput)
  .mutation(({ ctx, input }) => saveChannel(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, channel: input }));

export const removeChannelProcedure = projectProcedure
  .input(byId)
  .mutation(({ ctx, input }) => removeChannel(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, channel: input.channel }));

export const testChannelProcedure = projectProcedure.input(byId).mutation(({ ctx, input }) => {
  const { consoleUrl } = ctx.runtime;
  return testChannel(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, channel: input.channel, url: `${consoleUrl}/monitoring/alerts` });
});

export const retryAlertProcedure = projectProcedure
  .input(z.object({ alert: z.string().regex(/^\d{1,18}$/) }))
  .mutation(({ ctx, input }) => retryAlert(ctx.runtime, { actor: ctx.actor, project: ctx.project.name, alert: input.alert }));
