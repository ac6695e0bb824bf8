"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowUpRight } from "lucide-react";
import { useEffect } from "react";
import type { ShownRun } from "../../trpc/index.ts";
import { RunOutcome } from "../run/run-outcome.tsx";
import { RunProgress, Stages } from "../run/run-progress.tsx";
import { RunReceipt } from "../run/run-receipt.tsx";
import { RunState } from "../run/run-state.tsx";
import { stagesOf } from "../run/stages.ts";
import { useRunActions } from "../run/use-run-actions.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { AppLink } from "../ui/link.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { watchRun } from "./started-here.ts";

interface MaterializeRunProps {
  readonly run: string;
  readonly joined: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** While it runs and after: progress, then the receipt, or what went wrong. */
export function MaterializeRun({ run: id, joined, onAgain, onClose }: MaterializeRunProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.run.get.queryOptions({ run: id }));
  useEffect(() => watchRun(id), [id]);
  return (
    <>
      <DialogBody>
        <QueryRegion query={query} what="the run" loading={<Skeleton className="h-24 rounded-lg" />}>
          {(run) => <Watched run={run} joined={joined} />}
        </QueryRegion>
      </DialogBody>
      <DialogFooter>
        <Button look="ghost" asChild className="mr-auto">
          <AppLink href={`/runs/${id}`}>
            Open the run <ArrowUpRight aria-hidden="true" />
          </AppLink>
        </Button>
        {query.data && <Actions run={query.data} onAgain={onAgain} onClose={onClose} />}
      </DialogFooter>
    </>
  );
}

function Watched({ run, joined }: { readonly run: ShownRun; readonly joined: boolean }) {
  return (
    <div className="space-y-4">
      {joined && (
        <p role="status" className="rounded-md bg-accent-soft px-3 py-2 text-ink text-sm">
          You joined the run that {run.actor.name} started <RelativeTime at={run.createdAt} />; it does the same work.
        </p>
      )}
      {run.finishedAt === null ? (
        <RunProgress run={run} />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <RunState run={run} className="font-medium text-base" />
            {run.state !== "succeeded" && <Stages stages={stagesOf(run)} />}
          </div>
          <RunOutcome run={run} />
          {run.receipt && <RunReceipt receipt={run.receipt} />}
        </>
      )}
    </div>
  );
}

function Actions({ run, onAgain, onClose }: { readonly run: ShownRun; readonly onAgain: () => void; readonly onClose: () => void }) {
  const { cancel, resume } = useRunActions();
  if (run.finishedAt === null) {
    return (
      <>
        <Button look="danger" disabled={run.cancelRequested || cancel.isPending} onClick={() => cancel.mutate({ run: run.id })}>
          {run.cancelRequested ? "Cancelling" : "Cancel the run"}
        </Button>
        <Button onClick={onClose}>Close, let it run</Button>
      </>
    );
  }
  return (
    <>
      {run.state === "succeeded" ? (
        <Button onClick={onAgain}>Materialize again</Button>
      ) : (
        <Button disabled={resume.isPending} onClick={() => resume.mutate({ run: run.id })}>
          Resume
        </Button>
      )}
      <Button look="primary" onClick={onClose}>
        Done
      </Button>
    </>
  );
}
