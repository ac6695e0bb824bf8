"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Gauge, SearchX } from "lucide-react";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { formatSeconds, formatShare } from "../format/index.ts";
import { useHref } from "../shell/project.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ChartFrame } from "../ui/chart-frame.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { RowLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { freshnessInput, freshnessParams } from "./freshness-address.ts";
import { type HeatCell, HeatLegend, HeatStrip, HourTicks } from "./heat-strip.tsx";
import { MonitorFrame } from "./monitor-frame.tsx";
import { TimelinessMark } from "./timeliness.tsx";

const HOUR_MS = 3_600_000;
const SPANS = [
  { value: "24", text: "24 h" },
  { value: "72", text: "3 d" },
  { value: "168", text: "7 d" },
] as const;

/** Views by time: which was late when, and how much lateness its objective still allows. */
export function FreshnessPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(freshnessParams);
  const query = useQuery(trpc.monitor.freshness.queryOptions(freshnessInput(address), { placeholderData: keepPreviousData, refetchInterval: 30_000 }));
  const search = useCallback((q: string) => void setAddress({ q, page: null }), [setAddress]);
  return (
    <MonitorFrame title="Freshness" description="How new each view's data is against its objective, now and hour by hour.">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Only views of this name" placeholder="View" value={address.q} onChange={search} />
        <Segmented
          label="How far back"
          value={String(address.hours) as "24" | "72" | "168"}
          options={SPANS}
          onChange={(hours) => void setAddress({ hours: Number(hours) as 24 | 72 | 168 })}
        />
        {address.state && (
          <Button size="sm" onClick={() => void setAddress({ state: null, page: null })}>
            only {address.state} ×
          </Button>
        )}
      </div>
      <HeatLegend hours={address.hours} />
      <QueryRegion
        query={query}
        what="freshness"
        loading={
          <Panel>
            <SkeletonRows rows={12} />
          </Panel>
        }
      >
        {(data) =>
          data.total === 0 ? (
            <Panel>
              <Nothing isFiltered={address.q !== "" || address.state !== null} onReset={() => void setAddress(null)} />
            </Panel>
          ) : (
            <ChartFrame title="Which views are late?" hint="the worst first" file="freshness" figures={figuresOf(data)}>
              <FreshnessTable data={data} />
              <Pager page={data.page} pageSize={data.pageSize} total={data.total} onPage={(page) => void setAddress({ page }, { history: "push" })} />
            </ChartFrame>
          )
        }
      </QueryRegion>
    </MonitorFrame>
  );
}

type Data = Outputs["monitor"]["freshness"];
type Row = Data["rows"][number];

function FreshnessTable({ data: { rows, from, hours } }: { readonly data: Data }) {
  const router = useRouter();
  const href = useHref();
  const strip = ({ view, spans }: Row) => (
    <HeatStrip view={view} from={from} hours={hours} cells={cellsOf(spans, from)} onOpen={(hour) => router.push(href(hourHref(view, hour)))} />
  );
  const columns: readonly Column<Row>[] = [
    { key: "view", header: "View", cell: ({ view }) => <RowLink href={`/views/${view}?tab=monitoring`}>{view}</RowLink> },
    {
      key: "state",
      header: "Now",
      cell: ({ state, causeText }) => (
        <span title={causeText || undefined}>
          <TimelinessMark state={state} />
        </span>
      ),
      className: "w-24",
    },
    { key: "strip", header: <StripHead from={from} hours={hours} />, cell: strip, className: "w-[42%]" },
    { key: "age", header: "Age", cell: ({ ageSeconds }) => seconds(ageSeconds), align: "right" },
    {
      key: "objective",
      header: "Objective",
      cell: ({ objectiveSeconds, basis }) => <span title={basis === null ? undefined : BASIS[basis]}>{seconds(objectiveSeconds)}</span>,
      align: "right",
    },
    { key: "slo", header: "30 days", cell: ({ slo }) => (slo.good === null ? "–" : formatShare(slo.good)), align: "right", className: "max-lg:hidden" },
    { key: "budget", header: "Budget left", cell: ({ slo }) => budget(slo.budgetLeft), align: "right", className: "max-lg:hidden" },
  ];
  const item = (row: Row) => (
    <div className="space-y-1.5">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={`/views/${row.view}?tab=monitoring`} className="truncate">
          {row.view}
        </RowLink>
        <TimelinessMark state={row.state} className="text-xs" />
      </p>
      {strip(row)}
      <p className="text-ink-3 text-xs">
        {seconds(row.ageSeconds)} old, objective {seconds(row.objectiveSeconds)}
      </p>
    </div>
  );
  return <DataTable caption="Freshness of views" columns={columns} rows={rows} rowKey={({ view }) => view} item={item} />;
}

function StripHead({ from, hours }: Pick<Data, "from" | "hours">) {
  return (
    <>
      <span className="sr-only">The last {hours === 24 ? "24 hours" : `${hours / 24} days`}, UTC</span>
      <HourTicks from={from} hours={hours} />
    </>
  );
}

function hourHref(view: string, hour: Date | null): string {
  const path = `/views/${encodeURIComponent(view)}?tab=monitoring`;
  return hour === null ? path : `${path}&hour=${hour.toISOString().replace(".000Z", "Z")}`;
}

function cellsOf(spans: Row["spans"], from: Date): readonly HeatCell[] {
  const at = (hour: number) => new Date(from.getTime() + hour * HOUR_MS);
  return spans.flatMap(({ hour, hours, state, cause }) => Array.from({ length: hours }, (_, index) => ({ at: at(hour + index), state, cause })));
}

/** An hour a row, as the strips draw them. */
function figuresOf({ rows, from }: Data): FigureTable {
  const columns = [{ name: "view" }, { name: "hour" }, { name: "state" }, { name: "cause" }, { name: "age now, seconds" }, { name: "objective, seconds" }];
  return {
    columns,
    rows: rows.flatMap(({ view, spans, ageSeconds, objectiveSeconds }) =>
      cellsOf(spans, from).map(({ at, state, cause }) => [view, at, state, cause, ageSeconds, objectiveSeconds]),
    ),
  };
}

const BASIS = { view: "as the view says", schedule: "twice the wait between two runs", source: "twice the age that its source usually gets to" } as const;

function seconds(value: number | null): string {
  return value === null ? "–" : formatSeconds(Math.max(0, value));
}

/** Of the lateness that 99 % in 30 days allow. */
export function budget(left: number | null): string {
  if (left === null) return "–";
  return left < 0 ? "overspent" : formatShare(left);
}

function Nothing({ isFiltered, onReset }: { readonly isFiltered: boolean; readonly onReset: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No view is like that" action={<Button onClick={onReset}>Show all views</Button>}>
        No view of this project matches.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Gauge} title="There is nothing to watch yet" command="larder apply --repo DIR">
      Views are watched from the moment they are applied.
    </EmptyState>
  );
}
