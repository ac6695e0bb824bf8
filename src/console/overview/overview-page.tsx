"use client";
import { useQuery } from "@tanstack/react-query";
import { PackageOpen, Play } from "lucide-react";
import type { ReactNode } from "react";
import { entryHref } from "../catalog/entry-href.ts";
import { KIND_ICONS, KIND_WORDS } from "../catalog/kinds.ts";
import { formatCount } from "../format/index.ts";
import { RunTable } from "../run/run-table.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { useProject } from "../shell/project.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { CommandLine } from "../ui/code.tsx";
import { Health } from "../ui/health.tsx";
import { AppLink, RowLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { OVERVIEW_CHANGES, OVERVIEW_RUNS } from "./overview-inputs.ts";
import { stillFailing } from "./still-failing.ts";

const RUNS_SHOWN = 8;

/** What is wrong now, what ran, what is new. */
export function OverviewPage() {
  const { current } = useProject();
  return (
    <Page crumbs={[{ text: "Overview" }]}>
      <PageTitle title={current ?? "Overview"} kind={current ? "project" : undefined} />
      <div className="mt-4 space-y-4">
        <Counts />
        <WrongNow />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <LastRuns />
          <NewestChanges />
        </div>
      </div>
    </Page>
  );
}

function Counts() {
  return (
    <Tiles>
      <CountTile kind="feature_view" href="/catalog?kind=feature_view" />
      <CountTile kind="feature" href="/catalog?kind=feature" />
      <CountTile kind="entity" href="/entities" />
      <CountTile kind="data_source" href="/sources" />
      <CountTile kind="feature_service" href="/services" />
    </Tiles>
  );
}

function CountTile({ kind, href }: { readonly kind: keyof typeof KIND_WORDS; readonly href: string }) {
  const trpc = useTRPC();
  const { data, isError } = useQuery(trpc.catalog.list.queryOptions({ kinds: [kind], pageSize: 1 }));
  const words = KIND_WORDS[kind].many;
  return (
    <Tile
      label={words.charAt(0).toUpperCase() + words.slice(1)}
      value={
        data ? (
          <AppLink href={href} className="tabular rounded hover:text-accent">
            {formatCount(data.total)}
          </AppLink>
        ) : isError ? (
          <span className="text-ink-2">unknown</span>
        ) : (
          <Skeleton className="h-5 w-10" />
        )
      }
    />
  );
}

/** Nothing is shown where nothing is wrong. */
function WrongNow() {
  const trpc = useTRPC();
  const runs = useQuery(trpc.run.list.queryOptions(OVERVIEW_RUNS));
  const info = useQuery(trpc.system.info.queryOptions(undefined, { refetchInterval: 15_000 }));
  const failing = stillFailing(runs.data?.rows ?? []);
  const noWorker = info.data?.workers === 0;
  if (failing.length === 0 && !noWorker) return null;
  return (
    <Panel title="Needs attention">
      <ul className="divide-y divide-line">
        {noWorker && (
          <Problem state="attention" title="No worker is running" action={<CommandLine command="larder worker" className="min-w-52" />}>
            Runs wait in the queue until one is started.
          </Problem>
        )}
        {failing.map((run) => (
          <Problem key={run.id} state="bad" title={`${run.view ?? run.kind} failed`} action={<TextLink href={`/runs/${run.id}`}>Open the run</TextLink>}>
            {run.error?.message ?? "It ended without a word."} <RelativeTime at={run.finishedAt ?? run.createdAt} className="text-ink-3" />
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

function LastRuns() {
  const trpc = useTRPC();
  const query = useQuery(trpc.run.list.queryOptions(OVERVIEW_RUNS));
  return (
    <Panel
      title="Last runs"
      action={
        <TextLink href="/runs" className="text-xs">
          All runs
        </TextLink>
      }
    >
      <QueryRegion query={query} what="the runs" loading={<SkeletonRows rows={RUNS_SHOWN} />}>
        {({ rows }) =>
          rows.length > 0 ? (
            <RunTable caption="Last runs" runs={rows.slice(0, RUNS_SHOWN)} compact />
          ) : (
            <EmptyState
              icon={Play}
              title="Nothing has run yet"
              compact
              command="larder materialize-incremental"
              action={
                <Button look="primary" asChild>
                  <AppLink href="/catalog?kind=feature_view">Choose a view to materialize</AppLink>
                </Button>
              }
            >
              Features can be read online once their view was materialized.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}

function NewestChanges() {
  const trpc = useTRPC();
  const query = useQuery(trpc.catalog.list.queryOptions(OVERVIEW_CHANGES));
  return (
    <Panel
      title="Newest definitions"
      action={
        <TextLink href="/catalog?sort=updated" className="text-xs">
          Catalog
        </TextLink>
      }
    >
      <QueryRegion query={query} what="the newest definitions" loading={<SkeletonRows rows={RUNS_SHOWN} columns={2} />}>
        {({ rows }) =>
          rows.length > 0 ? (
            <ul className="divide-y divide-line">
              {rows.map((entry) => {
                const Icon = KIND_ICONS[entry.kind];
                return (
                  <li
                    key={`${entry.kind}:${entry.name}`}
                    className="relative flex h-8 items-center gap-2.5 px-3 hover:bg-hover has-[[data-row-link]:focus-visible]:bg-hover"
                  >
                    <Icon className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" />
                    <RowLink href={entryHref(entry)} className="truncate">
                      {entry.name}
                    </RowLink>
                    <span className="flex-1 truncate text-ink-3 text-xs">{KIND_WORDS[entry.kind].one}</span>
                    <RelativeTime at={entry.updatedAt} className="text-ink-2" />
                  </li>
                );
              })}
            </ul>
          ) : (
            <EmptyState icon={PackageOpen} title="Nothing is applied yet" compact command="larder apply --repo DIR">
              Entities, sources, views and services are written down in a feature repo; applying it puts them here.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}
