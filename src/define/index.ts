/*
 * What `import … from "larder"` gives is in larder.ts. Beside it stands what the doors need: to load a repo and to begin a new one.
 */
export { type InitRepoOptions, initRepo, type NewRepo } from "./init-repo.ts";
export * from "./larder.ts";
export { type LoadRepoOptions, loadRepo } from "./load-repo.ts";
export { type RepoSettings, readProjectName, readRepoSettings } from "./repo-settings.ts";
