import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A cancelled or failed run can be resumed from its stage for this long. */
const KEEP_MS = 3 * 24 * 3_600_000;

/** Removes stages that no one came back for. The number of them. */
export async function sweepStages(directory: string, nowMs: number): Promise<number> {
  const names = await readdir(directory).catch(() => []);
  let removed = 0;
  for (const name of names) {
    const path = join(directory, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: nowMs }));
    if (nowMs - mtimeMs < KEEP_MS) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
