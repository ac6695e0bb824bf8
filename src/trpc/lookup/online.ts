import { coerceJson, type FeatureValue, fullFeatureName, type ValueType } from "../../domain/index.ts";
import { isLarderError, type Micros, parseJsonExact, parseTimestamp, stringifyJsonExact } from "../../kit/index.ts";
import type { SnapshotView } from "../../registry/index.ts";
import { getOnlineFeatures } from "../../serve/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { serveDepsOf } from "../serve-deps.ts";
import { joinKeysOf, keysInput, parseKeys, viewsOf } from "./entity-set.ts";

export type FeatureStatus = "PRESENT" | "NULL_VALUE" | "NOT_FOUND" | "OUTSIDE_MAX_AGE";

interface Answer {
  readonly metadata: { readonly feature_names: readonly string[]; readonly feature_view_metadata: readonly { name: string; version: number }[] };
  readonly results: readonly {
    readonly values: readonly unknown[];
    readonly statuses: readonly FeatureStatus[];
    readonly event_timestamps: readonly string[];
  }[];
}

/**
 * Every feature of some entity keys as serving answers now, view by view, and that answer itself. Views that the reader may not read are
 * named as such; views that are not served online come without cells.
 */
export const readOnline = projectProcedure.input(keysInput).query(async ({ ctx, input: { entities, keys } }) => {
  const deps = await serveDepsOf(ctx);
  const snapshot = await deps.snapshots.get(ctx.project.name);
  const joinKeys = joinKeysOf(snapshot, entities);
  const typed = parseKeys(joinKeys, keys);
  const { allowed, denied } = await readable(ctx, viewsOf(snapshot, entities));
  const features = allowed.filter(({ view }) => view.online).flatMap(({ view }) => view.features.map((feature) => `${view.name}:${feature.name}`));
  const columns = Object.fromEntries(joinKeys.map(({ name }, index) => [name, typed.map((key) => key[index] ?? null)]));
  const request = { features, entities: columns, full_feature_names: true };
  const read = { actor: ctx.actor, project: ctx.project.name, features, fullFeatureNames: true, entities: columns, namesVersions: true };
  const text = features.length === 0 ? null : (await getOnlineFeatures(deps, read)).toString();
  const answer = text === null ? null : (parseJsonExact(text) as Answer);
  return {
    at: ctx.runtime.clock.now(),
    joinKeys,
    denied,
    request: stringifyJsonExact(request),
    answer: text,
    views: allowed.map((found) => ({
      ...headOf(found),
      ...(answer === null ? { times: null } : timesOf(answer, found)),
      features: featuresOf(answer, found),
    })),
  };
});

async function readable(ctx: ProjectContext, views: readonly SnapshotView[]) {
  const allowed: SnapshotView[] = [];
  const denied: { readonly view: string; readonly reason: string }[] = [];
  for (const found of views) {
    try {
      await authorizeRead(ctx, "read_values", viewResource(found.view));
      allowed.push(found);
    } catch (error) {
      if (!isLarderError(error, "permission_denied")) throw error;
      denied.push({ view: found.view.name, reason: error.message });
    }
  }
  return { allowed, denied };
}

function headOf({ view, newest, ready }: SnapshotView) {
  return { view: view.name, online: view.online, ttlSeconds: view.ttlSeconds, served: ready?.versionNumber ?? null, newest: newest.versionNumber };
}

const NO_TIME = "1970-01-01T00:00:00Z";

/** Event times of the view's online rows, one per key; null where there is no row. All features of a row share it. */
function timesOf({ metadata, results }: Answer, { view }: SnapshotView): { readonly times: readonly (Micros | null)[] | null } {
  const first = view.features[0];
  const result = first === undefined || !view.online ? undefined : results[metadata.feature_names.indexOf(fullFeatureName(view.name, first.name))];
  if (result === undefined) return { times: null };
  const times = result.event_timestamps.map((text, index) => (result.statuses[index] === "NOT_FOUND" && text === NO_TIME ? null : parseTimestamp(text)));
  return { times };
}

function featuresOf(answer: Answer | null, { view }: SnapshotView) {
  return view.features.map(({ name, type, description }) => {
    const index = view.online && answer !== null ? answer.metadata.feature_names.indexOf(fullFeatureName(view.name, name)) : -1;
    const result = answer?.results[index];
    const cells = result?.values.map((value, row) => ({ value: typedValue(type, value), status: result.statuses[row] ?? "NOT_FOUND" }));
    return { name, type, description, cells: cells ?? null };
  });
}

function typedValue(type: ValueType, value: unknown): FeatureValue {
  const coerced = coerceJson(type, value);
  return coerced.ok ? coerced.value : String(value);
}
