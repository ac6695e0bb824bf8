import type { Actor, ViewVersion } from "../domain/index.ts";
import { didYouMean, LarderError } from "../kit/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../registry/index.ts";
import type { RequestColumns } from "./entity-columns.ts";
import type { ServeDeps } from "./serve-deps.ts";
import { transformColumns, type VersionRows } from "./transform-columns.ts";
import { type PreparedRows, prepareRows, type WriteResult, writePrepared } from "./write-rows.ts";
import { authorizeWrite, snapshotFor } from "./write-to-online-store.ts";

export type PushTarget = "online" | "offline" | "online_and_offline";

export interface PushRowsInput {
  readonly actor: Actor;
  readonly project: string;
  readonly pushSource: string;
  /** Column → values; columns go by the source's names. */
  readonly rows: RequestColumns;
  readonly to: PushTarget;
  /** Looks at the registry first, instead of at the snapshot in memory. */
  readonly isFresh: boolean;
  /** Applies the transform of each view that has one. */
  readonly isTransformed: boolean;
}

/**
 * Pushes rows into every online view of a push source. Rows are checked for all views before the first is written; good rows are
 * written even when others are bad, and `accepted` counts those of the view that took most.
 * Throws not_found for an unknown source, not_built for the offline store, invalid_argument for rows that are wrong as a whole.
 * Data, not an act on the registry: it leaves no audit row.
 */
export async function pushRows(deps: ServeDeps, input: PushRowsInput): Promise<WriteResult> {
  if (input.to !== "online") {
    throw new LarderError("not_built", `Pushing to the offline store is not built yet: "${input.to}" is not available.`, { hint: 'Push with to: "online".' });
  }
  const snapshot = await snapshotFor(deps, input);
  const views = pushViews(snapshot, input.pushSource);
  for (const view of views) await authorizeWrite(deps, input.actor, snapshot, view);
  const now = deps.clock.now();
  const prepared: PreparedRows[] = [];
  for (const found of views) {
    const forView = { snapshot, found, rowsFor: rowsByTransform(deps, input), namedBy: "source" } as const;
    prepared.push(await prepareRows(forView, now, deps.futureSkewSeconds));
  }
  const results = await Promise.all(prepared.map((rows) => writePrepared(deps, rows, "push")));
  return { accepted: Math.max(...results.map(({ accepted }) => accepted)), rejected: results.flatMap(({ rejected }) => rejected) };
}

/** The rows through a version's own transform; versions that share one get the very same rows. */
function rowsByTransform({ transformer }: ServeDeps, { rows, isTransformed }: PushRowsInput): (version: ViewVersion) => Promise<VersionRows> {
  const asTheyAre = Promise.resolve({ rows, rejected: [] });
  const made = new Map<string, Promise<VersionRows>>();
  return (version) => {
    if (!isTransformed || version.transform === null) return asTheyAre;
    const known = made.get(version.transform) ?? transformColumns(transformer, version, rows);
    made.set(version.transform, known);
    return known;
  };
}

/** The online views of a push source. Throws not_found, invalid_argument, failed_precondition where there are none. */
export function pushViews(snapshot: RegistrySnapshot, name: string): readonly SnapshotView[] {
  const source = snapshot.sources.get(name);
  const pushSources = [...snapshot.sources.values()].filter(({ type }) => type === "push").map((push) => push.name);
  const otherwise = pushSources.length === 0 ? "The project has no push source." : `The push sources are ${pushSources.slice(0, 20).join(", ")}.`;
  if (source === undefined) {
    throw new LarderError("not_found", `There is no push source "${name}" in project ${snapshot.project.name}.`, {
      hint: didYouMean(name, pushSources, otherwise),
    });
  }
  if (source.type !== "push") {
    throw new LarderError("invalid_argument", `"${name}" is a ${source.type} source, not a push source.`, {
      hint: "Write to one of its views by write-to-online-store instead.",
    });
  }
  const views = [...snapshot.views.values()].filter(({ view }) => view.source === name && view.online);
  if (views.length > 0) return views;
  throw new LarderError("failed_precondition", `No feature view that is served online reads the push source "${name}".`, {
    hint: "Define a stream feature view over it and run `larder apply`.",
  });
}
