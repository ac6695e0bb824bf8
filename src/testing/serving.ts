import type { DataSource, Definition } from "../domain/index.ts";
import { type Clock, fixedClock, type Micros } from "../kit/index.ts";
import type { OnlineStore } from "../online/index.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import { createSnapshotCache, noSampler, type ServeDeps, silentObserver, type WriteObservation } from "../serve/index.ts";
import { anEntity, aPushSource, aSnapshot, aView, someFeatures } from "./builders.ts";

/** A clock that a test moves. */
export interface MovableClock extends Clock {
  at: Micros;
}

export interface ServingWorld {
  readonly deps: ServeDeps;
  readonly clock: MovableClock;
  /** What the observer was told. */
  readonly reads: Parameters<ServeDeps["observer"]["readRows"]>[0][];
  readonly writes: WriteObservation[];
  /** Views that the authorizer was asked about; those in `forbidden` it refuses. */
  readonly asked: string[];
  readonly forbidden: Map<string, Error>;
  /** Puts another snapshot in the registry; the next fresh look sees it. */
  apply(snapshot: RegistrySnapshot): void;
}

/** Serving over one snapshot and a store of the test's, without servers: what verbs and routes need. */
export function aServingWorld(store: OnlineStore, start: RegistrySnapshot, now: Micros): ServingWorld {
  let snapshot = start;
  const clock: MovableClock = { at: now, now: () => clock.at };
  const registry = {
    listProjects: async () => [snapshot.project],
    snapshot: async (name: string) => (name === snapshot.project.name ? snapshot : null),
    watch: async () => ({ stop: async () => {} }),
  };
  const world = { reads: [] as ServingWorld["reads"], writes: [] as WriteObservation[], asked: [] as string[], forbidden: new Map<string, Error>() };
  const deps: ServeDeps = {
    snapshots: createSnapshotCache({ registry, clock: fixedClock(now), observer: silentObserver }),
    onlineStores: { forProject: () => store },
    transformer: { transformRows: async (_view, rows) => rows },
    authorizer: {
      authorize: async ({ resource }) => {
        world.asked.push(resource.name);
        const refusal = world.forbidden.get(resource.name);
        if (refusal) throw refusal;
      },
    },
    clock,
    observer: { ...silentObserver, readRows: (read) => world.reads.push(read), wroteRows: (write) => world.writes.push(write) },
    sampler: noSampler,
    futureSkewSeconds: 300,
  };
  return {
    deps,
    clock,
    ...world,
    apply(next) {
      snapshot = next;
    },
  };
}

/** Definitions of a view that rows are pushed into: entity driver, push source driver_push, view driver_stats. */
function pushedDefinitions(types: Parameters<typeof someFeatures>[0], ttlSeconds: number | null = null): readonly Definition[] {
  const source: DataSource = aPushSource();
  return [anEntity(), source, aView({ source: source.name, type: "stream", ttlSeconds, features: someFeatures(types) })];
}

export function pushedSnapshot(types: Parameters<typeof someFeatures>[0], ttlSeconds: number | null = null): RegistrySnapshot {
  return aSnapshot(pushedDefinitions(types, ttlSeconds));
}
