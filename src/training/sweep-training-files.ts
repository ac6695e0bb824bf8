import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingDeps } from "./port.ts";
import { passingFolder } from "./training-files.ts";

const DAY_MS = 86_400_000;
/** An upload that no set uses, and results of runs without a set, are kept so long. */
const UPLOAD_DAYS = 1;
const RUN_DAYS = 7;

/** Removes uploads that nothing uses, results that belong to no set, and what a killed process left behind. */
export async function sweepTrainingFiles(
  { trainingDirectory, trainingSets }: Pick<TrainingDeps, "trainingDirectory" | "trainingSets">,
  nowMs: number,
): Promise<void> {
  const uploads = join(trainingDirectory, "uploads");
  const old = await olderThan(uploads, nowMs - UPLOAD_DAYS * DAY_MS);
  const used = old.length === 0 ? new Set() : await trainingSets.uploadsInUse([...new Set(old.map(idOf))]);
  await removeAll(
    uploads,
    old.filter((name) => !used.has(idOf(name))),
  );
  const runs = join(trainingDirectory, "runs");
  await removeAll(runs, await olderThan(runs, nowMs - RUN_DAYS * DAY_MS));
  const passing = passingFolder(trainingDirectory);
  await removeAll(passing, await olderThan(passing, nowMs - DAY_MS));
}

function idOf(name: string): string {
  return name.slice(0, name.indexOf("."));
}

async function olderThan(folder: string, beforeMs: number): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const old = await Promise.all(names.map(async (name) => ((await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? nowhere) < beforeMs));
  return names.filter((_, index) => old[index]);
}

const nowhere = Number.POSITIVE_INFINITY;

async function removeAll(folder: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}
