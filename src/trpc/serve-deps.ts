import type { Runtime } from "../runtime/index.ts";
import { createSnapshotCache, type ServeDeps, type SnapshotCache, silentObserver, unobserved } from "../serve/index.ts";
import type { ProjectContext } from "./init.ts";

const caches = new WeakMap<Runtime, SnapshotCache>();

/** What the serving verbs need, over a snapshot of the project as it is now: read again only when the project's revisions moved. */
export async function serveDepsOf({ runtime, project }: ProjectContext): Promise<ServeDeps> {
  const { registry, clock } = runtime;
  const snapshots = caches.get(runtime) ?? createSnapshotCache({ registry, clock, observer: silentObserver });
  caches.set(runtime, snapshots);
  const known = snapshots.states().find((state) => state.project === project.name);
  if (known?.revision !== project.revision || known.servingRevision !== project.servingRevision) await snapshots.refresh(project.name);
  return unobserved(runtime, snapshots);
}
