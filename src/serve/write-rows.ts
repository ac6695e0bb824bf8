import type { ViewVersion } from "../domain/index.ts";
import { LarderError, type Micros } from "../kit/index.ts";
import { packRows, rowSpace } from "../online/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../registry/index.ts";
import type { RequestColumns } from "./entity-columns.ts";
import type { WriteObservation } from "./port.ts";
import type { ServeDeps } from "./serve-deps.ts";
import { type RowRejection, type TypedRows, type TypeRowsOptions, typeRows } from "./typed-rows.ts";

/** What became of pushed rows; `accepted` of them stand online, or a newer row of their key does. */
export interface WriteResult {
  readonly accepted: number;
  readonly rejected: readonly (RowRejection & { readonly view: string })[];
}

export interface RowsForView {
  readonly snapshot: RegistrySnapshot;
  readonly found: SnapshotView;
  readonly rows: RequestColumns;
  readonly namedBy: TypeRowsOptions["namedBy"];
}

/** Rows checked and typed for every version of a view that takes them; nothing is written yet. */
export interface PreparedRows {
  readonly forView: RowsForView;
  readonly newest: TypedRows;
  readonly behind: { readonly version: ViewVersion; readonly typed: TypedRows } | null;
}

/**
 * Types rows for the newest version and, while an older one is still served, for that one too. The newest decides what is accepted.
 * Throws failed_precondition when the view is not served online, invalid_argument as typeRows does.
 */
export function prepareRows(forView: RowsForView, now: Micros, futureSkewSeconds: number): PreparedRows {
  const { found, rows, namedBy } = forView;
  const { newest, ready } = found;
  if (!newest.online) {
    throw new LarderError("failed_precondition", `The feature view "${newest.view}" is not served online.`, { hint: "Set online: true in its definition." });
  }
  const typed = typeRows(newest, rows, { now, futureSkewSeconds, namedBy });
  if (ready === null || ready.versionId === newest.versionId) return { forView, newest: typed, behind: null };
  const hasKeys = ready.joinKeys.every(({ name }) => Object.hasOwn(rows, name));
  if (!hasKeys) return { forView, newest: typed, behind: null };
  const without = new Set(typed.rejected.map(({ row }) => row));
  return { forView, newest: typed, behind: { version: ready, typed: typeRows(ready, rows, { now, futureSkewSeconds, namedBy, lenient: { without } }) } };
}

/** Writes what prepareRows accepted, newest wins, and tells the observer. */
export async function writePrepared(deps: ServeDeps, prepared: PreparedRows, door: WriteObservation["door"]): Promise<WriteResult> {
  const { forView, newest, behind } = prepared;
  const { project } = forView.snapshot;
  const store = deps.onlineStores.forProject(project);
  const version = forView.found.newest;
  const write = async (target: ViewVersion, { batch }: TypedRows): Promise<void> => {
    if (batch.rowCount > 0) await store.writeNewest(rowSpace(project, target), packRows(target, batch).batch);
  };
  await Promise.all([write(version, newest), behind === null ? null : write(behind.version, behind.typed)]);
  const accepted = newest.batch.rowCount;
  const wasServed = forView.found.ready !== null && forView.found.ready.versionId !== version.versionId;
  const writtenBehind = wasServed ? (behind?.typed.batch.rowCount ?? 0) : accepted;
  deps.observer.wroteRows({
    project: project.name,
    view: version.view,
    door,
    accepted,
    rejected: newest.rejected.length,
    skippedBehind: accepted - writtenBehind,
  });
  return { accepted, rejected: newest.rejected.map((rejection) => ({ ...rejection, view: version.view })) };
}
