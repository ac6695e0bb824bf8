"use client";
import dynamic from "next/dynamic";
import { formatScore, formatShare } from "../format/index.ts";
import { ChartFrame } from "../ui/chart-frame.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { binsToDraw, type SelectedWindow, type ShownBin, shownBins } from "./moved-bins.ts";
import { rowsText, windowName } from "./windows.ts";

const BinsChart = dynamic(() => import("./bins-chart.tsx").then((module) => module.BinsChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[280px]" />,
});

/** Where did the values move? The window on the bins of its baseline. */
export function BinsPanel({ view, feature, selected }: { readonly view: string; readonly feature: string; readonly selected: SelectedWindow }) {
  const bins = shownBins(selected);
  const moved = bins.filter(({ isMoved }) => isMoved).sort((a, b) => b.shareOfPsi - a.shareOfPsi);
  return (
    <ChartFrame
      title="Which values moved?"
      hint={`${windowName(selected)}, ${rowsText(selected)}`}
      file={`drift-${view}-${feature}-bins`}
      figures={figuresOf(bins)}
      foot={
        <>
          {moved.length > 0 && <p className="border-line border-t px-3 py-2 text-ink-2 text-sm">{sentence(moved)}</p>}
          {selected.unnamedBecause && <p className="border-line border-t px-3 py-2 text-ink-3 text-xs">Categories go unnamed: {selected.unnamedBecause}</p>}
        </>
      }
    >
      <div className="space-y-1 p-2.5">
        <BinsLegend />
        <div className="h-[280px]">
          <BinsChart bins={binsToDraw(bins)} isNumeric={selected.comparison.kind === "numeric"} />
        </div>
      </div>
    </ChartFrame>
  );
}

/** "0.12 to 0.3 went from 10 % to 42 % of the rows: 74 % of the PSI." */
function sentence([first, ...others]: readonly ShownBin[]): string {
  if (first === undefined) return "";
  const way = `${first.label} went from ${formatShare(first.baselineShare)} to ${formatShare(first.currentShare)} of the rows, which is ${formatShare(first.shareOfPsi)} of the PSI`;
  return others.length === 0 ? `${way}.` : `${way}; ${others.map(({ label, shareOfPsi }) => `${label} is ${formatShare(shareOfPsi)}`).join(", ")}.`;
}

function figuresOf(bins: readonly ShownBin[]): FigureTable {
  return {
    columns: [
      { name: "bin" },
      { name: "rows of the baseline" },
      { name: "rows of the window" },
      { name: "share of the baseline", format: formatShare },
      { name: "share of the window", format: formatShare },
      { name: "PSI", format: formatScore },
      { name: "share of the PSI", format: (share) => formatShare(Math.max(0, share)) },
    ],
    rows: bins.map(({ label, baseline, current, baselineShare, currentShare, psi, shareOfPsi }) => [
      ...[label, baseline, current],
      ...[baselineShare, currentShare, psi, shareOfPsi],
    ]),
  };
}

/** What the bars mean. */
function BinsLegend() {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs" aria-label="What the bars mean">
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="size-3 border border-ink" />
        baseline
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="size-3 bg-accent-solid/40" />
        this window
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="size-3 bg-[repeating-linear-gradient(135deg,var(--accent-solid)_0_3px,var(--accent-line)_3px_4px)]" />
        moved, with its share of the PSI
      </li>
    </ul>
  );
}
