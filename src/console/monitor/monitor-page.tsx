"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import type { ShownFreshness } from "../../trpc/index.ts";
import { DriftingTable } from "../drift/drifting-table.tsx";
import { formatCount, formatSeconds, plural } from "../format/index.ts";
import { IncidentTable } from "../incident/incident-table.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { CommandLine } from "../ui/code.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { AppLink, RowLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { HitServices } from "./hit-services.tsx";
import { MonitorFrame } from "./monitor-frame.tsx";
import { OwnerName, SinceWhose } from "./since-whose.tsx";
import { TimelinessMark } from "./timeliness.tsx";
import { SilentWorker, WorkerMark } from "./worker-state.tsx";

const REFRESH_MS = 10_000;

/** What is wrong now, since when, whose it is, and who is hit. */
export function MonitorPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.monitor.overview.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  return (
    <MonitorFrame title="Monitoring" description="What is wrong now, since when, whose it is, and who is hit.">
      <QueryRegion query={query} what="the monitor" loading={<SkeletonRows rows={10} />}>
        {(data) => (
          <>
            <Counts data={data} />
            <SilentWorker seenAt={data.workerSeenAt} />
            {data.incidents.total > 0 && (
              <Panel
                title="Open incidents"
                action={
                  <TextLink href="/incidents" className="text-xs">
                    All incidents
                  </TextLink>
                }
              >
                <IncidentTable caption="Open incidents" incidents={data.incidents.rows} />
                <More shown={data.incidents.rows.length} total={data.incidents.total} what="open incident" href="/incidents?state=open" />
              </Panel>
            )}
            <Panel
              title="Views that are not on time"
              action={
                <TextLink href="/monitoring/freshness" className="text-xs">
                  All views
                </TextLink>
              }
            >
              <WrongViews data={data} />
              <More shown={data.wrong.rows.length} total={data.wrong.total} what="view" href="/monitoring/freshness" />
            </Panel>
            {data.drifting.total > 0 && (
              <Panel
                title="Features that drift"
                action={
                  <TextLink href="/monitoring/drift" className="text-xs">
                    All features
                  </TextLink>
                }
              >
                <DriftingTable rows={data.drifting.rows} />
                <More shown={data.drifting.rows.length} total={data.drifting.total} what="feature" href="/monitoring/drift?verdict=drift" />
              </Panel>
            )}
            <CommandLine command="larder monitor status" className="max-w-md" />
          </>
        )}
      </QueryRegion>
    </MonitorFrame>
  );
}

interface MoreProps {
  readonly shown: number;
  readonly total: number;
  readonly what: string;
  readonly href: string;
}

/** How many more there are than are shown, and where. */
function More({ shown, total, what, href }: MoreProps) {
  if (total <= shown) return null;
  return (
    <p className="border-line border-t px-3 py-2 text-sm">
      <TextLink href={href}>{plural(total - shown, `more ${what}`)}</TextLink>
    </p>
  );
}

type Overview = Outputs["monitor"]["overview"];

function Counts({ data: { counts, views, workerSeenAt } }: { readonly data: Overview }) {
  const states = ["on time", "at risk", "late", "unknown"] as const;
  return (
    <Tiles>
      {states.map((state) => (
        <Tile
          key={state}
          label={state.charAt(0).toUpperCase() + state.slice(1)}
          value={
            <AppLink href={`/monitoring/freshness?state=${encodeURIComponent(state)}`} className="tabular rounded hover:text-accent">
              {formatCount(counts[state] ?? 0)}
            </AppLink>
          }
          note={`of ${plural(views, "view")}`}
        />
      ))}
      <Tile
        label="Worker"
        value={<WorkerMark seenAt={workerSeenAt} />}
        note={
          workerSeenAt ? (
            <>
              seen <RelativeTime at={workerSeenAt} />
            </>
          ) : (
            "never seen"
          )
        }
      />
    </Tiles>
  );
}

function WrongViews({ data: { wrong, views } }: { readonly data: Overview }) {
  if (wrong.total === 0) {
    return (
      <EmptyState icon={CircleCheck} title={views === 0 ? "There is nothing to watch yet" : "Every view is on time"} compact>
        {views === 0
          ? "Views are watched from the moment they are applied."
          : "Each has data as new as its objective asks for. This page looks again by itself."}
      </EmptyState>
    );
  }
  const columns: readonly Column<ShownFreshness>[] = [
    { key: "state", header: "State", cell: ({ state }) => <TimelinessMark state={state} />, className: "w-28" },
    { key: "view", header: "View", cell: ({ view }) => <RowLink href={`/views/${view}?tab=monitoring`}>{view}</RowLink> },
    {
      key: "why",
      header: "Why",
      cell: (row) => (
        <span className="block truncate text-ink-2" title={row.causeText}>
          {row.causeText}
        </span>
      ),
      className: "w-[38%] max-w-0",
    },
    {
      key: "since",
      header: "Since",
      cell: ({ lateSince }) => (lateSince ? <RelativeTime at={lateSince} /> : <span className="text-ink-3">–</span>),
      className: "w-24",
    },
    { key: "owner", header: "Owner", cell: (row) => <OwnerName {...row} />, className: "max-lg:hidden" },
    { key: "hit", header: "Who is hit", cell: ({ services }) => <HitServices names={services} />, className: "max-lg:hidden" },
  ];
  return <DataTable caption="Views that are not on time" columns={columns} rows={wrong.rows} rowKey={({ view }) => view} item={(row) => <Item row={row} />} />;
}

function Item({ row }: { readonly row: ShownFreshness }) {
  const { view, state, causeText, ageSeconds, lateSince, team, owner, services } = row;
  return (
    <div className="space-y-0.5">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={`/views/${view}?tab=monitoring`} className="truncate">
          {view}
        </RowLink>
        <TimelinessMark state={state} className="text-xs" />
      </p>
      <p className="text-ink-3 text-xs">
        {causeText} {ageSeconds !== null && `Newest event ${formatSeconds(ageSeconds)} old.`}
      </p>
      <p className="text-ink-3 text-xs">
        <SinceWhose since={lateSince} team={team} owner={owner} services={services} />
      </p>
    </div>
  );
}
