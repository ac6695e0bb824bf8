import { FUTURE_SKEW_SECONDS_DEFAULT } from "../domain/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { createSnapshotCache, noSampler, type ServeDeps, silentObserver } from "../serve/index.ts";

/** What the serving verbs need, for one command: a snapshot read once and nobody watching. */
export function serveDepsOf({ registry, clock, onlineStores, offline, authorizer }: Runtime): ServeDeps {
  const snapshots = createSnapshotCache({ registry, clock, observer: silentObserver });
  return {
    snapshots,
    onlineStores,
    transformer: offline,
    authorizer,
    clock,
    observer: silentObserver,
    sampler: noSampler,
    futureSkewSeconds: FUTURE_SKEW_SECONDS_DEFAULT,
  };
}
