import { glob, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { formatOfName } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import type { DataFile, DataFolders, DataRoot, FolderListing } from "../data-folders.ts";

export interface LocalFoldersOptions {
  /** Absolute; those that are not there are left out. */
  readonly roots: readonly string[];
  /** Larder's data folder: hidden, but for roots inside of it. */
  readonly home: string;
}

const ENTRIES_MAX = 2_000;
const MATCHES_MAX = 5_000;

/** Folders of this machine. Hidden names (a dot first) and node_modules are as good as not there, and links lead nowhere but inside. */
export function localFolders({ roots, home }: LocalFoldersOptions): DataFolders {
  const find = async (path: string): Promise<DataRoot | null> => {
    const all = await realRoots(roots);
    const realHome = (await tryReal(home)) ?? home;
    return all.find((root) => isVisible(root.path, path) && !(isInside(realHome, path) && !isInside(realHome, root.path))) ?? null;
  };
  const isAllowed = async (path: string) => (await find(path)) !== null;
  const namedRoots = async () => (await realRoots(roots)).map(({ path }) => path).join(", ") || "none";
  const outside = async (path: string) =>
    `${path} is outside of the folders that sources may be made from (${await namedRoots()}). To allow another folder, start Larder with LARDER_DATA_ROOTS`;
  return {
    roots: () => realRoots(roots),
    async list(folder) {
      const real = await realOrNearest(folder);
      const root = real === null ? null : await find(real.path);
      if (root === null || real === null) throw new LarderError("permission_denied", `${await outside(folder)}.`);
      const status = real.exists ? await stat(real.path) : null;
      if (!status?.isDirectory()) throw new LarderError("not_found", `There is no folder ${folder}.`);
      return listFolder(real.path, root, isAllowed);
    },
    async reasonOutside(path) {
      if (!isAbsolute(path) || path.includes("${")) return `the path ${path} must be absolute`;
      if (path.split(sep).includes("..")) return `the path ${path} must not go up by ..`;
      const real = await realOrNearest(fixedPart(path));
      if (real === null || !(await isAllowed(real.path))) return outside(path);
      if (fixedPart(path) === path) return null;
      for await (const match of firstOf(glob(path), MATCHES_MAX)) {
        const target = await tryReal(match);
        if (target !== null && !(await isAllowed(target))) return outside(match);
      }
      return null;
    },
  };
}

async function realRoots(roots: readonly string[]): Promise<readonly DataRoot[]> {
  const real = (await Promise.all(roots.map(tryReal))).filter((path) => path !== null);
  const unique = [...new Set(real)];
  const own = unique.filter((path) => !unique.some((other) => other !== path && isVisible(other, path)));
  return own.map((path) => ({ path, name: basename(path) || path }));
}

function isInside(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below === "" || (!isAbsolute(below) && below.split(sep)[0] !== "..");
}

/** Inside, and by no hidden name. */
function isVisible(folder: string, path: string): boolean {
  return isInside(folder, path) && !relative(folder, path).split(sep).some(isHidden);
}

function isHidden(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

/** Up to the folder before the first sign of a glob. */
function fixedPart(path: string): string {
  const magic = path.search(/[*?[{]/);
  return magic === -1 ? path : dirname(`${path.slice(0, magic)}x`);
}

function tryReal(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}

/** Where a path really leads; for what is not there, where its nearest folder does. */
async function realOrNearest(path: string): Promise<{ readonly path: string; readonly exists: boolean } | null> {
  if (!isAbsolute(path)) return null;
  const whole = resolve(path);
  const real = await tryReal(whole);
  if (real !== null) return { path: real, exists: true };
  const above = dirname(whole);
  const nearest = above === whole ? null : await realOrNearest(above);
  return nearest === null ? null : { path: join(nearest.path, basename(whole)), exists: false };
}

async function listFolder(path: string, root: DataRoot, isAllowed: (path: string) => Promise<boolean>): Promise<FolderListing> {
  const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !isHidden(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const folders: { readonly name: string; readonly path: string }[] = [];
  const files: DataFile[] = [];
  let hidden = Math.max(0, entries.length - ENTRIES_MAX);
  for (const { name } of entries.slice(0, ENTRIES_MAX)) {
    const entry = join(path, name);
    const real = await tryReal(entry);
    const status = real !== null && (await isAllowed(real)) ? await stat(real).catch(() => null) : null;
    const format = formatOfName(name);
    if (status?.isDirectory()) folders.push({ name, path: entry });
    else if (status?.isFile() && format !== null) files.push({ name, path: entry, format, bytes: status.size, modifiedAt: status.mtime });
    else hidden += 1;
  }
  return { path, parent: path === root.path ? null : dirname(path), root, folders, files, hidden };
}

async function* firstOf<T>(items: AsyncIterable<T>, max: number): AsyncGenerator<T> {
  let count = 0;
  for await (const item of items) {
    yield item;
    count += 1;
    if (count === max) return;
  }
}
