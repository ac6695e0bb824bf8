import { type FeatureService, fullFeatureName, type Projection } from "../domain/index.ts";
import { callSiteOf } from "./call-site.ts";
import { draftFrom } from "./draft.ts";
import { draftOfKind, type FeatureReference, makeHandle, type ServiceHandle } from "./handle.ts";
import { DESCRIBED_KEYS, type DescribedOptions, type OptionReader, readOptions } from "./option-reader.ts";
import { projectionOf } from "./selection.ts";
import { isUnloaded } from "./unloaded.ts";

export interface FeatureServiceOptions extends DescribedOptions {
  /** Views, or parts of them: `driverStats`, `driverStats.pick("conv_rate")`, `weather.as("pickup", { city: "pickup_city" })`. */
  readonly features: readonly FeatureReference[];
}

/** The set of features that one model uses, so that a change can tell who is hit. */
export function featureService(options: FeatureServiceOptions): ServiceHandle {
  const reader = readOptions("feature service", options, [...DESCRIBED_KEYS, "features"], callSiteOf(featureService));
  const described = reader.described();
  const { projections, references } = readProjections(reader);
  const definition: FeatureService = { kind: "feature_service", ...described, projections };
  const usable = described.name !== "" && projections.length > 0;
  return makeHandle<ServiceHandle>({ kind: "feature_service", name: described.name }, draftFrom(reader, usable ? definition : null, references));
}

function readProjections(reader: OptionReader): { readonly projections: readonly Projection[]; readonly references: readonly object[] } {
  const given = reader.raw("features");
  if (isUnloaded(given)) return { projections: [], references: [] };
  if (!Array.isArray(given) || given.length === 0) {
    reader.note(given === undefined ? "features is missing: list the views or parts of views that it reads" : "features must be a list that is not empty");
    return { projections: [], references: [] };
  }
  const projections: Projection[] = [];
  const references: object[] = [];
  const outputs = new Set<string>();
  for (const [index, value] of given.entries()) {
    const found = projectionOf(value);
    if (found === null) {
      if (!isUnloaded(value)) reader.note(`features[${index}] is not a feature view: list views, view.pick(…) or view.as(…)`);
      continue;
    }
    reader.mistakes.push(...found.mistakes);
    references.push(found.view);
    const projection = resolvable(found.projection, found.view);
    if (projection === null) continue;
    noteTwice(reader, outputs, projection, found.view);
    projections.push(projection);
  }
  return { projections: Object.freeze(projections), references };
}

/** Without the features that the view itself had to leave out; null where nothing is left, or the view is not usable. */
function resolvable(projection: Projection, handle: object): Projection | null {
  const view = draftOfKind("feature_view", handle)?.definition ?? null;
  if (view === null) return null;
  if (projection.features === null) return projection;
  const features = projection.features.filter((name) => view.features.some((feature) => feature.name === name));
  return features.length === 0 ? null : Object.freeze({ ...projection, features });
}

/** Two features of one full name could never be told apart, in any answer. */
function noteTwice(reader: OptionReader, outputs: Set<string>, projection: Projection, handle: object): void {
  const all = draftOfKind("feature_view", handle)?.definition?.features.map(({ name }) => name) ?? [];
  for (const feature of projection.features ?? all) {
    const output = fullFeatureName(projection.alias ?? projection.view, feature);
    if (outputs.has(output)) reader.note(`two of its features are called ${output}: give one of the views another name by .as("…")`);
    outputs.add(output);
  }
}
