import type { ChannelDeps, ChannelInput } from "./port.ts";
import { requireChannel } from "./save-channel.ts";

/** Removes a channel, its routes, and what waits in its outbox. Throws not_found, permission_denied. */
export async function removeChannel(deps: ChannelDeps, { actor, project, channel: id }: ChannelInput & { readonly channel: number }): Promise<void> {
  await deps.authorizer.authorize({ actor, action: "administer", resource: { project, kind: "project", name: project, team: null } });
  const { name } = await requireChannel(deps, project, id);
  await deps.transactor.transact(async (tx) => {
    await deps.notifyStore.removeChannel(tx, project, id);
    const entry = { at: deps.clock.now(), actor, action: "removed alert channel", project, subject: `alert_channel:${name}`, detail: {} };
    await deps.audit.record(tx, entry);
  });
}
