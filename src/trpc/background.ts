import { startWatch } from "../monitor/index.ts";
import type { Runtime } from "../runtime/index.ts";

/** What the console does without being asked: it watches, so that a silent worker is noticed too. Ends with the signal. */
export function startBackground(runtime: Runtime, signal: AbortSignal): Promise<void> {
  return startWatch(runtime, signal);
}
