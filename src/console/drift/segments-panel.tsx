"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, formatFigure, formatShare } from "../format/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ChartFrame } from "../ui/chart-frame.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Select } from "../ui/field.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { labelOf } from "./moved-bins.ts";
import { strongestText } from "./strongest-text.ts";
import type { Verdict } from "./verdict-mark.tsx";
import { windowName } from "./windows.ts";

type Shift = Outputs["drift"]["segments"]["shifts"][number];
type Segment = Shift["segments"][number];

interface SegmentsPanelProps {
  readonly view: string;
  readonly feature: string;
  readonly window: { readonly start: Date; readonly end: Date; readonly verdict: Verdict };
  readonly columns: readonly string[];
  /** The column of the address; null: the one that explains most. */
  readonly by: string | null;
  readonly onBy: (by: string) => void;
}

const TITLE = "Which rows does it come from?";

/** Divides the shift by a column: where a part of the rows carries more of it than its size, that is where to look. */
export function SegmentsPanel({ view, feature, window, columns, by, onBy }: SegmentsPanelProps) {
  const trpc = useTRPC();
  const [isAsked, setIsAsked] = useState(false);
  // It reads the rows of both windows: by itself only where there is a shift to explain.
  const isWanted = isAsked || by !== null || window.verdict === "drift" || window.verdict === "watch";
  const ask = { view, feature, window: window.start };
  const found = useQuery(trpc.drift.segments.queryOptions({ ...ask, by: null }, { staleTime: Number.POSITIVE_INFINITY, enabled: isWanted }));
  const isKnown = by === null || found.data?.shifts.some((shift) => shift.by === by);
  const chosen = useQuery(trpc.drift.segments.queryOptions({ ...ask, by }, { staleTime: Number.POSITIVE_INFINITY, enabled: found.isFetched && !isKnown }));
  const query = isKnown ? found : chosen;
  const shift = query.data?.shifts.find((each) => by === null || each.by === by);
  const choice = columns.length > 0 && (
    <Select
      aria-label="Divide the rows by"
      className="h-7 w-auto max-w-44 py-0 text-xs"
      value={by ?? shift?.by ?? ""}
      onChange={(event) => onBy(event.target.value)}
    >
      {by === null && !shift && <option value="">by …</option>}
      {columns.map((column) => (
        <option key={column} value={column}>
          by {column}
        </option>
      ))}
    </Select>
  );
  if (columns.length === 0) {
    return (
      <Panel title={TITLE}>
        <p className="px-3 py-6 text-center text-ink-2 text-sm">The view has no other column to divide its rows by.</p>
      </Panel>
    );
  }
  if (!isWanted) {
    return (
      <Panel title={TITLE}>
        <p className="flex flex-wrap items-center justify-between gap-3 px-3 py-3 text-ink-2 text-sm">
          There is no shift to explain in this window.
          <Button size="sm" onClick={() => setIsAsked(true)}>
            Divide it all the same
          </Button>
        </p>
      </Panel>
    );
  }
  const error = query.data === undefined && query.isError ? errorInfoOf(query.error) : null;
  if (error?.code === "failed_precondition" || error?.code === "permission_denied") {
    return (
      <Panel title={TITLE}>
        <p className="px-3 py-3 text-ink-2 text-sm">
          {error.message} {error.hint}
        </p>
      </Panel>
    );
  }
  if (!shift) {
    return (
      <Panel title={TITLE} action={choice}>
        <QueryRegion query={query} what="the parts of the shift" loading={<SkeletonRows rows={6} />}>
          {() => <p className="px-3 py-6 text-center text-ink-2 text-sm">The baseline has no column to divide its rows by.</p>}
        </QueryRegion>
      </Panel>
    );
  }
  return (
    <ChartFrame title={TITLE} hint={windowName(window)} file={`drift-${view}-${feature}-by-${shift.by}`} figures={figuresOf(shift)} action={choice}>
      <p className="border-line border-b px-3 py-2 text-ink text-sm [overflow-wrap:anywhere]">{strongestText(shift)}</p>
      <Segments shift={shift} />
    </ChartFrame>
  );
}

