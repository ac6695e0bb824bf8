import { type Definition, definitionKey, type FieldChange, type LocatedDefinition } from "../domain/index.ts";
import { isText } from "./field-changes.ts";

/** Who reads whom in a project, before and after a change taken together: what a removal hits is no longer there after it. */
export interface Reach {
  /** What a change of these fields of a definition reaches, as `kind:name`, sorted. */
  of(definition: Definition, fields: readonly FieldChange[] | "all"): readonly string[];
}

export function reachOf(definitions: readonly LocatedDefinition[]): Reach {
  const viewsOfEntity = new Map<string, Set<string>>();
  const viewsOfSource = new Map<string, Set<string>>();
  const readersOfView = new Map<string, Map<string, readonly string[] | null>>();
  for (const { definition } of definitions) {
    if (definition.kind === "feature_view") {
      for (const entity of definition.entities) into(viewsOfEntity, entity).add(definition.name);
      into(viewsOfSource, definition.source).add(definition.name);
    }
    if (definition.kind === "feature_service") {
      for (const { view, features } of definition.projections) {
        const readers = readersOfView.get(view) ?? new Map<string, readonly string[] | null>();
        const known = readers.get(definition.name);
        readers.set(definition.name, features === null || known === null ? null : [...(known ?? []), ...features]);
        readersOfView.set(view, readers);
      }
    }
  }
  const servicesOf = (view: string, features: ReadonlySet<string> | null): readonly string[] =>
    [...(readersOfView.get(view) ?? [])].flatMap(([service, picked]) =>
      features === null || picked === null || picked.some((name) => features.has(name)) ? [definitionKey({ kind: "feature_service", name: service })] : [],
    );
  const throughViews = (views: ReadonlySet<string> | undefined): readonly string[] =>
    [...(views ?? [])].flatMap((view) => [definitionKey({ kind: "feature_view", name: view }), ...servicesOf(view, null)]);
  return {
    of(definition, fields) {
      const felt = fields === "all" ? null : fields.filter(({ field }) => !isText(field));
      if (felt !== null && felt.length === 0) return [];
      switch (definition.kind) {
        case "feature_view":
          return sorted(servicesOf(definition.name, felt === null ? null : featuresIn(felt)));
        case "entity":
          return sorted(throughViews(viewsOfEntity.get(definition.name)));
        case "data_source":
          return sorted(throughViews(viewsOfSource.get(definition.name)));
        case "feature_service":
          return [];
      }
    },
  };
}

/** The features that these fields belong to; null when one of them concerns the whole view. */
function featuresIn(fields: readonly FieldChange[]): ReadonlySet<string> | null {
  const names = fields.map(({ field }) => /^features\.([^.]+)/.exec(field)?.[1]);
  return names.every((name) => name !== undefined) ? new Set(names) : null;
}

function into(map: Map<string, Set<string>>, key: string): Set<string> {
  const set = map.get(key) ?? new Set<string>();
  map.set(key, set);
  return set;
}

function sorted(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)].sort();
}
