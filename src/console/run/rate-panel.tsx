"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { formatCount, formatRate, formatSeconds } from "../format/index.ts";
import { DataTable } from "../ui/data-table.tsx";
import { Panel } from "../ui/panel.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { RatePoint } from "./rate-points.ts";

const RateChart = dynamic(() => import("./rate-chart.tsx").then((module) => module.RateChart), { ssr: false, loading: () => <Skeleton className="h-45" /> });
const SHAPES = [
  { value: "chart", text: "Chart" },
  { value: "table", text: "Table" },
] as const;

/** How fast did it go? As a line, and the same figures as a table. */
export function RatePanel({ points: all, unit }: { readonly points: readonly RatePoint[]; readonly unit: string }) {
  const [shape, setShape] = useState<"chart" | "table">("chart");
  // Rows read and keys written are not of one scale.
  const points = all.filter((point) => point.unit === unit);
  const isLine = points.length > 1;
  return (
    <Panel
      title="How fast did it go?"
      hint={`${unit} per second`}
      action={isLine && <Segmented label="Shown as" value={shape} options={SHAPES} onChange={setShape} />}
    >
      {!isLine ? (
        <p className="grid h-16 place-items-center text-ink-3 text-sm">
          {points.length === 0 ? "No progress in this unit has been reported yet." : "Over before there were two reports to draw a line between."}
        </p>
      ) : shape === "chart" ? (
        <div className="h-50 p-2.5">
          <RateChart points={points} unit={unit} />
        </div>
      ) : (
        <div className="max-h-80 overflow-y-auto">
          <DataTable
            caption="Progress over time"
            rows={points}
            rowKey={({ seconds, stage, done }) => `${stage}:${seconds}:${done}`}
            columns={[
              { key: "after", header: "After", cell: ({ seconds }) => formatSeconds(seconds), align: "right" },
              { key: "stage", header: "Stage", cell: ({ stage }) => stage },
              { key: "done", header: `Done (${unit})`, cell: ({ done }) => formatCount(done), align: "right" },
              { key: "rate", header: "Pace", cell: ({ perSecond }) => formatRate(perSecond), align: "right" },
            ]}
          />
        </div>
      )}
    </Panel>
  );
}
