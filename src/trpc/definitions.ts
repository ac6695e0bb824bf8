import type { DataSource, Definition, DefinitionKind, Entity, FeatureService, FeatureView } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { RegisteredDefinition, RegistrySnapshot } from "../registry/index.ts";
import type { ProjectContext } from "./init.ts";

export type Registered<D extends Definition> = Omit<RegisteredDefinition, "definition"> & { readonly definition: D };

interface ByKind {
  readonly entity: Entity;
  readonly data_source: DataSource;
  readonly feature_view: FeatureView;
  readonly feature_service: FeatureService;
}

const WORDS: Readonly<Record<DefinitionKind, string>> = {
  entity: "entity",
  data_source: "data source",
  feature_view: "feature view",
  feature_service: "feature service",
};

/** A definition that must be there: not_found names it otherwise. */
export async function requireDefinition<K extends DefinitionKind>({ runtime, project }: ProjectContext, kind: K, name: string): Promise<Registered<ByKind[K]>> {
  const found = await runtime.registry.definition(project.name, kind, name);
  if (!found)
    throw new LarderError("not_found", `There is no ${WORDS[kind]} ${name} in ${project.name}.`, {
      hint: "It may have been removed or renamed; the catalog has what there is.",
    });
  // The registry was asked for this kind, so the record is of it.
  return found as Registered<ByKind[K]>;
}

/** All definitions in memory, to answer who uses what. */
export async function requireSnapshot({ runtime, project }: ProjectContext): Promise<RegistrySnapshot> {
  const snapshot = await runtime.registry.snapshot(project.name);
  if (!snapshot) throw new LarderError("not_found", `There is no project ${project.name}.`);
  return snapshot;
}
