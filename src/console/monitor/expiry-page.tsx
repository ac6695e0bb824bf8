"use client";
import { useQuery } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import type { ShownExpiry } from "../../trpc/index.ts";
import { formatCount, formatSeconds, formatShare } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Health } from "../ui/health.tsx";
import { RowLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { AgeBars } from "./age-bars.tsx";
import { MonitorFrame } from "./monitor-frame.tsx";

/** Which online rows are older than their view's ttl, and will soon be. */
export function ExpiryPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.monitor.expiry.queryOptions(undefined, { refetchInterval: 30_000 }));
  return (
    <MonitorFrame title="TTL staleness" description="Online keys whose newest row is older than the view's time to live: reads of them answer OUTSIDE_MAX_AGE.">
      <Panel>
        <QueryRegion query={query} what="ttl staleness" loading={<SkeletonRows rows={12} />}>
          {(rows) =>
            rows.length > 0 ? (
              <ExpiryTable rows={rows} />
            ) : (
              <EmptyState icon={Hourglass} title="Nothing was looked at yet" command="larder monitor run">
                A worker looks at the online rows of each view by itself, some seconds after they were materialized.
              </EmptyState>
            )
          }
        </QueryRegion>
      </Panel>
    </MonitorFrame>
  );
}

function ExpiryTable({ rows }: { readonly rows: readonly ShownExpiry[] }) {
  const columns: readonly Column<ShownExpiry>[] = [
    { key: "view", header: "View", cell: ({ view }) => <RowLink href={`/views/${view}?tab=monitoring`}>{view}</RowLink> },
    { key: "share", header: "Expired", cell: (row) => <ExpiredShare row={row} />, className: "w-40" },
    { key: "keys", header: "Keys", cell: ({ keys, exact }) => `${exact ? "" : "≈ "}${formatCount(keys)}`, align: "right" },
    { key: "ttl", header: "TTL", cell: ({ ttlSeconds }) => (ttlSeconds ? formatSeconds(ttlSeconds) : "no limit"), align: "right" },
    { key: "ages", header: "Ages, young to old", cell: (row) => <AgeBars row={row} />, className: "w-48 max-lg:hidden" },
    { key: "wholly", header: "All expired", cell: (row) => <WhollyExpired row={row} />, align: "right" },
    { key: "basis", header: "Looked at", cell: (row) => <Basis row={row} />, align: "right", className: "max-lg:hidden text-ink-2" },
  ];
  const item = (row: ShownExpiry) => (
    <div className="space-y-1">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={`/views/${row.view}?tab=monitoring`} className="truncate">
          {row.view}
        </RowLink>
        <ExpiredShare row={row} />
      </p>
      <p className="text-ink-3 text-xs">
        {formatCount(row.keys)} keys, ttl {row.ttlSeconds ? formatSeconds(row.ttlSeconds) : "without limit"}
      </p>
    </div>
  );
  return <DataTable caption="TTL staleness of views" columns={columns} rows={rows} rowKey={({ view }) => view} item={item} />;
}

const ATTENTION_FROM = 0.1;

export function ExpiredShare({ row: { share, ttlSeconds, looked, error } }: { readonly row: ShownExpiry }) {
  if (error !== null)
    return (
      <span title={error}>
        <Health state="unknown">not readable</Health>
      </span>
    );
  if (!ttlSeconds) return <span className="text-ink-2">never expires</span>;
  if (share === null || looked === 0) return <span className="text-ink-2">no rows</span>;
  return <Health state={share >= 1 ? "bad" : share >= ATTENTION_FROM ? "attention" : "good"}>{formatShare(share)}</Health>;
}

export function WhollyExpired({ row: { whollyExpiredAt, share } }: { readonly row: ShownExpiry }) {
  if (whollyExpiredAt === null) return <span className="text-ink-3">–</span>;
  return (
    <span className={share === 1 ? "text-bad" : "text-ink-2"} title="Unless new rows come">
      <RelativeTime at={whollyExpiredAt} />
    </span>
  );
}

function Basis({ row: { exact, looked, measuredAt } }: { readonly row: ShownExpiry }) {
  return (
    <span>
      {exact ? "all" : `a sample of ${formatCount(looked)}`}, <RelativeTime at={measuredAt} />
    </span>
  );
}
