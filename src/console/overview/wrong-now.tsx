"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { driftHref, rowsText } from "../drift/windows.ts";
import { formatScore, plural } from "../format/index.ts";
import { SinceWhose } from "../monitor/since-whose.tsx";
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
  const late = overview?.late ?? NONE;
  const drifting = overview?.drifting ?? NONE;
  const incidents = overview?.incidents ?? NONE;
  const failing = stillFailing(runs.data?.rows ?? []);
  const noWorker = info.data?.workers === 0;
  if (failing.length + late.total + drifting.total + incidents.total === 0 && !noWorker) return null;
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
        {late.rows.map(({ view, causeText, lateSince, team, owner, services }) => (
          <Problem key={view} state="bad" title={`${view} is late`} action={<TextLink href={`/views/${view}?tab=monitoring`}>Look at it</TextLink>}>
            {causeText}{" "}
            <span className="text-ink-3">
              · <SinceWhose since={lateSince} team={team} owner={owner} services={services} />
            </span>
          </Problem>
        ))}
        <More found={late} what="view that is late" many="views that are late" href="/monitoring/freshness?state=late" />
        {drifting.rows.map((row) => (
          <Problem
            key={`${row.view}:${row.feature}`}
            state="bad"
            title={`${row.feature} of ${row.view} drifts`}
            action={<TextLink href={driftHref(row.view, row.feature)}>Look at it</TextLink>}
          >
            PSI {formatScore(row.psi)}, {rowsText(row)}{" "}
            <span className="text-ink-3">
              · <SinceWhose {...row} />
            </span>
          </Problem>
        ))}
        <More found={drifting} what="feature that drifts" many="features that drift" href="/monitoring/drift?verdict=drift" />
        {incidents.rows.map(({ id, title, causeText, severity, openedAt, team, owner, services }) => (
          <Problem
            key={id}
            state={severity === "critical" ? "bad" : "attention"}
            title={title}
            action={<TextLink href={`/incidents/${id}`}>Look at it</TextLink>}
          >
            {causeText}{" "}
            <span className="text-ink-3">
              · <SinceWhose since={openedAt} team={team} owner={owner} services={services} />
            </span>
          </Problem>
        ))}
        <More found={incidents} what="incident" many="incidents" href="/incidents?state=open" />
      </ul>
    </Panel>
  );
}

const NONE = { total: 0, rows: [] } as const;

interface MoreProps {
  readonly found: { readonly total: number; readonly rows: readonly unknown[] };
  readonly what: string;
  readonly many: string;
  readonly href: string;
}

/** What there is beyond the worst, and where. */
function More({ found: { total, rows }, what, many, href }: MoreProps) {
  if (total <= rows.length) return null;
  return (
    <li className="px-3 py-2 text-sm">
      <TextLink href={href}>{plural(total - rows.length, `more ${what}`, `more ${many}`)}</TextLink>
    </li>
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
