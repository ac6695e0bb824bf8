import type { ReactNode } from "react";
import type { ShownRun } from "../../trpc/index.ts";
import { Health } from "../ui/health.tsx";

/** Why a run ended early: what happened, what is intact, what to do. */
export function RunOutcome({ run }: { readonly run: ShownRun }) {
  if (run.state === "cancelled") {
    return (
      <Explained head={<span className="font-medium text-ink">Cancelled</span>}>
        <Intact run={run} />
      </Explained>
    );
  }
  if (run.state !== "failed") return null;
  return (
    <Explained
      head={
        <Health state="bad" className="whitespace-normal font-medium">
          {run.error?.message ?? "The run failed without a word."}
        </Health>
      }
    >
      <Intact run={run} />
      <dt className="text-ink-2">What to do</dt>
      <dd className="text-ink">{run.error?.hint ?? "Mend what the message names, then resume."}</dd>
    </Explained>
  );
}

function Explained({ head, children }: { readonly head: ReactNode; readonly children: ReactNode }) {
  return (
    <div role="alert" className="space-y-2 text-sm">
      {head}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">{children}</dl>
    </div>
  );
}

/** True of every materialize: rows are written newest-wins, and the watermark moves only on success. */
function Intact({ run }: { readonly run: ShownRun }) {
  const goesOn = run.hasCheckpoint ? "Resume goes on after the last checkpoint." : "Resume begins again.";
  return (
    <>
      <dt className="text-ink-2">What is intact</dt>
      <dd className="text-ink">
        Everything that was online before. Rows written so far are whole and newest, so nothing has to be undone; the watermark has not moved. {goesOn}
      </dd>
    </>
  );
}
