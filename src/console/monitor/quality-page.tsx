"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ListChecks, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import type { ShownQuality } from "../../trpc/index.ts";
import { formatCount } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ChartFrame } from "../ui/chart-frame.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { Figure, FigureTable } from "../ui/figures.ts";
import { Health } from "../ui/health.tsx";
import { RowLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { DayStrip, dateOf } from "./day-strip.tsx";
import { MonitorFrame } from "./monitor-frame.tsx";
import { qualityInput, qualityParams } from "./quality-address.ts";
import { QualityMark } from "./quality-state.tsx";

/** What the rows of views are like, day by day. */
export function QualityPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(qualityParams);
  const query = useQuery(trpc.quality.list.queryOptions(qualityInput(address), { placeholderData: keepPreviousData, refetchInterval: 15_000 }));
  const search = useCallback((q: string) => void setAddress({ q, page: null }), [setAddress]);
  return (
    <MonitorFrame
      title="Quality"
      description="The rows of each day (UTC) of event time, held against what is expected of them and against the days before: nulls, ranges, new categories, duplicates, how many."
    >
      <SearchField label="Only views of this name" placeholder="View" value={address.q} onChange={search} />
      <QueryRegion
        query={query}
        what="quality"
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
            <ChartFrame title="Whose rows are not as they should be?" hint="the worst first" file="quality" figures={figuresOf(rows)}>
              <QualityTable rows={rows} />
              <Pager page={page} pageSize={pageSize} total={total} onPage={(next) => void setAddress({ page: next }, { history: "push" })} />
            </ChartFrame>
          )
        }
      </QueryRegion>
    </MonitorFrame>
  );
}

/** A day a row, as the strips draw them. */
function figuresOf(rows: readonly ShownQuality[]): FigureTable {
  const columns = ["view", "day", "verdict", "rows", "usual rows from", "usual rows to", "duplicates", "what is wrong"].map((name) => ({ name }));
  return { columns, rows: rows.flatMap(({ view, days }) => days.toReversed().map((day) => [view, ...dayFigures(day)])) };
}

/** A day as a line of a table: its date, verdict, rows, usual rows from and to, duplicates, findings. */
export function dayFigures({ at, state, rows, usualRows, duplicates, findings }: ShownQuality["days"][number]): readonly Figure[] {
  return [...[dateOf(at), state, rows, usualRows?.low ?? null, usualRows?.high ?? null], ...[duplicates, findings.map(({ text }) => text).join("; ")]];
}

function Nothing({ isFiltered, onReset }: { readonly isFiltered: boolean; readonly onReset: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No view of this name was looked at" action={<Button onClick={onReset}>Show all</Button>}>
        Only views with files to read are looked at.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ListChecks} title="Nothing was looked at yet" command="larder monitor run">
      A worker looks at the days of each view by itself, within a minute of its definition; only views with files to read have any.
    </EmptyState>
  );
}

function QualityTable({ rows }: { readonly rows: readonly ShownQuality[] }) {
  const columns: readonly Column<ShownQuality>[] = [
    { key: "view", header: "View", cell: ({ view }) => <RowLink href={hrefOf(view)}>{view}</RowLink>, className: "whitespace-nowrap align-top" },
    { key: "state", header: "Newest day", cell: (row) => <Newest row={row} />, className: "align-top" },
    { key: "rows", header: "Rows", cell: ({ days }) => <Rows day={days.at(-1)} />, align: "right", className: "align-top whitespace-nowrap" },
    { key: "days", header: "Last 30 days", cell: ({ view, days }) => <DayStrip view={view} days={days} />, className: "w-52 align-top max-lg:hidden" },
    {
      key: "measured",
      header: "Looked at",
      cell: ({ measuredAt }) => <RelativeTime at={measuredAt} />,
      align: "right",
      className: "align-top whitespace-nowrap text-ink-2 max-lg:hidden",
    },
  ];
  const item = (row: ShownQuality) => (
    <div className="space-y-1">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={hrefOf(row.view)} className="truncate">
          {row.view}
        </RowLink>
        <span className="text-ink-3 text-xs">
          <Rows day={row.days.at(-1)} /> rows
        </span>
      </p>
      <Newest row={row} />
      <DayStrip view={row.view} days={row.days} />
    </div>
  );
  return <DataTable caption="Quality of views" columns={columns} rows={rows} rowKey={({ view }) => view} item={item} roomy />;
}

function hrefOf(view: string): string {
  return `/views/${encodeURIComponent(view)}?tab=monitoring`;
}

/** The verdict on the newest day, and what is wrong with it. */
export function Newest({ row: { error, days } }: { readonly row: Pick<ShownQuality, "error" | "days"> }) {
  const newest = days.at(-1);
  return (
    <div className="min-w-0 space-y-0.5">
      {error !== null && (
        <p className="text-ink-2 text-xs">
          <Health state="unknown">not readable</Health> {error}
        </p>
      )}
      {newest === undefined ? (
        error === null && <span className="text-ink-3">no day is over yet</span>
      ) : (
        <p>
          <QualityMark state={newest.state} /> <span className="tabular text-ink-3 text-xs">{dateOf(newest.at)}</span>
        </p>
      )}
      {newest !== undefined && newest.findings.length > 0 && (
        <ul className="text-ink text-xs">
          {newest.findings.map(({ kind, text }) => (
            <li key={`${kind}:${text}`} className="break-words">
              <span className="text-ink-2">{kind}:</span> {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Rows({ day }: { readonly day: ShownQuality["days"][number] | undefined }) {
  return <span className="tabular">{day === undefined ? "–" : formatCount(day.rows)}</span>;
}
