import { type Authorizer, FUTURE_SKEW_SECONDS_DEFAULT } from "../domain/index.ts";
import type { Clock } from "../kit/index.ts";
import { type OnlineStoreFinder, type RowTransformer, type ServeObserver, silentObserver } from "./port.ts";
import { noSampler, type ServedSampler } from "./sampling/port.ts";
import type { SnapshotCache } from "./snapshot-cache.ts";

/** What every verb of serving takes. */
export interface ServeDeps {
  readonly snapshots: SnapshotCache;
  readonly onlineStores: OnlineStoreFinder;
  readonly transformer: RowTransformer;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly observer: ServeObserver;
  /** Keeps a share of the answers; doors that are no serving process have noSampler. */
  readonly sampler: ServedSampler;
  /** How far beyond now a pushed event time may lie. */
  readonly futureSkewSeconds: number;
}

/** For doors that are no serving process: nobody watches, and nothing is sampled. */
export function unobserved(
  { offline, onlineStores, authorizer, clock }: Pick<ServeDeps, "onlineStores" | "authorizer" | "clock"> & { readonly offline: RowTransformer },
  snapshots: SnapshotCache,
): ServeDeps {
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
