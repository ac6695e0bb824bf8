import { type FeatureService, fullFeatureName, isName, NAME_RULE, type ProjectDefinitions, type Projection } from "../domain/index.ts";
import { didYouMean } from "../kit/index.ts";
import { type Complaints, namesOf } from "./problem.ts";

/** Every view and feature that it reads is there, under names that can be told apart. */
export function checkService(service: FeatureService, defined: ProjectDefinitions, complaints: Complaints): void {
  const { error, warning } = complaints;
  if (service.projections.length === 0) error("it reads no features: list views or parts of views");
  const full = new Set<string>();
  const short = new Set<string>();
  const shared = new Set<string>();
  for (const projection of service.projections) {
    const role = projection.alias ?? projection.view;
    if (projection.alias !== null && !isName(projection.alias)) error(`the alias "${projection.alias}" is not allowed: names are ${NAME_RULE}`);
    for (const feature of knownFeatures(projection, defined, complaints)) {
      const output = fullFeatureName(role, feature);
      if (full.has(output)) error(`two of its features are called ${output}: give one of the views another name by .as("…")`);
      else if (short.has(feature)) shared.add(feature);
      full.add(output);
      short.add(feature);
    }
    checkRoles(projection, defined, error);
  }
  if (shared.size > 0) warning(`several of its views have ${[...shared].join(", ")}: ask it with full feature names`);
}

function knownFeatures({ view: name, features }: Projection, defined: ProjectDefinitions, { error, missing }: Complaints): readonly string[] {
  const view = defined.view(name);
  if (view === undefined) {
    missing(`there is no feature view "${name}". ${didYouMean(name, namesOf(defined, "feature_view"), "Define and export it.")}`);
    return [];
  }
  const known = view.features.map((feature) => feature.name);
  if (features === null) return known;
  if (features.length === 0) error(`it picks no features of "${name}"`);
  return features.filter((feature) => {
    const isKnown = known.includes(feature);
    if (!isKnown) error(`the feature view "${name}" has no feature "${feature}". ${didYouMean(feature, known, `It has ${known.join(", ")}.`)}`);
    return isKnown;
  });
}

/** Join keys under other names: they must be join keys of the view, and stay different from each other. */
function checkRoles({ view: name, joinKeyMap }: Projection, defined: ProjectDefinitions, error: Complaints["error"]): void {
  const view = defined.view(name);
  if (view === undefined) return;
  const keys = view.entities.flatMap((entity) => defined.entity(entity)?.joinKeys.map((key) => key.name) ?? []);
  for (const [key, renamed] of Object.entries(joinKeyMap)) {
    if (!keys.includes(key)) error(`the feature view "${name}" has no join key "${key}". ${didYouMean(key, keys, `It has ${keys.join(", ") || "none"}.`)}`);
    if (!isName(renamed)) error(`the join key name "${renamed}" is not allowed: names are ${NAME_RULE}`);
  }
  const renamed = keys.map((key) => joinKeyMap[key] ?? key);
  const twice = renamed.find((key, index) => renamed.indexOf(key) !== index);
  if (twice !== undefined) error(`two join keys of "${name}" are called "${twice}"`);
}
