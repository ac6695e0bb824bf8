"use client";
import dynamic from "next/dynamic";
import { formatCount, formatShare, plural } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { ChartFrame } from "../ui/chart-frame.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Skeleton } from "../ui/skeleton.tsx";

const ParityChart = dynamic(() => import("./parity-chart.tsx").then((module) => module.ParityChart), {
  ssr: false,
  loading: () => <Skeleton className="h-44" />,
});

type Data = Outputs["parity"]["view"];

/** Since when do served rows differ from the history? A bar a day. */
export function ParityDays({ view, days }: Pick<Data, "view" | "days">) {
  const compared = days.reduce((sum, day) => sum + day.compared, 0);
  if (compared === 0) return null;
  return (
    <ChartFrame
      title="Since when do they differ?"
      hint={`${plural(compared, "row")} compared in the last 30 days`}
      file={`parity-${view}-days`}
      figures={figuresOf(days)}
    >
      <div className="p-2.5">
        <ParityChart days={days} />
      </div>
    </ChartFrame>
  );
}

function figuresOf(days: Data["days"]): FigureTable {
  return {
    columns: [{ name: "day" }, { name: "compared", format: formatCount }, { name: "differing", format: formatCount }, { name: "share", format: formatShare }],
    rows: days
      .toReversed()
      .map(({ day, compared, mismatches }) => [day.toISOString().slice(0, 10), compared, mismatches, compared === 0 ? null : mismatches / compared]),
  };
}
