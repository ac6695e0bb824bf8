import type { Authorizer } from "../domain/index.ts";
import type { Clock } from "../kit/index.ts";
import type { OnlineStoreFinder, RowTransformer, ServeObserver } from "./port.ts";
import type { SnapshotCache } from "./snapshot-cache.ts";

/** What every verb of serving takes. */
export interface ServeDeps {
  readonly snapshots: SnapshotCache;
  readonly onlineStores: OnlineStoreFinder;
  readonly transformer: RowTransformer;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly observer: ServeObserver;
  /** How far beyond now a pushed event time may lie. */
  readonly futureSkewSeconds: number;
}
