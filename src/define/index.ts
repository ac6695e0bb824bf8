/*
 * What `import … from "larder"` gives is in larder.ts. Beside it stands what the doors need: to load a repo, to begin a new one, to write one for Feast.
 */
export { definitionSnippet } from "./code/snippet.ts";
export { type ExportedRepo, type ExportRepoInput, exportRepo } from "./export-repo.ts";
export type { FeastNote } from "./feast/feast-draft.ts";
export { FEAST_EXPORT_MARK, type FeastRepo, type FeastRepoInput, feastRepo } from "./feast/feast-repo.ts";
export { type InitRepoOptions, initRepo, type NewRepo } from "./init-repo.ts";
export * from "./larder.ts";
export { type LoadRepoOptions, loadRepo } from "./load-repo.ts";
export { type RepoSettings, readProjectName, readRepoSettings } from "./repo-settings.ts";
