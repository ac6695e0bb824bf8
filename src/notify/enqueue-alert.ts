import type { Micros, Transaction } from "../kit/index.ts";
import type { AlertMessage, AlertSeverity, NotifyStore, Route } from "./port.ts";

/** Puts a message into the outbox of each channel that has a route for it, in the caller's transaction. `key` names what is told. */
export async function enqueueAlert(
  store: NotifyStore,
  tx: Transaction,
  { key, message, now }: { readonly key: string; readonly message: AlertMessage; readonly now: Micros },
): Promise<number> {
  const channels = (await store.channels(message.project)).filter(({ routes }) => routes.some((route) => takes(route, message)));
  const { project, incident } = message;
  const alerts = channels.map(({ id }) => ({ project, channel: id, incident, onceKey: `${key}:${id}`, message }));
  if (alerts.length > 0) await store.enqueue(tx, alerts, now);
  return alerts.length;
}

const RANK: Readonly<Record<AlertSeverity, number>> = { warning: 0, critical: 1 };

/** Whether a route is for alerts like this one. */
function takes({ team, severityMin }: Route, message: Pick<AlertMessage, "team" | "severity">): boolean {
  return (team === null || team === message.team) && RANK[message.severity] >= RANK[severityMin];
}
