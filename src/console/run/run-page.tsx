"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ShownRun } from "../../trpc/index.ts";
import { Page, PageTitle } from "../shell/page.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { TrainingReceiptPanel } from "../training/training-receipt.tsx";
import { CommandLine } from "../ui/code.tsx";
import { TextLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Elapsed, RelativeTime, UtcTime } from "../ui/time.tsx";
import { RatePanel } from "./rate-panel.tsx";
import { ratePoints } from "./rate-points.ts";
import { RunActions } from "./run-actions.tsx";
import { logLines } from "./run-log-lines.ts";
import { RunLogPanel } from "./run-log-panel.tsx";
import { RunOutcome } from "./run-outcome.tsx";
import { RunProgress, Stages } from "./run-progress.tsx";
import { RunReceipt } from "./run-receipt.tsx";
import { RunState } from "./run-state.tsx";
import { stagesOf } from "./stages.ts";

export function RunPage({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.run.get.queryOptions({ run: id }));
  return (
    <Page crumbs={[{ text: "Runs", href: "/runs" }, { text: query.data?.view ?? query.data?.set ?? id }]}>
      <QueryRegion query={query} what="this run" loading={<RunSkeleton />}>
        {(run) => <RunBody run={run} />}
      </QueryRegion>
    </Page>
  );
}

function RunBody({ run }: { readonly run: ShownRun }) {
  return (
    <>
      <PageTitle
        title={run.view ?? run.set ?? run.kind}
        kind={`${run.kind} run`}
        facts={
          <>
            <RunState run={run} className="font-medium" />
            <span className="text-ink-2">
              asked for by {run.actor.name} <RelativeTime at={run.createdAt} />
            </span>
            {run.startedAt && (
              <span className="text-ink-2">
                {run.finishedAt ? "took " : "for "}
                <Elapsed from={run.startedAt} to={run.finishedAt} />
              </span>
            )}
          </>
        }
        actions={<RunActions run={run} />}
      />
      <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0 space-y-4">
          <Panel title={run.finishedAt === null ? "Progress" : run.state === "succeeded" ? "Receipt" : "What happened"}>
            <div className="space-y-4 p-4">
              {run.finishedAt === null ? <RunProgress run={run} /> : <Stages stages={stagesOf(run)} />}
              <RunOutcome run={run} />
              {run.receipt && <RunReceipt receipt={run.receipt} />}
              {run.training && <TrainingReceiptPanel receipt={run.training} run={run.id} />}
            </div>
          </Panel>
          <Events run={run} />
        </div>
        <RunFacts run={run} />
      </div>
    </>
  );
}

function Events({ run }: { readonly run: ShownRun }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.run.events.queryOptions({ run: run.id }));
  return (
    <QueryRegion query={query} what="the log of this run" loading={<Skeleton className="h-60 rounded-lg" />}>
      {(events) => <EventPanels events={events} run={run} />}
    </QueryRegion>
  );
}

function EventPanels({ events, run }: { readonly events: Parameters<typeof logLines>[0]; readonly run: ShownRun }) {
  const points = useMemo(() => ratePoints(events, Number(run.startedAt ?? run.createdAt)), [events, run.startedAt, run.createdAt]);
  const lines = useMemo(() => logLines(events), [events]);
  return (
    <div className="space-y-4">
      <RatePanel points={points} unit={run.progress?.unit ?? "rows"} />
      <RunLogPanel lines={lines} />
    </div>
  );
}

function RunFacts({ run }: { readonly run: ShownRun }) {
  return (
    <Panel title="This run">
      <Facts>
        {run.view && (
          <Fact term="View">
            <TextLink href={`/views/${run.view}`}>{run.view}</TextLink>
          </Fact>
        )}
        {run.set && (
          <Fact term="Training set">
            <TextLink href={`/training-sets/${run.set}`}>{run.set}</TextLink>
          </Fact>
        )}
        <Fact term="Asked for">
          <UtcTime at={run.createdAt} />
        </Fact>
        <Fact term="Started">{run.startedAt ? <UtcTime at={run.startedAt} /> : "not yet"}</Fact>
        <Fact term="Ended">{run.finishedAt ? <UtcTime at={run.finishedAt} /> : "not yet"}</Fact>
        <Fact term="By">{run.actor.name}</Fact>
        <Fact term="Worker">{run.worker ?? "none yet"}</Fact>
        <Fact term="Attempts">{run.attempt}</Fact>
        <Fact term="Id">
          <span className="font-mono text-xs">{run.id}</span>
        </Fact>
      </Facts>
      {run.command && (
        <div className="border-line border-t px-3 py-3">
          <p className="mb-1.5 text-ink-2 text-xs">The command that asks for the same</p>
          <CommandLine command={run.command} />
        </div>
      )}
    </Panel>
  );
}

function RunSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="space-y-4">
      <Skeleton className="h-7 w-60" />
      <Skeleton className="h-4 w-96 max-w-full" />
      <Skeleton className="h-52 rounded-lg" />
    </div>
  );
}
