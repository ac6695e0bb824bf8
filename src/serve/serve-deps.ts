import type { Authorizer } from "../domain/index.ts";
import type { Clock } from "../kit/index.ts";
import type { OnlineStoreFinder, RowTransformer, ServeObserver } from "./port.ts";
import type { ServedSampler } from "./sampling/port.ts";
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
