import { readdirSync } from "node:fs";
import { FILE_ENDING, type FileFormat, formatOfName } from "../domain/index.ts";

/** The format of a source's path: by its ending, or, for a folder, by the first file in it that tells. Null: it cannot be told. */
export function formatOfPath(path: string): FileFormat | null {
  const byName = formatOfName(path);
  if (byName !== null) return byName;
  if (FILE_ENDING.test(path.replace(/[*?[\]]/g, ""))) return null;
  return formatInside(path, 3) ?? "parquet";
}

function formatInside(folder: string, depth: number): FileFormat | null {
  const entries = listFolder(folder.replace(/\/?[^/]*[*?[].*$/, "") || "/");
  for (const entry of entries) {
    const format = entry.isFile() ? formatOfName(entry.name) : null;
    if (format !== null) return format;
  }
  for (const entry of depth > 0 ? entries : []) {
    const format = entry.isDirectory() ? formatInside(`${entry.parentPath}/${entry.name}`, depth - 1) : null;
    if (format !== null) return format;
  }
  return null;
}

/** Empty where there is no such folder yet: the data may come later. */
function listFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
