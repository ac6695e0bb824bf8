"use client";
import type { ShownRun } from "../../trpc/index.ts";
import { formatSeconds, plural } from "../format/index.ts";
import { RunState } from "../run/run-state.tsx";
import { AppLink } from "../ui/link.tsx";
import { showToast } from "../ui/toasts.ts";
import { takeEnded } from "./started-here.ts";

/** Tells the end of a run that was started in this tab, unless it is being watched. */
export function announceRunEnd(run: ShownRun): void {
  if (!takeEnded(run.id)) return;
  showToast((dismiss) => <RunNotice run={run} onOpen={dismiss} />, { id: run.id, durationMs: run.state === "failed" ? 20_000 : 8_000 });
}

function RunNotice({ run, onOpen }: { readonly run: ShownRun; readonly onOpen: () => void }) {
  return (
    <div className="flex w-[min(356px,calc(100vw-32px))] items-start gap-3 rounded-lg border border-line-strong bg-raised p-3 text-sm shadow-pop">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-2">
          <span className="truncate font-medium text-ink">{run.view ?? run.set ?? run.kind}</span>
          <RunState run={run} />
        </p>
        <p className="text-ink-2 text-xs">{summary(run)}</p>
      </div>
      <AppLink href={`/runs/${run.id}`} onClick={onOpen} className="shrink-0 rounded-md border border-line-strong px-2 py-0.5 text-ink text-xs hover:bg-hover">
        Open
      </AppLink>
    </div>
  );
}

function summary({ state, receipt, training, error }: ShownRun): string {
  if (state === "failed") return error?.message ?? "It ended without a word.";
  if (training) return `${plural(training.rows, "row")} in ${formatSeconds(training.seconds)}.`;
  if (!receipt) return "What was online before is intact.";
  return `${plural(receipt.written, "key")} written in ${formatSeconds(receipt.seconds)}${receipt.rejected > 0 ? `, ${plural(receipt.rejected, "row")} rejected` : ""}.`;
}
