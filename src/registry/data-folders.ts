import type { FileFormat } from "../domain/index.ts";

/** Where people may look for files to make sources of, and nowhere else: folders that whoever started Larder allowed. */
export interface DataFolders {
  /** The allowed folders, absolute. */
  roots(): Promise<readonly DataRoot[]>;
  /** What is in a folder. Throws permission_denied for one outside of the roots, not_found for one that is not there. */
  list(folder: string): Promise<FolderListing>;
  /**
   * Why a source may not read this path (a file, a folder or a glob, absolute): a text that names the roots; null: it may. Links are followed
   * first, and all that a glob matches now must lie inside.
   */
  reasonOutside(path: string): Promise<string | null>;
}

export interface DataRoot {
  readonly path: string;
  /** Its last part, for people. */
  readonly name: string;
}

export interface FolderListing {
  readonly path: string;
  /** The folder above; null at a root. */
  readonly parent: string | null;
  readonly root: DataRoot;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  /** Files that a source can read, by their ending. */
  readonly files: readonly DataFile[];
  /** Files of other kinds, and what was cut off where a folder holds very many. */
  readonly hidden: number;
}

export interface DataFile {
  readonly name: string;
  readonly path: string;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly modifiedAt: Date;
}
