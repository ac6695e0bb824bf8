import { LarderError } from "../kit/index.ts";
import type { ChannelDeps, ChannelInput } from "./port.ts";

/** Sends a failed alert again, as if it were new; it keeps its key. Throws failed_precondition for one that is not failed, permission_denied. */
export async function retryAlert(deps: ChannelDeps, { actor, project, alert }: ChannelInput & { readonly alert: string }): Promise<void> {
  await deps.authorizer.authorize({ actor, action: "operate", resource: { project, kind: "project", name: project, team: null } });
  const now = deps.clock.now();
  await deps.transactor.transact(async (tx) => {
    const title = await deps.notifyStore.retry(tx, project, BigInt(alert), now);
    if (title === null) throw new LarderError("failed_precondition", "That alert has not failed.", { hint: "It waits to be sent, or was sent meanwhile." });
    await deps.audit.record(tx, { at: now, actor, action: "retried alert", project, subject: `alert:${alert}`, detail: { title } });
  });
}
