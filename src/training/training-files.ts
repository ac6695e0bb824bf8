import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Upload } from "./port.ts";

/*
 * The training folder:
 *   uploads/<id>.<format>, <id>.json     files of entity rows, and what is in them
 *   sets/<set>/<checksum>.parquet, .json results of a training set, and their statistics
 *   runs/<run>/…                         the same of a run that belongs to no set; and what a run needs while it works
 *   passing/                             files of previews and downloads
 */

export function uploadFile(folder: string, { upload, format }: Pick<Upload, "upload" | "format">): string {
  return join(folder, "uploads", `${upload}.${format}`);
}

export function uploadRecord(folder: string, upload: string): string {
  return join(folder, "uploads", `${upload}.json`);
}

/** Where results of a set, or of a run without one, are kept: below the training folder. */
export function resultFolder(set: { readonly id: string } | null, run: string): string {
  return set === null ? join("runs", run) : join("sets", set.id);
}

export function workFolder(folder: string, run: string): string {
  return join(folder, "runs", run);
}

export function passingFolder(folder: string): string {
  return join(folder, "passing");
}

/** The statistics beside a result. */
export function statisticsFile(result: string): string {
  return result.replace(/\.parquet$/, ".json");
}

export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest("hex");
}
