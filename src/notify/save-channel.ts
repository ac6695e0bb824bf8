import { randomBytes } from "node:crypto";
import { LarderError } from "../kit/index.ts";
import { channelInput, mergeSettings } from "./channel-schema.ts";
import type { Channel, ChannelDeps, ChannelInput } from "./port.ts";
import { type ShownChannel, toShownChannel } from "./shown-channel.ts";

export interface SavedChannel {
  readonly channel: ShownChannel;
  /** The key that a new webhook's messages are signed with: told this once. */
  readonly newSecret: string | null;
}

/** Makes or changes a channel with its routes. Throws invalid_argument, not_found, already_exists, permission_denied. */
export async function saveChannel(deps: ChannelDeps, { actor, project, channel }: ChannelInput & { readonly channel: unknown }): Promise<SavedChannel> {
  await deps.authorizer.authorize({ actor, action: "administer", resource: { project, kind: "project", name: project, team: null } });
  const form = parse(channel);
  const before = form.id === null ? null : await requireChannel(deps, project, form.id);
  let newSecret: string | null = null;
  const settings = mergeSettings(form.settings, before?.settings ?? null, () => {
    newSecret = randomBytes(24).toString("base64url");
    return newSecret;
  });
  const now = deps.clock.now();
  const saved = await deps.transactor.transact(async (tx) => {
    const made = await deps.notifyStore.saveChannel(tx, { id: form.id, project, name: form.name, settings, routes: form.routes }, now);
    const detail = { type: settings.type, routes: form.routes };
    const action = before === null ? "added alert channel" : "changed alert channel";
    await deps.audit.record(tx, { at: now, actor, action, project, subject: `alert_channel:${form.name}`, detail });
    return made;
  });
  return { channel: toShownChannel(saved), newSecret };
}

function parse(channel: unknown) {
  const parsed = channelInput.safeParse(channel);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LarderError("invalid_argument", `The channel is not right: ${issue?.message ?? "unknown"} (${issue?.path.join(".") ?? ""}).`);
}

/** Throws not_found. */
export async function requireChannel({ notifyStore }: Pick<ChannelDeps, "notifyStore">, project: string, id: number): Promise<Channel> {
  const found = (await notifyStore.channels(project)).find((channel) => channel.id === id);
  if (found) return found;
  throw new LarderError("not_found", "There is no such channel any more.", { hint: "Load the page again: someone may have removed it." });
}
