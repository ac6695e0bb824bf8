import { setTimeout as sleep } from "node:timers/promises";
import { type Logger, loggedError } from "../kit/index.ts";
import type { Leases } from "./port.ts";

export interface Periodic {
  /** Also the name of the lease. */
  readonly name: string;
  readonly everyMs: number;
  /** Given: only the process that holds the lease works. */
  readonly lease: Lease | null;
  readonly logger: Logger;
  /** Ends the loop; work that is under way gets it too. */
  readonly signal: AbortSignal;
}

interface Lease {
  readonly leases: Leases;
  readonly holder: string;
}

/** A holder that dies keeps the others waiting for this many rounds; one that lives renews the lease every round, however long its work takes. */
const ROUNDS_HELD = 3;

/**
 * Does the work again and again until the signal aborts; work that fails is logged and tried again in the next round. The work's signal also
 * aborts when its lease was lost, since another process does it then. Resolves when it has ended.
 */
export async function runPeriodically(periodic: Periodic, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const { name, everyMs, lease, logger, signal } = periodic;
  while (!signal.aborted) {
    try {
      if (lease === null) await work(signal);
      else await workHolding(periodic, lease, work);
    } catch (error) {
      if (signal.aborted) break;
      logger.warn({ work: name, ...loggedError(error) }, "a round of background work failed; the next one tries again");
    }
    // Spread a little, so that processes started together do not ask together for ever.
    await sleep(everyMs * (0.9 + 0.2 * Math.random()), undefined, { signal }).catch(() => undefined);
  }
  await lease?.leases.release(name, lease.holder).catch(() => undefined);
}

/** One round, where the lease can be had. */
async function workHolding({ name, everyMs, signal }: Periodic, { leases, holder }: Lease, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const heldMs = everyMs * ROUNDS_HELD;
  const hold = () => leases.hold(name, holder, heldMs / 1_000);
  let askedAt = performance.now();
  if (!(await hold())) return;
  let heldUntil = askedAt + heldMs;
  const ended = new AbortController();
  const lost = new AbortController();
  const renewing = (async () => {
    for (;;) {
      await sleep(everyMs, undefined, { signal: ended.signal });
      askedAt = performance.now();
      const held = await hold().catch(() => null); // null: the database is away, which leaves the lease until its time is over
      if (held) heldUntil = askedAt + heldMs;
      else if (held === false || performance.now() >= heldUntil) return lost.abort(new Error(`The lease ${name} went to another process.`));
    }
  })();
  try {
    await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    ended.abort();
    await renewing.catch(() => undefined); // no renewal may follow the release
  }
}
