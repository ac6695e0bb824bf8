export { type Applied, type ApplyRepoDeps, type ApplyRepoInput, applyRepo } from "./apply-repo.ts";
export { openProject, requireProject } from "./open-project.ts";
export { type PlanRepoDeps, type PlanRepoInput, planRepo } from "./plan-repo.ts";
export type {
  CatalogEntry,
  CatalogKind,
  CatalogQuery,
  OnlineState,
  Project,
  RegisteredDefinition,
  Registry,
  RegistryCommit,
  RegistrySnapshot,
  SnapshotView,
  SourceColumn,
  SourceInspection,
  SourceInspector,
  VersionRecord,
} from "./port.ts";
export { type FeatureRequest, type ResolvedFeature, type ResolvedFeatures, resolveFeatures } from "./resolve-features.ts";
