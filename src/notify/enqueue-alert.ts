import type { Micros, Transaction } from "../kit/index.ts";
import type { AlertMessage, AlertSeverity, NotifyStore, Route } from "./port.ts";

interface Telling {
  /** Names what is told. */
  readonly key: string;
  readonly message: AlertMessage;
  readonly now: Micros;
  /** Keys of what was told before: it goes to the channels that got one of these, instead of those that have a route for it. */
  readonly after?: readonly string[];
  /** Not to be sent before; left out: at once. */
  readonly dueAt?: Micros | undefined;
}

/** Puts a message into the outbox of each channel that has a route for it, in the caller's transaction. */
export async function enqueueAlert(store: NotifyStore, tx: Transaction, { key, message, now, after, dueAt }: Telling): Promise<number> {
  const all = await store.channels(message.project);
  const before =
    after === undefined
      ? null
      : new Set(
          await store.known(
            tx,
            after.flatMap((told) => all.map(({ id }) => onceKeyOf(told, id))),
          ),
        );
  const channels = all.filter(({ id, routes }) =>
    before === null ? routes.some((route) => takes(route, message)) : after?.some((told) => before.has(onceKeyOf(told, id))),
  );
  const { project, incident } = message;
  const alerts = channels.map(({ id }) => ({ project, channel: id, incident, onceKey: onceKeyOf(key, id), message, dueAt }));
  if (alerts.length > 0) await store.enqueue(tx, alerts, now);
  return alerts.length;
}

function onceKeyOf(key: string, channel: number): string {
  return `${key}:${channel}`;
}

const RANK: Readonly<Record<AlertSeverity, number>> = { warning: 0, critical: 1 };

/** Whether a route is for alerts like this one. */
function takes({ team, severityMin }: Route, message: Pick<AlertMessage, "team" | "severity">): boolean {
  return (team === null || team === message.team) && RANK[message.severity] >= RANK[severityMin];
}
