import { setTimeout as sleep } from "node:timers/promises";
import { type Logger, toLarderError } from "../kit/index.ts";
import type { Leases } from "./port.ts";

export interface Periodic {
  /** Also the name of the lease. */
  readonly name: string;
  readonly everyMs: number;
  /** Given: only the process that holds the lease works. */
  readonly lease: { readonly leases: Leases; readonly holder: string } | null;
  readonly logger: Logger;
  /** Ends the loop; work that is under way gets it too. */
  readonly signal: AbortSignal;
}

/** A holder that dies keeps the others waiting for this many rounds. */
const ROUNDS_HELD = 3;

/** Does the work again and again until the signal aborts; work that fails is logged and tried again in the next round. Resolves when it has ended. */
export async function runPeriodically({ name, everyMs, lease, logger, signal }: Periodic, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const heldSeconds = (everyMs * ROUNDS_HELD) / 1_000;
  while (!signal.aborted) {
    try {
      if (lease === null || (await lease.leases.hold(name, lease.holder, heldSeconds))) await work(signal);
    } catch (error) {
      if (signal.aborted) break;
      const { code, message } = toLarderError(error);
      logger.warn({ work: name, code, error: error instanceof Error ? error.message : message }, "a round of background work failed; the next one tries again");
    }
    // Spread a little, so that processes started together do not ask together for ever.
    await sleep(everyMs * (0.9 + 0.2 * Math.random()), undefined, { signal }).catch(() => undefined);
  }
  await lease?.leases.release(name, lease.holder).catch(() => undefined);
}
