import type { Actor, Authorizer, ViewVersion } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { JoinView } from "../offline/index.ts";
import type { Registry, RegistrySnapshot, ResolvedFeature } from "../registry/index.ts";
import type { PinnedView } from "./port.ts";

/** One join per view and role, with all of its features. */
export function joinViews(columns: readonly ResolvedFeature[]): readonly JoinView[] {
  const joins = new Map<string, { view: ViewVersion; joinKeyMap: JoinView["joinKeyMap"]; features: { feature: string; output: string }[] }>();
  for (const { view, viewName, joinKeyMap, feature, output } of columns) {
    if (view === null) throw new LarderError("failed_precondition", `The feature view "${viewName}" has no version to read.`);
    const role = JSON.stringify([view.versionId, ...Object.entries(joinKeyMap).sort()]);
    const join = joins.get(role) ?? { view, joinKeyMap, features: [] };
    join.features.push({ feature, output });
    joins.set(role, join);
  }
  return [...joins.values()];
}

/** Asks whether the actor may read values of each of these views. Throws permission_denied. */
export async function authorizeValues(
  authorizer: Authorizer,
  { actor, project }: { readonly actor: Actor; readonly project: string },
  snapshot: RegistrySnapshot,
  views: Iterable<string>,
): Promise<void> {
  for (const name of new Set(views)) {
    const team = snapshot.views.get(name)?.view.team ?? null;
    await authorizer.authorize({ actor, action: "read_values", resource: { project, kind: "feature_view", name, team } });
  }
}

/** The pinned versions with what their sources are now. Throws failed_precondition when a view has no source to read any more. */
export async function pinnedJoins(registry: Pick<Registry, "versions">, project: string, pins: readonly PinnedView[]): Promise<readonly JoinView[]> {
  const joins: JoinView[] = [];
  for (const { view, versionId, version, ttlSeconds, joinKeyMap, features } of pins) {
    const record = (await registry.versions(project, view)).find((one) => one.version.versionId === versionId);
    if (!record?.version.batchSource) {
      throw new LarderError(
        "failed_precondition",
        `Version ${version} of the view "${view}" cannot be read any more: the view was removed or has no batch source.`,
        {
          hint: "Make a new training set without it.",
        },
      );
    }
    joins.push({ view: { ...record.version, ttlSeconds }, joinKeyMap, features });
  }
  return joins;
}
