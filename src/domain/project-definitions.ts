import type { DataSource, Definition, DefinitionKind, Entity, FeatureService, FeatureView, LocatedDefinition } from "./definition.ts";

/** All definitions of one project with look-up by kind and name. */
export interface ProjectDefinitions {
  readonly all: readonly LocatedDefinition[];
  entity(name: string): Entity | undefined;
  source(name: string): DataSource | undefined;
  view(name: string): FeatureView | undefined;
  service(name: string): FeatureService | undefined;
}

export function projectDefinitions(all: readonly LocatedDefinition[]): ProjectDefinitions {
  const maps = new Map<DefinitionKind, Map<string, Definition>>();
  for (const { definition } of all) {
    const map = maps.get(definition.kind) ?? new Map<string, Definition>();
    maps.set(definition.kind, map.set(definition.name, definition));
  }
  const find = (kind: DefinitionKind, name: string): Definition | undefined => maps.get(kind)?.get(name);
  // Each map holds one kind only, so the narrowing is by construction.
  return {
    all,
    entity: (name) => find("entity", name) as Entity | undefined,
    source: (name) => find("data_source", name) as DataSource | undefined,
    view: (name) => find("feature_view", name) as FeatureView | undefined,
    service: (name) => find("feature_service", name) as FeatureService | undefined,
  };
}
