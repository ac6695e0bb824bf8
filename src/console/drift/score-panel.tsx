"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { formatP, formatScore, formatUtc } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { ChartFrame } from "../ui/chart-frame.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { TextLink } from "../ui/link.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { Score } from "./score-points.ts";
import { verdictsText } from "./windows.ts";

const ScoreChart = dynamic(() => import("./score-chart.tsx").then((module) => module.ScoreChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[260px]" />,
});
const SCORES = [
  { value: "psi", text: "PSI" },
  { value: "wassersteinSd", text: "W1/sd" },
] as const;
const RUNS_DRAWN = 20;

type Data = Outputs["drift"]["feature"];

interface ScorePanelProps {
  readonly data: Data;
  readonly onSelect: (start: Date) => void;
}

/** Since when, and how did it go on? */
export function ScorePanel({ data, onSelect }: ScorePanelProps) {
  const { view, feature, windows, selected, settings, now, runs } = data;
  const [score, setScore] = useState<Score>("psi");
  const isNumeric = selected?.comparison.kind === "numeric";
  const threshold = score === "psi" ? settings.rule.psiMin : settings.rule.wassersteinSdMin;
  return (
    <ChartFrame
      title="Since when?"
      hint={verdictsText(windows)}
      file={`drift-${view.name}-${feature}-windows`}
      figures={figuresOf(windows)}
      action={isNumeric && <Segmented label="Score" value={score} options={SCORES} onChange={setScore} />}
      foot={
        <p className="border-line border-t px-3 py-2 text-ink-2 text-xs">
          ■ drift ▲ watch ● stable ○ insufficient data. Circles on the axis are <TextLink href={`/views/${view.name}?tab=runs`}>runs of the view</TextLink>.
          Choose a window by its point.
        </p>
      }
    >
      <div className="h-[280px] p-2.5">
        <ScoreChart
          windows={windows}
          score={isNumeric ? score : "psi"}
          threshold={threshold}
          onset={now?.since ?? null}
          selected={selected?.start ?? null}
          runs={runs.slice(0, RUNS_DRAWN)}
          onSelect={onSelect}
        />
      </div>
    </ChartFrame>
  );
}

function figuresOf(windows: Data["windows"]): FigureTable {
  return {
    columns: [
      { name: "window" },
      { name: "until" },
      { name: "verdict" },
      { name: "PSI", format: formatScore },
      { name: "W1/sd", format: formatScore },
      { name: "p", format: formatP },
      { name: "adjusted p", format: formatP },
      { name: "rows now" },
      { name: "rows of the baseline" },
    ],
    rows: windows
      .toReversed()
      .map(({ start, end, verdict, psi, wassersteinSd, psiP, adjustedP, currentRows, baselineRows }) => [
        ...[formatUtc(start.getTime()), formatUtc(end.getTime()), verdict, psi, wassersteinSd],
        ...[psiP, adjustedP, currentRows, baselineRows],
      ]),
  };
}