function Segments({ shift: { by, segments, total } }: { readonly shift: Shift }) {
  const widest = Math.max(0.01, ...segments.flatMap(({ shareOfPsi, currentShare }) => [Math.abs(shareOfPsi), currentShare]));
  return (
    <div className="p-3">
      <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-ink-2 text-xs" aria-label="What the bars mean">
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-2.5 w-4 rounded-[1px] bg-accent-solid" /> share of the PSI
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-2.5 w-4 rounded-[1px] border border-ink-2" /> share of the rows
        </li>
      </ul>
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">The shift divided by {by}</caption>
        <thead className="text-left text-ink-2 text-xs">
          <tr>
            <th className="w-52 max-w-52 truncate pr-3 pb-1 font-normal max-sm:w-32 max-sm:max-w-32" title={by}>
              {by}
            </th>
            <th className="w-[40%] pb-1 font-normal max-sm:w-[28%]">PSI against rows</th>
            <th className="whitespace-nowrap pb-1 pl-3 text-right font-normal">of PSI</th>
            <th className="whitespace-nowrap pb-1 pl-3 text-right font-normal">of rows</th>
            <th className="whitespace-nowrap pb-1 pl-3 text-right font-normal max-sm:hidden">mean, before → now</th>
            <th className="pb-1 pl-3 text-right font-normal max-sm:hidden">rows</th>
          </tr>
        </thead>
        <tbody>
          {segments.map((segment, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two parts may have the same name, and rows keep no state
            <SegmentRow key={at} segment={segment} widest={widest} />
          ))}
        </tbody>
      </table>
      {total > segments.length && <p className="mt-2 text-ink-3 text-xs">{formatCount(total - segments.length)} more with less of it.</p>}
    </div>
  );
}

function SegmentRow({ segment, widest }: { readonly segment: Segment; readonly widest: number }) {
  const { label, shareOfPsi, currentShare, baselineMean, currentMean, currentRows, baselineRows } = segment;
  const width = (share: number) => `${(100 * Math.max(0, share)) / widest}%`;
  return (
    <tr>
      <th scope="row" className="max-w-0 truncate border-line border-t py-1 pr-3 text-left font-mono font-normal text-xs" title={label}>
        {labelOf(segment)}
      </th>
      <td className="border-line border-t py-1">
        <span aria-hidden="true" className="relative block h-3.5">
          <span className="absolute inset-y-0 left-0 rounded-[1px] bg-accent-solid/80" style={{ width: width(shareOfPsi) }} />
          <span className="absolute -inset-y-0.5 left-0 rounded-[1px] border border-ink-2" style={{ width: width(currentShare) }} />
        </span>
      </td>
      <td className="tabular whitespace-nowrap border-line border-t py-1 pl-3 text-right">
        {shareOfPsi < 0 ? <span title={`${formatShare(-shareOfPsi)} of it, against the shift`}>against</span> : formatShare(shareOfPsi)}
      </td>
      <td className="tabular whitespace-nowrap border-line border-t py-1 pl-3 text-right text-ink-2">{formatShare(currentShare)}</td>
      <td className="tabular border-line border-t py-1 pl-3 text-right text-ink-2 max-sm:hidden">
        {baselineMean === null || currentMean === null ? "–" : `${formatFigure(baselineMean)} → ${formatFigure(currentMean)}`}
      </td>
      <td className="tabular whitespace-nowrap border-line border-t py-1 pl-3 text-right text-ink-3 text-xs max-sm:hidden">
        {formatCount(currentRows)} vs {formatCount(baselineRows)}
      </td>
    </tr>
  );
}

function figuresOf({ by, segments }: Shift): FigureTable {
  return {
    columns: [
      { name: by },
      { name: "share of the PSI", format: formatShare },
      { name: "share of rows", format: formatShare },
      { name: "share of rows of the baseline", format: formatShare },
      { name: "mean" },
      { name: "mean of the baseline" },
      { name: "rows" },
      { name: "rows of the baseline" },
    ],
    rows: segments.map(({ label, shareOfPsi, currentShare, baselineShare, currentMean, baselineMean, currentRows, baselineRows }) => [
      ...[label, shareOfPsi, currentShare, baselineShare],
      ...[currentMean, baselineMean, currentRows, baselineRows],
    ]),
  };
}
