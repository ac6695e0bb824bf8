import type { ShownRun } from "../../trpc/index.ts";

export interface Stage {
  readonly name: string;
  readonly text: string;
  readonly state: "done" | "now" | "ahead" | "stopped";
}

/** The stages of each kind of run, in order, as its progress names them. */
const STAGES: Readonly<Record<string, readonly (readonly [name: string, text: string])[]>> = {
  materialize: [
    ["reading", "Read newest rows"],
    ["writing", "Write and verify"],
  ],
  training_set: [
    ["gathering", "Gather entity rows"],
    ["joining", "Join"],
    ["counting", "Count matches"],
    ["statistics", "Look at columns"],
  ],
};

/** Where a run is among its stages, the wait in the queue first. */
export function stagesOf(run: Pick<ShownRun, "kind" | "state" | "progress" | "startedAt">): readonly Stage[] {
  const stages: readonly (readonly [string, string])[] = [["queued", "Queued"], ...(STAGES[run.kind] ?? [["running", "Run"]])];
  const at =
    run.startedAt === null || run.state === "queued"
      ? 0
      : Math.max(
          1,
          stages.findIndex(([name]) => name === run.progress?.stage),
        );
  const ended = run.state === "failed" || run.state === "cancelled";
  return stages.map(([name, text], index) => {
    if (run.state === "succeeded" || index < at) return { name, text, state: "done" };
    if (index > at) return { name, text, state: "ahead" };
    return { name, text, state: ended ? "stopped" : "now" };
  });
}

/** How far the current stage is, 0 to 1; null while its end is not known. */
export function shareOf(run: Pick<ShownRun, "state" | "progress">): number | null {
  if (run.state === "succeeded") return 1;
  if (run.state === "queued" || !run.progress?.total) return null;
  return Math.min(1, run.progress.done / run.progress.total);
}
