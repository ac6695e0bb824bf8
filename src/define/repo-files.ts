import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** The repo's definition files, absolute and in order: every `.ts` but tests and declarations; no hidden folder, no node_modules. */
export async function listRepoFiles(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      else if (entry.name.endsWith(".ts") && !/\.(d|test|itest)\.ts$/.test(entry.name)) files.push(join(folder, entry.name));
    }
  }
  return files.sort();
}
