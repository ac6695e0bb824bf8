import type { Actor, Authorizer } from "../domain/index.ts";
import type { JoinRequest, JoinResult, OfflineStore, RowFile } from "../offline/index.ts";
import { openProject, type Registry, resolveFeatures } from "../registry/index.ts";
import { authorizeValues, joinViews } from "./join-views.ts";

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
  await authorizeValues(
    deps.authorizer,
    input,
    snapshot,
    columns.map(({ viewName }) => viewName),
  );
  const { entityRows, eventTimestampColumn = "event_timestamp", knownAtDelaySeconds, out } = input;
  const outputs = columns.map(({ output }) => output);
  return deps.offline.join({ entityRows, eventTimestampColumn, views: joinViews(columns), outputs, knownAtDelaySeconds, out }, input.signal);
}
