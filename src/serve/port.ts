import type { ViewVersion } from "../domain/index.ts";
import type { OnlineStore } from "../online/index.ts";
import type { Project } from "../registry/index.ts";

/*
 * Words. A *plan* is what a list of features means in one registry snapshot: which views to read, by which request columns.
 * An *echo* is a join key's column as the answer repeats it, before the features. A version is *behind* when it is served
 * but no longer the newest: pushes go to both.
 */

/** Told what serving does, for metrics; it must be quick and must not throw. */
export interface ServeObserver {
  /** Rows of one view that one request asked for, by what became of them. */
  readRows(read: { readonly project: string; readonly view: string; readonly present: number; readonly notFound: number; readonly expired: number }): void;
  /** Rows that one request offered to one view; `skippedBehind` of the accepted did not fit the version that is still served. */
  wroteRows(write: WriteObservation): void;
  /** A registry snapshot could not be refreshed; the one in memory goes on serving. */
  refreshFailed(error: unknown): void;
}

export interface WriteObservation {
  readonly project: string;
  readonly view: string;
  readonly door: "push" | "write";
  readonly accepted: number;
  readonly rejected: number;
  readonly skippedBehind: number;
}

export const silentObserver: ServeObserver = { readRows() {}, wroteRows() {}, refreshFailed() {} };

/** Applies a view's transform to pushed rows; the offline engine does. */
export interface RowTransformer {
  /**
   * Rows come and go as columns by name, JSON values. Throws invalid_argument for rows that do not fit the source's types, naming each in
   * `details.rejected` as {row, field, reason}.
   */
  transformRows(view: ViewVersion, rows: readonly Readonly<Record<string, unknown>>[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** Gives the online store that a project's settings name. */
export interface OnlineStoreFinder {
  forProject(project: Project): OnlineStore;
}
