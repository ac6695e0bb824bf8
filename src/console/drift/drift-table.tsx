import { formatP, formatScore } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { RowLink } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import { VerdictStrip } from "./verdict-strip.tsx";
import { driftHref, rowsText, windowName } from "./windows.ts";

export type DriftRow = Outputs["drift"]["list"]["rows"][number];

interface DriftTableProps {
  readonly rows: readonly DriftRow[];
  /** How many windows a strip shows. */
  readonly windows: number;
  /** On a view's own page its name is left out. */
  readonly ofOneView?: boolean;
}

/** Features with their verdict and figures, the rows behind them, and their last windows. */
export function DriftTable({ rows, windows, ofOneView = false }: DriftTableProps) {
  const strip = ({ view, feature, cells, start, end }: DriftRow) => (
    <VerdictStrip view={view} feature={feature} cells={cells} last={{ start, end }} count={windows} />
  );
  const columns: readonly Column<DriftRow>[] = [
    {
      key: "feature",
      header: "Feature",
      cell: ({ view, feature }) => (
        <span className="flex min-w-0 items-baseline gap-2">
          <RowLink href={driftHref(view, feature)}>{feature}</RowLink>
          {!ofOneView && <span className="truncate text-ink-3 text-xs">{view}</span>}
        </span>
      ),
    },
    { key: "verdict", header: "Verdict", cell: (row) => <Verdict row={row} />, className: "w-36" },
    { key: "strip", header: `The last ${windows} windows, UTC`, cell: strip, className: "w-[30%]" },
    { key: "psi", header: "PSI", cell: ({ psi }) => formatScore(psi), align: "right" },
    { key: "w1", header: <abbr title="Wasserstein-1 distance in standard deviations of the baseline">W1/sd</abbr>, cell: wasserstein, align: "right" },
    { key: "p", header: <abbr title="p of the PSI, adjusted over the features judged together">adj. p</abbr>, cell: adjusted, align: "right" },
    { key: "n", header: "Rows", cell: (row) => <span className="text-ink-2 text-xs">{rowsText(row)}</span>, align: "right" },
    { key: "since", header: "Since", cell: (row) => <Since row={row} />, align: "right", className: "max-lg:hidden" },
  ];
  const item = (row: DriftRow) => (
    <div className="space-y-1.5">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={driftHref(row.view, row.feature)} className="truncate">
          {row.feature}
        </RowLink>
        <VerdictMark verdict={row.verdict} className="text-xs" />
      </p>
      {strip(row)}
      <p className="text-ink-3 text-xs [overflow-wrap:anywhere]">
        {!ofOneView && `${row.view}, `}PSI {formatScore(row.psi)}, {rowsText(row)}
        {row.since && (
          <>
            , since <RelativeTime at={row.since} />
          </>
        )}
      </p>
    </div>
  );
  return <DataTable caption="Drift of features" columns={columns} rows={rows} rowKey={({ view, feature }) => `${view}:${feature}`} item={item} />;
}

function Verdict({ row }: { readonly row: DriftRow }) {
  return (
    <span title={`In the window ${windowName(row)}`}>
      <VerdictMark verdict={row.verdict} />
    </span>
  );
}

function Since({ row: { since } }: { readonly row: DriftRow }) {
  return since === null ? <span className="text-ink-3">–</span> : <RelativeTime at={since} className="text-ink-2" />;
}

function wasserstein({ wassersteinSd }: DriftRow) {
  return wassersteinSd === null ? <span className="text-ink-3">–</span> : formatScore(wassersteinSd);
}

function adjusted({ adjustedP }: DriftRow) {
  return adjustedP === null ? <span className="text-ink-3">–</span> : <span title={adjustedP.toExponential(2)}>{formatP(adjustedP)}</span>;
}

/** The same as a table to save: a feature a row. */
export function driftFigures(rows: readonly DriftRow[]): FigureTable {
  const columns = ["view", "feature", "verdict", "window start", "PSI", "W1/sd", "adjusted p", "rows now", "rows of the baseline", "drifts since", "owner"];
  return {
    columns: columns.map((name) => ({ name })),
    rows: rows.map(({ view, feature, verdict, start, psi, wassersteinSd, adjustedP, currentRows, baselineRows, since, team, owner }) => [
      ...[view, feature, verdict, start, psi, wassersteinSd, adjustedP],
      ...[currentRows, baselineRows, since, team ?? owner],
    ]),
  };
}
