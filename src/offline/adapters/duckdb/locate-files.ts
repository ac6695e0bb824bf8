import { glob, readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { BatchSource, FileFormat, FileSource } from "../../../domain/index.ts";
import { isLarderError, LarderError } from "../../../kit/index.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

export interface LocatedFile {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/** The files behind a path, in the order that rows count in: by path. */
export interface LocatedFiles {
  readonly format: FileFormat;
  readonly files: readonly LocatedFile[];
  /** Folders named `column=value` are columns. */
  readonly hasPartitions: boolean;
  /** The path as written, for messages. */
  readonly pathAsWritten: string;
}

const ENDINGS: Readonly<Record<FileFormat, readonly string[]>> = {
  parquet: [".parquet", ".pq"],
  csv: [".csv", ".tsv", ".csv.gz", ".tsv.gz"],
  jsonl: [".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz"],
};

/**
 * Finds the files of a source. Throws not_found for a file that is not there, failed_precondition for a `${VAR}` that is not set,
 * not_built for a source that is not made of files. A glob or folder without files gives none.
 */
export async function locateFiles(source: BatchSource, variables: Variables): Promise<LocatedFiles> {
  if (source.type === "postgres") {
    throw new LarderError("not_built", `PostgreSQL sources come with a later release; "${source.name}" is one.`, { hint: "Read from files for now." });
  }
  const path = resolvePath(source, variables);
  const found = await findFiles(path, source.format);
  if (found === null) throw new LarderError("not_found", `There is no file ${source.pathAsWritten}.`, { details: { path } });
  const files = await Promise.all(found.paths.sort().map(statFile));
  const hasPartitions = found.paths.some((file) => /(^|\/)[^/=]+=[^/]*\//.test(relative(found.root, file)));
  return { format: source.format, files: files.filter((file) => file !== null), hasPartitions, pathAsWritten: source.pathAsWritten };
}

export function emptyGlob(source: FileSource | { readonly pathAsWritten: string }): LarderError {
  return new LarderError("not_found", `${source.pathAsWritten} matches no file yet.`, { details: { emptyGlob: true } });
}

function resolvePath({ name, path }: FileSource, variables: Variables): string {
  return path.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_whole, variable: string) => {
    const value = variables[variable];
    if (value) return value;
    throw new LarderError("failed_precondition", `The path of source "${name}" needs the environment variable ${variable}, which is not set.`, {
      hint: `Set ${variable} and start again.`,
    });
  });
}

interface Found {
  readonly paths: string[];
  /** Below it, folder names may be partitions. */
  readonly root: string;
}

/** A path that is there is taken as it is, whatever characters it has; only then is it a glob. */
async function findFiles(path: string, format: FileFormat): Promise<Found | null> {
  const status = await stat(path).catch(() => null);
  if (status?.isFile()) return { paths: [path], root: path };
  if (status?.isDirectory()) return { paths: await filesBelow(path, format), root: path };
  const magic = path.search(/[*?[{]/);
  if (magic === -1) return null;
  const paths: string[] = [];
  for await (const match of glob(path)) paths.push(match);
  return { paths, root: path.slice(0, path.lastIndexOf("/", magic)) };
}

async function filesBelow(directory: string, format: FileFormat): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const isHidden = (path: string): boolean => /(^|\/)[._]/.test(relative(directory, path)); // _SUCCESS, .crc
  return entries
    .filter((entry) => entry.isFile() && ENDINGS[format].some((ending) => entry.name.toLowerCase().endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isHidden(path));
}

async function statFile(path: string): Promise<LocatedFile | null> {
  const status = await stat(path).catch(() => null);
  return status?.isFile() ? { path, size: status.size, modifiedMs: status.mtimeMs } : null;
}

/** Runs work over files, and runs it again when one of them was replaced meanwhile: rows are told apart by their place in the file. */
export async function overUnchangedFiles<T>(files: readonly LocatedFile[], work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const before = await statesOf(files);
    const [outcome] = await Promise.allSettled([work()]);
    if ((await statesOf(files)) === before || (outcome.status === "rejected" && isLarderError(outcome.reason, "cancelled"))) {
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    }
  }
  throw new LarderError("unavailable", "A file of the source was replaced again and again while it was read.", {
    hint: "Write new files beside the old ones, or replace them less often.",
  });
}

async function statesOf(files: readonly LocatedFile[]): Promise<string> {
  const found = await Promise.all(files.map(({ path }) => statFile(path)));
  return found.map((file) => (file === null ? "gone" : `${file.size}/${file.modifiedMs}`)).join(" ");
}
