import { createHash } from "node:crypto";
import { type BatchSource, batchSourceOf } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { JoinView, OfflineStore } from "../offline/index.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import type { DrawnRows, SourceState } from "./port.ts";

/** What a source is now. */
export async function sourceState(offline: Pick<OfflineStore, "fingerprint">, source: BatchSource): Promise<SourceState> {
  const files = Object.entries(await offline.fingerprint({ view: source.name, batchSource: source })).sort(([a], [b]) => (a < b ? -1 : 1));
  const newest = Math.max(...files.map(([, { modifiedMs }]) => modifiedMs));
  return {
    source: source.name,
    files: files.length,
    bytes: files.reduce((sum, [, { size }]) => sum + size, 0),
    modified: files.length === 0 ? null : new Date(newest).toISOString(),
    digest: createHash("sha256").update(JSON.stringify(files)).digest("hex"),
  };
}

/** The state of the source behind each join, in their order; a source that several views read is looked at once. */
export async function joinStates(offline: Pick<OfflineStore, "fingerprint">, joins: readonly JoinView[]): Promise<readonly SourceState[]> {
  const bySource = new Map<string, Promise<SourceState>>();
  return Promise.all(
    joins.map(({ view }) => {
      if (view.batchSource === null) throw new LarderError("failed_precondition", `The view "${view.view}" has no batch source to read history from.`);
      const state = bySource.get(view.batchSource.name) ?? sourceState(offline, view.batchSource);
      bySource.set(view.batchSource.name, state);
      return state;
    }),
  );
}

/** The source that entity rows are drawn from. Throws not_found, failed_precondition. */
export function drawnSource(snapshot: RegistrySnapshot, { source: name }: Pick<DrawnRows, "source">): BatchSource {
  const source = snapshot.sources.get(name);
  if (source === undefined) {
    throw new LarderError("not_found", `There is no data source "${name}" in project ${snapshot.project.name}.`, {
      hint: `There are ${[...snapshot.sources.keys()].join(", ")}.`,
    });
  }
  const batch = batchSourceOf(source);
  if (batch === null) throw new LarderError("failed_precondition", `The data source "${name}" has no history to draw entity rows from.`);
  return batch;
}
