import { setTimeout as sleepMs } from "node:timers/promises";
import { type Logger, retryWhileUnavailable, toLarderError } from "../kit/index.ts";
import type { Attempt, RunLog } from "./port.ts";

/** Calls that outlast a server's restart: they wait, say in the run what they wait for, and go on. */
export interface Patience {
  /** A call to the online store, or anything else that PostgreSQL can be told about meanwhile. */
  store<T>(work: () => Promise<T>): Promise<T>;
  /** A call to PostgreSQL: while it is away only the log can be told. */
  database<T>(work: () => Promise<T>): Promise<T>;
  /** Whether the store was away since this was last asked. */
  storeWasAway(): boolean;
}

export interface PatienceOptions {
  readonly runLog: RunLog;
  readonly attempt: Attempt;
  readonly storeType: string;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
  await sleepMs(ms, undefined, { signal });
};

export function patience({ runLog, attempt, storeType, signal, logger }: PatienceOptions): Patience {
  let wasAway = false;

  async function database<T>(work: () => Promise<T>): Promise<T> {
    let since: number | null = null;
    const onWait = (error: unknown) => {
      if (since !== null) return;
      since = performance.now();
      logger.warn({ run: attempt.run, error: toLarderError(error).message }, "waiting for PostgreSQL");
    };
    const result = await retryWhileUnavailable(work, { signal, sleep, onWait });
    if (since !== null) await tellAway(performance.now() - since);
    return result;
  }

  /** Afterwards, because only PostgreSQL keeps the run's log; a run that has ended has none any more. */
  async function tellAway(ms: number): Promise<void> {
    const message = `PostgreSQL was away for ${(ms / 1000).toFixed(1)} s: the run waited for it.`;
    await runLog.log(attempt, "warn", message).catch((error: unknown) => logger.warn({ run: attempt.run, error: toLarderError(error).message }, message));
  }

  return {
    database,
    async store(work) {
      let waits = 0;
      const onWait = async (error: unknown) => {
        waits += 1;
        wasAway = true;
        if (waits > 1) return;
        logger.warn({ run: attempt.run, error: toLarderError(error).message }, `waiting for ${storeType}`);
        await database(() => runLog.waiting(attempt, storeType));
      };
      const result = await retryWhileUnavailable(work, { signal, sleep, onWait });
      if (waits > 0) await database(() => runLog.waiting(attempt, null));
      return result;
    },
    storeWasAway() {
      const answer = wasAway;
      wasAway = false;
      return answer;
    },
  };
}
