"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Hourglass, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import type { ShownExpiry } from "../../trpc/index.ts";
import { formatCount, formatSeconds, formatShare } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ChartFrame } from "../ui/chart-frame.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Health } from "../ui/health.tsx";
import { RowLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { AgeBars } from "./age-bars.tsx";
import { expiryInput, expiryParams } from "./expiry-address.ts";
import { MonitorFrame } from "./monitor-frame.tsx";

/** Which online rows are older than their view's ttl, and will soon be. */
export function ExpiryPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(expiryParams);
  const query = useQuery(trpc.monitor.expiry.queryOptions(expiryInput(address), { placeholderData: keepPreviousData, refetchInterval: 30_000 }));
  const search = useCallback((q: string) => void setAddress({ q, page: null }), [setAddress]);
  return (
    <MonitorFrame title="TTL staleness" description="Online keys whose newest row is older than the view's time to live: reads of them answer OUTSIDE_MAX_AGE.">
      <SearchField label="Only views of this name" placeholder="View" value={address.q} onChange={search} />
      <QueryRegion
        query={query}
        what="ttl staleness"
        loading={
          <Panel>
            <SkeletonRows rows={12} />
          </Panel>
        }
      >
        {({ rows, total, page, pageSize }) =>
          total === 0 ? (
            <Panel>
              <Nothing isFiltered={address.q !== ""} onReset={() => void setAddress(null)} />
            </Panel>
          ) : (
            <ChartFrame title="Which online rows are expired?" hint="the most expired first" file="ttl-staleness" figures={figuresOf(rows)}>
              <ExpiryTable rows={rows} />
              <Pager page={page} pageSize={pageSize} total={total} onPage={(next) => void setAddress({ page: next }, { history: "push" })} />
            </ChartFrame>
          )
        }
      </QueryRegion>
    </MonitorFrame>
  );
}

/** A span of age a row, as the bars draw them. */
function figuresOf(rows: readonly ShownExpiry[]): FigureTable {
  const columns = ["view", "share expired", "keys", "looked at", "ttl, seconds", "older than, seconds", "up to, seconds", "keys of that age"];
  return {
    columns: columns.map((name) => (name === "share expired" ? { name, format: formatShare } : { name })),
    rows: rows.flatMap(({ view, share, keys, looked, ttlSeconds, ages }) =>
      ages.map((age, index) => [view, share, keys, looked, ttlSeconds ?? null, ages[index - 1]?.upToSeconds ?? 0, age.upToSeconds, age.keys]),
    ),
  };
}

function Nothing({ isFiltered, onReset }: { readonly isFiltered: boolean; readonly onReset: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No view is named like that" action={<Button onClick={onReset}>Show all views</Button>}>
        Nothing that was looked at in this project matches.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Hourglass} title="Nothing was looked at yet" command="larder monitor run">
      A worker looks at the online rows of each view by itself, some seconds after they were materialized.
    </EmptyState>
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
