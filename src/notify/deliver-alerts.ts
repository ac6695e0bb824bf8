import { type Micros, toLarderError } from "../kit/index.ts";
import type { ChannelDeps, TakenAlert } from "./port.ts";

const AT_ONCE = 20;
const ATTEMPTS_MAX = 12;
/** A process that dies while it sends keeps an alert from the others for this long; sending one takes less (adapters/sender.ts). */
const TAKEN_MICROS = 30_000_000n;
/** Rounds of one call: what is left after a storm follows in the next. */
const ROUNDS_MAX = 10;
/** No round begins later: whoever judges and sends in turn would else stand still behind receivers that take their time. */
const SENDING_MICROS = 10_000_000n;
const [FIRST_WAIT_SECONDS, WAIT_SECONDS_MAX] = [5, 900];

/** Sends what is due in the outbox. A receiver that is away is tried again for about an hour, each wait longer; then it is said to have failed. */
export async function deliverAlerts(deps: Pick<ChannelDeps, "notifyStore" | "alertSender" | "clock" | "logger">): Promise<number> {
  let sent = 0;
  const end = deps.clock.now() + SENDING_MICROS;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const now = deps.clock.now();
    const taken = await deps.notifyStore.take(now, now + TAKEN_MICROS, AT_ONCE);
    const outcomes = await Promise.all(taken.map((alert) => deliver(deps, alert)));
    sent += outcomes.filter(Boolean).length;
    // A receiver that is away must hold up neither the tick for every round nor the alerts of the others.
    if (outcomes.length < AT_ONCE || !outcomes.some(Boolean) || deps.clock.now() >= end) break;
  }
  return sent;
}

async function deliver({ notifyStore, alertSender, clock, logger }: Parameters<typeof deliverAlerts>[0], alert: TakenAlert): Promise<boolean> {
  try {
    await alertSender.send(alert.settings, alert);
  } catch (error) {
    const { message, retryable } = toLarderError(error);
    const retryAt = retryable && alert.attempts < ATTEMPTS_MAX ? clock.now() + waitAfter(alert.attempts) : null;
    logger.warn({ alert: alert.onceKey, attempt: alert.attempts, gaveUp: retryAt === null }, `an alert was not delivered: ${message}`);
    await notifyStore.markFailed(alert, message, retryAt);
    return false;
  }
  await notifyStore.markSent(alert.id, clock.now());
  return true;
}

function waitAfter(attempts: number): Micros {
  return BigInt(Math.min(WAIT_SECONDS_MAX, FIRST_WAIT_SECONDS * 2 ** (attempts - 1))) * 1_000_000n;
}
