import type { Actor } from "../domain/index.ts";
import { didYouMean, isLarderError, LarderError } from "../kit/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../registry/index.ts";
import type { RequestColumns } from "./entity-columns.ts";
import type { ServeDeps } from "./serve-deps.ts";
import { prepareRows, type WriteResult, writePrepared } from "./write-rows.ts";

export interface WriteToOnlineStoreInput {
  readonly actor: Actor;
  readonly project: string;
  readonly view: string;
  /** Column → values; columns go by the features' names. */
  readonly rows: RequestColumns;
  /** Looks at the registry first, instead of at the snapshot in memory. */
  readonly isFresh: boolean;
}

/**
 * Writes rows of one view as they are, without its transform. Good rows are written even when others are bad.
 * Throws not_found for an unknown view, invalid_argument for rows that are wrong as a whole. Data, not an act on the registry:
 * it leaves no audit row.
 */
export async function writeToOnlineStore(deps: ServeDeps, input: WriteToOnlineStoreInput): Promise<WriteResult> {
  const snapshot = await snapshotFor(deps, input);
  const found = snapshot.views.get(input.view);
  if (found === undefined) {
    throw new LarderError("not_found", `There is no feature view "${input.view}" in project ${input.project}.`, {
      hint: didYouMean(input.view, snapshot.views.keys(), "Define it in the feature repo and run `larder apply`."),
    });
  }
  await authorizeWrite(deps, input.actor, snapshot, found);
  const asTheyAre = { rows: input.rows, rejected: [] };
  const forView = { snapshot, found, rowsFor: async () => asTheyAre, namedBy: "feature" } as const;
  const prepared = await prepareRows(forView, deps.clock.now(), deps.futureSkewSeconds);
  return writePrepared(deps, prepared, "write");
}

/** The registry as it is now where the caller asked for that and it answers; else the snapshot in memory. */
export async function snapshotFor(deps: ServeDeps, { project, isFresh }: { readonly project: string; readonly isFresh: boolean }): Promise<RegistrySnapshot> {
  if (!isFresh) return deps.snapshots.get(project);
  try {
    return await deps.snapshots.refresh(project);
  } catch (error) {
    if (!isLarderError(error, "unavailable")) throw error;
    return deps.snapshots.get(project);
  }
}

export function authorizeWrite(deps: ServeDeps, actor: Actor, snapshot: RegistrySnapshot, { view }: SnapshotView): Promise<void> {
  return deps.authorizer.authorize({
    actor,
    action: "write_values",
    resource: { project: snapshot.project.name, kind: "feature_view", name: view.name, team: view.team },
  });
}
