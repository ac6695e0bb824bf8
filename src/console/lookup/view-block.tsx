"use client";
import { useQuery } from "@tanstack/react-query";
import { plural } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { DataTable } from "../ui/data-table.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { KeyColumns } from "./key-columns.tsx";
import { FeatureName, type FeatureRow, isValue, Moment, Value } from "./lookup-cells.tsx";
import type { LookupInput, OnlineView } from "./lookup-data.ts";
import { CellMark, RowMark, StatusMark } from "./verdict-mark.tsx";
import { type FeatureCell, isDifference, type ViewColumn, viewColumn } from "./view-cells.ts";

interface ViewBlockProps {
  readonly view: OnlineView;
  readonly input: LookupInput;
  readonly labels: readonly string[];
  readonly onlyDifferences: boolean;
}

/** One view's features for the keys asked: online first, the source beside it when it answers. */
export function ViewBlock({ view, input, labels, onlyDifferences }: ViewBlockProps) {
  const trpc = useTRPC();
  const offline = useQuery(trpc.lookup.offline.queryOptions({ ...input, view: view.view }, { retry: false, staleTime: 15_000 }));
  const columns = labels.map((_, index) => viewColumn(view, index, offline.data));
  const rows = view.features.map((feature, index) => ({
    ...feature,
    cells: columns.map((column) => column.cells[index]).filter((cell) => cell !== undefined),
  }));
  const shown = onlyDifferences ? rows.filter(({ cells }) => cells.some((cell, index) => columns[index] && isDifference(columns[index], cell))) : rows;
  const hidden = rows.length - shown.length;
  const [only] = columns;
  const version =
    view.served === null ? "no version is ready" : view.served === view.newest ? `version ${view.served}` : `version ${view.served} of ${view.newest}`;
  return (
    <Panel
      title={<TextLink href={`/views/${view.view}`}>{view.view}</TextLink>}
      hint={view.online ? version : "offline only"}
      action={
        columns.length === 1 && only?.row ? (
          <span className="text-xs">
            <RowMark verdict={only.row} />
          </span>
        ) : undefined
      }
    >
      {columns.length === 1 && only && <Times view={view} column={only} isPending={offline.isPending} />}
      {offline.isError && (
        <p role="status" className="border-line border-b bg-attention-soft px-3 py-1.5 text-ink text-xs">
          The source cannot be compared: {errorInfoOf(offline.error).message}{" "}
          <button type="button" onClick={() => void offline.refetch()} className="font-medium underline underline-offset-2">
            Try again
          </button>
        </p>
      )}
      {shown.length > 0 && columns.length === 1 && only && <OneKey view={view.view} rows={shown} column={only} isPending={offline.isPending} />}
      {shown.length > 0 && columns.length > 1 && <KeyColumns view={view.view} labels={labels} columns={columns} rows={shown} isPending={offline.isPending} />}
      {hidden > 0 && (
        <p className="px-3 py-2 text-ink-3 text-xs">
          {plural(hidden, "feature")} without a difference {hidden === 1 ? "is" : "are"} not shown.
        </p>
      )}
    </Panel>
  );
}

function Times({ view, column, isPending }: { readonly view: OnlineView; readonly column: ViewColumn; readonly isPending: boolean }) {
  const isBehind = column.row === "source_newer" || column.row === "not_online";
  return (
    <p className="flex flex-wrap gap-x-5 gap-y-0.5 border-line border-b px-3 py-1.5 text-ink-2 text-xs">
      <span>
        Online event <Moment micros={column.onlineTime} none={view.online ? "none" : "not served"} />
      </span>
      <span>
        Source event{" "}
        {isPending ? (
          <Skeleton className="inline-block h-3 w-16 align-middle" />
        ) : (
          <Moment micros={column.sourceTime} none={column.row === null ? "unknown" : "none"} />
        )}
      </span>
      {isBehind && <TextLink href={`/views/${view.view}?materialize=${view.view}`}>Materialize</TextLink>}
    </p>
  );
}

interface OneKeyProps {
  readonly view: string;
  readonly rows: readonly FeatureRow[];
  readonly column: ViewColumn;
  readonly isPending: boolean;
}

function OneKey({ view, rows, column, isPending }: OneKeyProps) {
  const cellOf = ({ cells }: FeatureRow) => cells[0];
  const mark = (cell: FeatureCell | undefined) => (cell && column.row ? <CellMark row={column.row} cell={cell.verdict} /> : null);
  return (
    <DataTable
      caption={`Features of ${view}`}
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { key: "feature", header: "Feature", cell: (row) => <FeatureName row={row} />, className: "w-[26%]" },
        {
          key: "online",
          header: "Online",
          cell: (row) => <Value value={cellOf(row)?.online} type={row.type} isShown={isValue(cellOf(row))} />,
          className: "w-[22%] max-w-0",
        },
        { key: "status", header: "Status", cell: (row) => <Status cell={cellOf(row)} />, className: "w-32" },
        {
          key: "source",
          header: "Newest in the source",
          cell: (row) =>
            isPending ? <Skeleton className="h-3 w-20" /> : <Value value={cellOf(row)?.source} type={row.type} isShown={cellOf(row)?.hasSource === true} />,
          className: "w-[22%] max-w-0",
        },
        { key: "compared", header: "Compared", cell: (row) => <span className="text-xs">{mark(cellOf(row))}</span>, className: "w-40" },
      ]}
      item={(row) => (
        <div className="grid gap-1">
          <span className="flex items-baseline justify-between gap-2">
            <FeatureName row={row} />
            <Status cell={cellOf(row)} />
          </span>
          <span className="grid grid-cols-[56px_minmax(0,1fr)] gap-x-2 text-xs">
            <span className="text-ink-3">online</span>
            <Value value={cellOf(row)?.online} type={row.type} isShown={isValue(cellOf(row))} />
            <span className="text-ink-3">source</span>
            <Value value={cellOf(row)?.source} type={row.type} isShown={cellOf(row)?.hasSource === true} />
          </span>
          <span className="text-xs">{mark(cellOf(row))}</span>
        </div>
      )}
    />
  );
}

function Status({ cell }: { readonly cell: FeatureCell | undefined }) {
  if (!cell?.status) return <span className="text-ink-3 text-xs">not served</span>;
  return (
    <span className="text-xs">
      <StatusMark status={cell.status} />
    </span>
  );
}
