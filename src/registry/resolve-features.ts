import { type FeatureService, fullFeatureName, parseFeatureRef, type ViewVersion } from "../domain/index.ts";
import { didYouMean, LarderError } from "../kit/index.ts";
import type { RegistrySnapshot, SnapshotView } from "./port.ts";

/** Either `features` (as `view:feature`) or the name of a `service`. */
export interface FeatureRequest {
  readonly features?: readonly string[];
  readonly service?: string;
  /** Outputs are called `view__feature` (or `alias__feature`), so that names of several views cannot meet. */
  readonly fullFeatureNames: boolean;
}

export interface ResolvedFeature {
  /** Its name in the answer. */
  readonly output: string;
  readonly feature: string;
  readonly viewName: string;
  /** The version to read; null: known, but nothing is ready to be read yet. */
  readonly view: ViewVersion | null;
  /** Join key → its name in the request, where they differ. */
  readonly joinKeyMap: Readonly<Record<string, string>>;
}

export interface ResolvedFeatures {
  readonly columns: readonly ResolvedFeature[];
}

/**
 * The columns that a request asks for, in its order. `newest` picks the newest version of each view (for history; a repeated feature is one
 * column), `ready` the one that is served online (a repeated feature is answered twice): there, a feature that only the newest version has is
 * known but has no view yet, and one that the newest version dropped is served until that version is ready.
 * Throws not_found for an unknown view, feature or service, invalid_argument for two features of one output name.
 */
export function resolveFeatures(snapshot: RegistrySnapshot, request: FeatureRequest, pick: "newest" | "ready"): ResolvedFeatures {
  const { features, service } = request;
  if ((features === undefined) === (service === undefined)) {
    throw new LarderError("invalid_argument", "Ask for features or for a feature service: one of them, not both.");
  }
  const picks = service === undefined ? picksOfRefs(features ?? []) : picksOfService(snapshot, serviceNamed(snapshot, service), pick);
  if (picks.length === 0) {
    const what = service === undefined ? "No features were asked for." : `The feature service "${service}" has no features.`;
    throw new LarderError("invalid_argument", what, { hint: "Write view:feature, such as driver_stats:conv_rate." });
  }
  const columns = picks.map((one) => resolveOne(snapshot, one, request.fullFeatureNames, pick));
  refuseCollisions(columns, request.fullFeatureNames);
  return { columns: pick === "newest" ? withoutRepeats(columns) : columns };
}

interface Pick {
  readonly view: string;
  readonly feature: string;
  readonly alias: string | null;
  readonly joinKeyMap: Readonly<Record<string, string>>;
}

const NO_MAP: Readonly<Record<string, string>> = {};

function picksOfRefs(refs: readonly string[]): readonly Pick[] {
  return refs.map((ref) => ({ ...parseFeatureRef(ref), alias: null, joinKeyMap: NO_MAP }));
}

function serviceNamed(snapshot: RegistrySnapshot, name: string): FeatureService {
  const service = snapshot.services.get(name);
  if (service) return service;
  throw new LarderError("not_found", `There is no feature service "${name}" in project ${snapshot.project.name}.`, {
    hint: didYouMean(name, snapshot.services.keys(), "Define it in the feature repo and run `larder apply`."),
  });
}

function picksOfService(snapshot: RegistrySnapshot, service: FeatureService, pick: "newest" | "ready"): readonly Pick[] {
  return service.projections.flatMap(({ view, features, alias, joinKeyMap }) => {
    const names = features ?? allFeatures(viewNamed(snapshot, view), pick);
    return names.map((feature) => ({ view, feature, alias, joinKeyMap }));
  });
}

/** All features of the view as defined; online also those that the version being served still has. */
function allFeatures({ view, ready }: SnapshotView, pick: "newest" | "ready"): readonly string[] {
  const defined = view.features.map(({ name }) => name);
  const served = pick === "ready" && ready !== null ? ready.features.map(({ name }) => name) : [];
  return [...defined, ...served.filter((name) => !defined.includes(name))];
}

function viewNamed(snapshot: RegistrySnapshot, name: string): SnapshotView {
  const view = snapshot.views.get(name);
  if (view) return view;
  throw new LarderError("not_found", `There is no feature view "${name}" in project ${snapshot.project.name}.`, {
    hint: didYouMean(name, snapshot.views.keys(), "Define it in the feature repo and run `larder apply`."),
  });
}

function resolveOne(snapshot: RegistrySnapshot, one: Pick, fullFeatureNames: boolean, pick: "newest" | "ready"): ResolvedFeature {
  const found = viewNamed(snapshot, one.view);
  const served = pick === "newest" ? found.newest : found.ready;
  const isServed = served !== null && has(served, one.feature);
  if (!isServed && !has(found.newest, one.feature)) {
    const names = found.newest.features.map(({ name }) => name);
    throw new LarderError("not_found", `The feature view "${one.view}" has no feature "${one.feature}".`, {
      hint: didYouMean(one.feature, names, `It has ${names.join(", ")}.`),
    });
  }
  return {
    output: fullFeatureNames ? fullFeatureName(one.alias ?? one.view, one.feature) : one.feature,
    feature: one.feature,
    viewName: one.view,
    view: isServed ? served : null,
    joinKeyMap: one.joinKeyMap,
  };
}

function has(version: ViewVersion, feature: string): boolean {
  return version.features.some(({ name }) => name === feature);
}

/** The very same feature asked for again is no collision. */
function refuseCollisions(columns: readonly ResolvedFeature[], fullFeatureNames: boolean): void {
  const first = new Map<string, ResolvedFeature>();
  for (const column of columns) {
    const other = first.get(column.output);
    if (other === undefined) first.set(column.output, column);
    else if (!isSame(other, column)) {
      const names = [`${other.viewName}:${other.feature}`, `${column.viewName}:${column.feature}`];
      const both = names[0] === names[1] ? `${names[0]} in two roles` : names.join(" and ");
      throw new LarderError("invalid_argument", `Two features would be called "${column.output}": ${both}.`, {
        hint: fullFeatureNames ? "Give one of the views another alias in the feature service." : "Ask with full_feature_names (--full-feature-names).",
        details: { features: names },
      });
    }
  }
}

function isSame(a: ResolvedFeature, b: ResolvedFeature): boolean {
  return a.viewName === b.viewName && a.feature === b.feature && roleOf(a) === roleOf(b);
}

function roleOf({ joinKeyMap }: ResolvedFeature): string {
  return Object.keys(joinKeyMap)
    .sort()
    .map((key) => `${key}=${joinKeyMap[key]}`)
    .join();
}

function withoutRepeats(columns: readonly ResolvedFeature[]): readonly ResolvedFeature[] {
  const seen = new Set<string>();
  return columns.filter(({ output }) => !seen.has(output) && seen.add(output));
}
