import type { Actor, Authorizer } from "../domain/index.ts";
import type { DataFolders, DataRoot, FolderListing } from "./data-folders.ts";
import { authorizeDefine } from "./plan-repo.ts";

export interface BrowseFilesDeps {
  readonly folders: DataFolders;
  readonly authorizer: Authorizer;
}

export interface BrowseFilesInput {
  readonly actor: Actor;
  readonly project: string;
  /** Absolute; null: the first root. */
  readonly folder: string | null;
}

/**
 * Files that a source could be made of. `listing` is null where no root is there. Throws permission_denied outside of the roots and for whoever may
 * not define, not_found for a folder that is gone.
 */
export async function browseFiles(
  { folders, authorizer }: BrowseFilesDeps,
  { actor, project, folder }: BrowseFilesInput,
): Promise<{ readonly roots: readonly DataRoot[]; readonly listing: FolderListing | null }> {
  await authorizeDefine(authorizer, actor, project);
  const roots = await folders.roots();
  const wanted = folder ?? roots[0]?.path ?? null;
  return { roots, listing: wanted === null ? null : await folders.list(wanted) };
}
