import type { Actor, AuditLog, Authorizer } from "../domain/index.ts";
import type { Clock, Logger, Micros, Page, PageRequest, Transaction, Transactor } from "../kit/index.ts";

/*
 * Words. A *channel* is where alerts go: a webhook, a Slack-compatible address, an e-mail account. A *route* says which alerts a channel
 * gets. The *outbox* holds alerts from the transaction of what they tell until they were sent; each has a key of its own, so that the
 * same thing is never put there twice. An alert:
 *
 *   waiting ──▶ taken by one process for 30 s ──▶ sent
 *     ▲ ▲              │        └─────────────▶ failed ──▶ (retry) waiting
 *     │ └── retry later ┘  refused for now
 *     └──── 30 s later ──  the process died
 *
 * None is lost, and no two processes send one at a time. A process that dies between the receiver's answer and the note of it makes
 * another send it again: receivers get the alert's key with every try (`Larder-Delivery`, Message-ID) to know the second by.
 */

export type ChannelType = ChannelSettings["type"];

/** As an administrator wrote it; texts may hold `${VAR}` of the server's environment, which is the place for secrets. */
export type ChannelSettings =
  | { readonly type: "webhook"; readonly url: string; readonly secret: string }
  | { readonly type: "slack"; readonly url: string }
  | {
      readonly type: "email";
      readonly host: string;
      readonly port: number;
      /** TLS from the first byte; else STARTTLS where the server offers it. */
      readonly secure: boolean;
      readonly user: string | null;
      readonly password: string | null;
      readonly from: string;
      readonly to: readonly string[];
    };

export const ALERT_SEVERITIES = ["warning", "critical"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export interface Route {
  /** Owner team of what is wrong; null: any, also none. */
  readonly team: string | null;
  readonly severityMin: AlertSeverity;
}

export interface Channel {
  readonly id: number;
  readonly project: string;
  readonly name: string;
  readonly settings: ChannelSettings;
  readonly routes: readonly Route[];
  readonly updatedAt: Date;
}

export interface AlertMessage {
  readonly event: "opened" | "closed" | "test";
  readonly project: string;
  readonly incident: number | null;
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly text: string;
  readonly subject: string; // "feature_view:driver_stats"
  readonly check: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly at: string; // ISO 8601
  readonly url: string;
}

export interface NewAlert {
  readonly project: string;
  readonly channel: number;
  readonly incident: number | null;
  readonly onceKey: string;
  readonly message: AlertMessage;
  /** Not to be sent before; left out: at once. */
  readonly dueAt?: Micros | undefined;
}

/** An alert that was taken to be sent, by this process, for a while. */
export interface TakenAlert {
  readonly id: bigint;
  readonly onceKey: string;
  readonly message: AlertMessage;
  readonly settings: ChannelSettings;
  /** This one included. */
  readonly attempts: number;
}

export const ALERT_STATES = ["waiting", "sent", "failed"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export interface AlertFilter extends PageRequest {
  readonly project: string;
  /** null: all. */
  readonly state: AlertState | null;
}

export interface SentAlert {
  readonly id: string;
  readonly channel: string;
  readonly event: AlertMessage["event"];
  readonly incident: number | null;
  readonly title: string;
  readonly state: AlertState;
  readonly attempts: number;
  readonly error: string | null;
  /** Of one that waits: when it is tried next. */
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

export interface NotifyStore {
  channels(project: string): Promise<readonly Channel[]>;
  /** `id` null: a new one. Throws already_exists for a name that is taken, not_found for an id that is gone. */
  saveChannel(tx: Transaction, channel: Omit<Channel, "id" | "updatedAt"> & { readonly id: number | null }, now: Micros): Promise<Channel>;
  removeChannel(tx: Transaction, project: string, id: number): Promise<void>;
  /** Told once per key: the second alert of one key is not written. */
  enqueue(tx: Transaction, alerts: readonly NewAlert[], now: Micros): Promise<void>;
  /** Alerts that nobody tried to send yet, whose keys begin so: due then; null: they are never sent. */
  defer(tx: Transaction, keysFrom: string, dueAt: Micros | null): Promise<void>;
  /** Those of these keys that alerts in the outbox have, whatever became of them. */
  known(tx: Transaction, onceKeys: readonly string[]): Promise<readonly string[]>;
  /**
   * Takes alerts that are due, of each channel the longest due first, the channels in turn; another process may take them once `untilMicros` has passed.
   * A channel gets what concerns one incident in the order in which it happened: what is still to be sent keeps the rest waiting.
   */
  take(now: Micros, untilMicros: Micros, limit: number): Promise<readonly TakenAlert[]>;
  markSent(id: bigint, now: Micros): Promise<void>;
  /** `retryAt` null: it is given up. No change when another process took the alert meanwhile, or it was sent. */
  markFailed(alert: Pick<TakenAlert, "id" | "attempts">, error: string, retryAt: Micros | null): Promise<void>;
  /** A failed one waits again, due now, with all its tries before it. Its title; null when there is no such failed alert. */
  retry(tx: Transaction, project: string, id: bigint, now: Micros): Promise<string | null>;
  /** Alerts of a project, the newest first. */
  alerts(filter: AlertFilter): Promise<Page<SentAlert>>;
}

/** Sends one message. Rejects when it did not arrive; `retryable` on a LarderError says whether another try may help. */
export interface AlertSender {
  send(settings: ChannelSettings, alert: { readonly onceKey: string; readonly message: AlertMessage }): Promise<void>;
}

export interface ChannelDeps {
  readonly notifyStore: NotifyStore;
  readonly alertSender: AlertSender;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ChannelInput {
  readonly actor: Actor;
  readonly project: string;
}
