import type { Actor, Authorizer, ViewVersion } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { JoinRequest, JoinResult, JoinView, OfflineStore, RowFile } from "../offline/index.ts";
import { openProject, type Registry, type RegistrySnapshot, type ResolvedFeature, resolveFeatures } from "../registry/index.ts";

export interface GetHistoricalFeaturesDeps {
  readonly registry: Pick<Registry, "snapshot" | "listProjects">;
  readonly offline: Pick<OfflineStore, "join">;
  readonly authorizer: Authorizer;
}

export interface GetHistoricalFeaturesInput {
  readonly actor: Actor;
  readonly project: string;
  /** As view:feature; or else a service. */
  readonly features?: readonly string[];
  readonly service?: string;
  readonly entityRows: RowFile;
  /** The entity rows' column that says when; `event_timestamp` unless given. */
  readonly eventTimestampColumn?: string;
  readonly fullFeatureNames: boolean;
  /** With it, rows created later than the entity row's time less this delay do not exist yet. */
  readonly knownAtDelaySeconds: number | null;
  readonly out: JoinRequest["out"];
  readonly signal?: AbortSignal;
}

/**
 * Joins features to entity rows as they were at each row's time, from the newest version of each view, into a file.
 * Throws permission_denied, not_found for unknown names and files, invalid_argument for entity rows that do not fit.
 * Reads only: it leaves no audit row.
 */
export async function getHistoricalFeatures(deps: GetHistoricalFeaturesDeps, input: GetHistoricalFeaturesInput): Promise<JoinResult> {
  const snapshot = await openProject(deps.registry, input.project);
  const { columns } = resolveFeatures(snapshot, input, "newest");
  await authorizeViews(deps.authorizer, input, snapshot, columns);
  const { entityRows, eventTimestampColumn = "event_timestamp", knownAtDelaySeconds, out } = input;
  const outputs = columns.map(({ output }) => output);
  return deps.offline.join({ entityRows, eventTimestampColumn, views: joinViews(columns), outputs, knownAtDelaySeconds, out }, input.signal);
}

async function authorizeViews(
  authorizer: Authorizer,
  { actor, project }: GetHistoricalFeaturesInput,
  snapshot: RegistrySnapshot,
  columns: readonly ResolvedFeature[],
): Promise<void> {
  for (const name of new Set(columns.map(({ viewName }) => viewName))) {
    const team = snapshot.views.get(name)?.view.team ?? null;
    await authorizer.authorize({ actor, action: "read_values", resource: { project, kind: "feature_view", name, team } });
  }
}

/** One join per view and role, with all of its features. */
function joinViews(columns: readonly ResolvedFeature[]): readonly JoinView[] {
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
