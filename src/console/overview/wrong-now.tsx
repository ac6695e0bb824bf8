"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "../shell/trpc.ts";
import { CommandLine } from "../ui/code.tsx";
import { Health } from "../ui/health.tsx";
import { TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { OVERVIEW_RUNS } from "./overview-inputs.ts";
import { stillFailing } from "./still-failing.ts";

/** Nothing is shown where nothing is wrong. */
export function WrongNow() {
  const trpc = useTRPC();
  const runs = useQuery(trpc.run.list.queryOptions(OVERVIEW_RUNS));
  const info = useQuery(trpc.system.info.queryOptions(undefined, { refetchInterval: 15_000 }));
  const { data: overview } = useQuery(trpc.overview.get.queryOptions(undefined, { refetchInterval: 30_000 }));
  const late = overview?.late ?? [];
  const failing = stillFailing(runs.data?.rows ?? []);
  const noWorker = info.data?.workers === 0;
  if (failing.length === 0 && late.length === 0 && !noWorker) return null;
  return (
    <Panel title="Needs attention">
      <ul className="divide-y divide-line">
        {noWorker && (
          <Problem state="attention" title="No worker is running" action={<CommandLine command="larder worker" className="min-w-52" />}>
            Runs wait in the queue until one is started.
          </Problem>
        )}
        {failing.map((run) => (
          <Problem
            key={run.id}
            state="bad"
            title={`${run.view ?? run.set ?? run.kind} failed`}
            action={<TextLink href={`/runs/${run.id}`}>Open the run</TextLink>}
          >
            {run.error?.message ?? "It ended without a word."} <RelativeTime at={run.finishedAt ?? run.createdAt} className="text-ink-3" />
          </Problem>
        ))}
        {late.map(({ view, causeText, lateSince }) => (
          <Problem key={view} state="bad" title={`${view} is late`} action={<TextLink href={`/views/${view}?tab=monitoring`}>Look at it</TextLink>}>
            {causeText} {lateSince && <RelativeTime at={lateSince} className="text-ink-3" />}
          </Problem>
        ))}
      </ul>
    </Panel>
  );
}

interface ProblemProps {
  readonly state: "attention" | "bad";
  readonly title: string;
  readonly action: ReactNode;
  readonly children: ReactNode;
}

function Problem({ state, title, action, children }: ProblemProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
      <Health state={state} className="font-medium">
        {title}
      </Health>
      <span className="min-w-0 flex-1 basis-60 text-ink-2">{children}</span>
      {action}
    </li>
  );
}
