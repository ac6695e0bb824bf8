import type { Micros } from "../kit/index.ts";

/** Whether something done at that time is due again. What was done "later than now" was done while the clock was ahead, and would wait for it. */
export function isDueAgain(doneAt: Micros, every: Micros, now: Micros): boolean {
  return doneAt > now || now - doneAt >= every;
}
