"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Equal, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { formatCount } from "../format/index.ts";
import { MonitorFrame } from "../monitor/monitor-frame.tsx";
import { OwnerName } from "../monitor/since-whose.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ExportMenu } from "../ui/chart-frame.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { RowLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { FOUND_ORDER, FOUND_WORDS } from "./found-words.ts";
import { parityInput, parityParams } from "./parity-address.ts";
import { MismatchRate, ParityMark, SamplingText } from "./parity-mark.tsx";

/** Whether what was served is what history answers for the same instant, view by view. */
export function ParityPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(parityParams);
  const query = useQuery(trpc.parity.list.queryOptions(parityInput(address), { placeholderData: keepPreviousData, refetchInterval: 30_000 }));
  const search = useCallback((q: string) => void setAddress({ q, page: null }), [setAddress]);
  return (
    <MonitorFrame
      title="Parity"
      description="Samples of what serving answered in the last 7 days, held against what history answers for the same key at the same instant."
    >
      <SearchField label="Only views of this name" placeholder="View" value={address.q} onChange={search} />
      <Panel
        title="Is the same served as stands in history?"
        hint="the most differing first"
        action={query.data && query.data.total > 0 && <ExportMenu title="Parity of views" file="parity" figures={figuresOf(query.data.rows)} chart={null} />}
      >
        <QueryRegion query={query} what="parity" loading={<SkeletonRows rows={12} />}>
          {(data) =>
            data.total === 0 ? (
              <Nothing isFiltered={address.q !== ""} onReset={() => void setAddress(null)} />
            ) : (
              <>
                <ParityTable rows={data.rows} />
                <Pager page={data.page} pageSize={data.pageSize} total={data.total} onPage={(page) => void setAddress({ page }, { history: "push" })} />
              </>
            )
          }
        </QueryRegion>
      </Panel>
    </MonitorFrame>
  );
}

const NEITHER = FOUND_ORDER.filter((one) => one !== "match" && one !== "mismatch");

type Row = Outputs["parity"]["list"]["rows"][number];

function ParityTable({ rows }: { readonly rows: readonly Row[] }) {
  const columns: readonly Column<Row>[] = [
    { key: "view", header: "View", cell: ({ view }) => <RowLink href={`/views/${view}?tab=monitoring`}>{view}</RowLink> },
    { key: "now", header: "Last day", cell: ({ verdict }) => <ParityMark verdict={verdict} />, className: "w-44" },
    { key: "rate", header: "Differing, of compared", cell: (row) => <MismatchRate {...row} />, align: "right" },
    {
      key: "others",
      header: <abbr title="Looked at, and neither the same nor wrong: hover a row to see why">Neither</abbr>,
      cell: (row) => <Others row={row} />,
      className: "max-lg:hidden text-ink-2",
    },
    {
      key: "looked",
      header: "Looked at",
      cell: ({ found }) => formatCount(Object.values(found).reduce((sum, samples) => sum + samples, 0)),
      align: "right",
    },
    { key: "sampling", header: "Sampling", cell: ({ sampling }) => <SamplingText sampling={sampling} />, align: "right", className: "max-lg:hidden" },
    {
      key: "owner",
      header: "Owner",
      cell: (row) => <OwnerName {...row} />,
      className: "max-lg:hidden",
    },
  ];
  const item = (row: Row) => (
    <div className="space-y-1">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={`/views/${row.view}?tab=monitoring`} className="truncate">
          {row.view}
        </RowLink>
        <ParityMark verdict={row.verdict} />
      </p>
      <p className="text-ink-2 text-xs">
        <MismatchRate {...row} /> differ; sampling <SamplingText sampling={row.sampling} />
      </p>
    </div>
  );
  return <DataTable caption="Parity of views" columns={columns} rows={rows} rowKey={({ view }) => view} item={item} />;
}

/** What was found besides same and different, which is nobody's fault. */
function Others({ row: { found } }: { readonly row: Row }) {
  const others = NEITHER.filter((one) => (found[one] ?? 0) > 0);
  if (others.length === 0) return <span className="text-ink-3">–</span>;
  return (
    <span className="block max-w-80 truncate" title={others.map((one) => `${FOUND_WORDS[one].text}: ${FOUND_WORDS[one].why}`).join("\n")}>
      {others.map((one) => `${formatCount(found[one] ?? 0)} ${FOUND_WORDS[one].text}`).join(", ")}
    </span>
  );
}

function figuresOf(rows: readonly Row[]): FigureTable {
  const columns = [
    "view",
    "verdict",
    "compared",
    "differing",
    ...NEITHER.map((one) => FOUND_WORDS[one].text),
    "sampling rate",
    "rows per second at most",
    "owner",
  ];
  return {
    columns: columns.map((name) => ({ name })),
    rows: rows.map(({ view, verdict, compared, mismatches, found, sampling, team, owner }) => [
      ...[view, verdict, compared, mismatches],
      ...NEITHER.map((one) => found[one] ?? 0),
      ...[sampling.rate, sampling.rowsPerSecondMax, team ?? owner],
    ]),
  };
}

function Nothing({ isFiltered, onReset }: { readonly isFiltered: boolean; readonly onReset: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No view of that name is served" action={<Button onClick={onReset}>Show all</Button>}>
        Parity is of views that are online.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Equal} title="No view is served online" command="larder apply">
      Serving keeps a share of what it answers, and a worker compares it with the history.
    </EmptyState>
  );
}
