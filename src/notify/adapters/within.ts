import { setTimeout as sleep } from "node:timers/promises";

/** The work's outcome, or a rejection after so long; the work itself goes on. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const over = new AbortController();
  const late = sleep(ms, undefined, { signal: over.signal }).then(() => Promise.reject(new Error(`not done after ${ms} ms`)));
  return Promise.race([work, late]).finally(() => over.abort());
}
