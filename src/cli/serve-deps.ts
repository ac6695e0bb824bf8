import type { Runtime } from "../runtime/index.ts";
import { createSnapshotCache, type ServeDeps, silentObserver, unobserved } from "../serve/index.ts";

/** What the serving verbs need, for one command: a snapshot read once. */
export function serveDepsOf(runtime: Runtime): ServeDeps {
  const { registry, clock } = runtime;
  return unobserved(runtime, createSnapshotCache({ registry, clock, observer: silentObserver }));
}
