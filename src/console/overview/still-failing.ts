import type { ShownRun } from "../../trpc/index.ts";

/** Of runs newest first: the newest of each subject, where that failed. What succeeded since is no longer wrong. */
export function stillFailing(runs: readonly ShownRun[]): readonly ShownRun[] {
  const seen = new Set<string>();
  return runs.filter((run) => {
    if (run.finishedAt === null || run.state === "cancelled" || seen.has(run.subject)) return false;
    seen.add(run.subject);
    return run.state === "failed";
  });
}
