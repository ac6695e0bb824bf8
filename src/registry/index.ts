export { type Applied, type ApplyRepoDeps, type ApplyRepoInput, applyRepo } from "./apply-repo.ts";
export { type BrowseFilesInput, browseFiles } from "./browse-files.ts";
export type { DataFile, DataFolders, DataRoot, FolderListing } from "./data-folders.ts";
export type { DefinitionEdit, EditConflict, EditPlan } from "./definition-edit.ts";
export { type InspectedFile, type InspectFileInput, inspectFile } from "./inspect-file.ts";
export { openProject, requireProject } from "./open-project.ts";
export { type PlanRepoDeps, type PlanRepoInput, planRepo } from "./plan-repo.ts";
export type {
  CatalogCorrection,
  CatalogEntry,
  CatalogFacet,
  CatalogFacets,
  CatalogFilter,
  CatalogKind,
  CatalogPage,
  CatalogQuery,
  LineageEntry,
  LineageKind,
  OnlineState,
  Project,
  ReadView,
  RegisteredDefinition,
  Registry,
  RegistryCommit,
  RegistrySnapshot,
  SnapshotView,
  SourceColumn,
  SourceHead,
  SourceInspection,
  SourceInspector,
  SourcePreviewer,
  VersionRecord,
} from "./port.ts";
export { previewEdit } from "./preview-edit.ts";
export { type LineageDeps, type LineageEdge, type LineageGraph, type LineageNode, type ReadLineageInput, readLineage } from "./read-lineage.ts";
export { type FeatureRequest, type ResolvedFeature, type ResolvedFeatures, resolveFeatures } from "./resolve-features.ts";
export { type SavedEdit, saveEdit } from "./save-edit.ts";
