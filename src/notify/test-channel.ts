import { formatTimestamp, LarderError, toLarderError } from "../kit/index.ts";
import type { ChannelDeps, ChannelInput } from "./port.ts";
import { requireChannel } from "./save-channel.ts";

/** Sends a message that says it is a test, now and without the outbox. Throws failed_precondition with what the receiver answered. */
export async function testChannel(deps: ChannelDeps, { actor, project, channel: id, url }: ChannelInput & { readonly channel: number; readonly url: string }) {
  await deps.authorizer.authorize({ actor, action: "administer", resource: { project, kind: "project", name: project, team: null } });
  const channel = await requireChannel(deps, project, id);
  const now = deps.clock.now();
  const at = formatTimestamp(now);
  const about = { project, incident: null, severity: "warning", subject: `project:${project}`, check: "test", owner: null, team: null } as const;
  const message = {
    ...about,
    event: "test",
    title: `Test of the channel ${channel.name}`,
    text: `${actor.name} asked for it. Nothing is wrong.`,
    at,
    url,
  } as const;
  try {
    await deps.alertSender.send(channel.settings, { onceKey: `test:${id}:${now}`, message });
  } catch (error) {
    throw new LarderError("failed_precondition", `The test did not arrive: ${toLarderError(error).message}`, {
      hint: "Correct the channel's settings and test again.",
    });
  }
  return { sentTo: channel.name };
}
