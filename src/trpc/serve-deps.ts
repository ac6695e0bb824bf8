import { FUTURE_SKEW_SECONDS_DEFAULT } from "../domain/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { createSnapshotCache, noSampler, type ServeDeps, type SnapshotCache, silentObserver } from "../serve/index.ts";
import type { ProjectContext } from "./init.ts";

const caches = new WeakMap<Runtime, SnapshotCache>();

/** What the serving verbs need, over a snapshot of the project as it is now: read again only when the project's revisions moved. */
export async function serveDepsOf({ runtime, project }: ProjectContext): Promise<ServeDeps> {
  const { registry, clock, onlineStores, offline, authorizer } = runtime;
  const snapshots = caches.get(runtime) ?? createSnapshotCache({ registry, clock, observer: silentObserver });
  caches.set(runtime, snapshots);
  const known = snapshots.states().find((state) => state.project === project.name);
  if (known?.revision !== project.revision || known.servingRevision !== project.servingRevision) await snapshots.refresh(project.name);
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
