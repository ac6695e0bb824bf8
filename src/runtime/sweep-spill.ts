import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "./database/postmaster.ts";

/** A home that several containers share holds folders of processes that are not seen from here; those in use are touched more often. */
const UNTOUCHED_MS = 10 * 60_000;

/** Where a process of this name and number spills what does not fit in memory. */
export function spillDirectory(home: string, name: string, pid: number): string {
  return join(home, "spill", `${name}-${pid}`);
}

/** Removes the spill folders of processes that were killed, and so could not do it themselves. Their names. */
export async function sweepSpill(home: string, nowMs: number): Promise<readonly string[]> {
  const folder = join(home, "spill");
  const removed: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: nowMs }));
    const pid = Number(/-(\d+)$/.exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid) || nowMs - mtimeMs < UNTOUCHED_MS) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
}
