import type { Definition, DefinitionKind } from "../../domain/index.ts";
import { definitionCode, exportNameOf } from "./definition-code.ts";

const FOLDER: Readonly<Record<DefinitionKind, string>> = {
  entity: "entities",
  data_source: "data_sources",
  feature_view: "feature_views",
  feature_service: "feature_services",
};

/** The file of a definition in an exported repo: `feature_views/driver_stats.ts`. */
export function exportedFile({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }): string {
  return `${FOLDER[kind]}/${name}.ts`;
}

/** A definition as TypeScript to look at and to copy, as an exported repo would hold it. */
export function definitionSnippet(definition: Definition): string {
  return definitionCode({
    definition,
    importOf: (kind, name) => ({ specifier: `../${exportedFile({ kind, name })}`, exportName: exportNameOf({ kind, name }) }),
    pathOf: (path) => path,
  });
}
