import { batchSourceOf, type DefinitionKind, definitionKey, type LocatedDefinition } from "../domain/index.ts";

/** The definitions that refer to this one by name, as `kind:name`, sorted. */
export function dependantsOf({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }, all: readonly LocatedDefinition[]): readonly string[] {
  const refers = ({ definition }: LocatedDefinition): boolean => {
    switch (definition.kind) {
      case "feature_view":
        return kind === "entity" ? definition.entities.includes(name) : kind === "data_source" && definition.source === name;
      case "feature_service":
        return kind === "feature_view" && definition.projections.some(({ view }) => view === name);
      case "data_source":
        return kind === "data_source" && definition.name !== name && batchSourceOf(definition)?.name === name;
      case "entity":
        return false;
    }
  };
  return all
    .filter(refers)
    .map(({ definition }) => definitionKey(definition))
    .sort();
}
