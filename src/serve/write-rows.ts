import type { ViewVersion } from "../domain/index.ts";
import { isLarderError, LarderError, type Micros } from "../kit/index.ts";
import { packRows, rowSpace } from "../online/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../registry/index.ts";
import type { WriteObservation } from "./port.ts";
import type { ServeDeps } from "./serve-deps.ts";
import type { VersionRows } from "./transform-columns.ts";
import { type RowRejection, type TypedRows, type TypeRowsOptions, typeRows } from "./typed-rows.ts";

/** What became of pushed rows; `accepted` of them stand online, or a newer row of their key does. */
export interface WriteResult {
  readonly accepted: number;
  readonly rejected: readonly (RowRejection & { readonly view: string })[];
}

export interface RowsForView {
  readonly snapshot: RegistrySnapshot;
  readonly found: SnapshotView;
  /** The rows as a version takes them; asked for the newest, and for the one still served where that is another. */
  readonly rowsFor: (version: ViewVersion) => Promise<VersionRows>;
  readonly namedBy: TypeRowsOptions["namedBy"];
}

/** Rows checked and typed for every version of a view that takes them; nothing is written yet. */
export interface PreparedRows {
  readonly forView: RowsForView;
  readonly newest: TypedRows;
  /** null: no older version is served, or these rows are nothing for it. */
  readonly behind: { readonly version: ViewVersion; readonly typed: TypedRows } | null;
}

const NO_ROWS: TypedRows = { batch: { rowCount: 0, event: new BigInt64Array(0), created: new BigInt64Array(0), columns: new Map() }, rejected: [] };

/**
 * Types rows for the newest version and, while an older one is still served, for that one too. The newest decides what is accepted.
 * Throws failed_precondition when the view is not served online, invalid_argument as typeRows does.
 */
export async function prepareRows(forView: RowsForView, now: Micros, futureSkewSeconds: number): Promise<PreparedRows> {
  const { found, rowsFor, namedBy } = forView;
  if (!found.newest.online) {
    throw new LarderError("failed_precondition", `The feature view "${found.newest.view}" is not served online.`, {
      hint: "Set online: true in its definition.",
    });
  }
  const given = await rowsFor(found.newest);
  const options = { now, futureSkewSeconds, namedBy };
  const typed = given.rows === null ? NO_ROWS : typeRows(found.newest, given.rows, options);
  const newest = { ...typed, rejected: [...given.rejected, ...typed.rejected] };
  const version = versionBehind(found);
  if (version === null) return { forView, newest, behind: null };
  const without = (rows: VersionRows): ReadonlySet<number> => new Set(rows.rows === given.rows ? typed.rejected.map(({ row }) => row) : []);
  try {
    const rows = await rowsFor(version);
    const older = rows.rows === null ? NO_ROWS : typeRows(version, rows.rows, { ...options, lenient: { without: without(rows) } });
    return { forView, newest, behind: { version, typed: older } };
  } catch (error) {
    // Rows made for the newest version need not fit the older one, or its transform.
    if (isLarderError(error, "invalid_argument") || isLarderError(error, "invalid_definition")) return { forView, newest, behind: null };
    throw error;
  }
}

function versionBehind({ newest, ready }: SnapshotView): ViewVersion | null {
  return ready === null || ready.versionId === newest.versionId ? null : ready;
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
  const writtenBehind = versionBehind(forView.found) === null ? accepted : (behind?.typed.batch.rowCount ?? 0);
  const skippedBehind = Math.max(0, accepted - writtenBehind);
  deps.observer.wroteRows({ project: project.name, view: version.view, door, accepted, rejected: newest.rejected.length, skippedBehind });
  return { accepted, rejected: newest.rejected.map((rejection) => ({ ...rejection, view: version.view })) };
}
