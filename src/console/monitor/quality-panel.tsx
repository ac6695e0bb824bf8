"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { ShownDay } from "../../trpc/index.ts";
import { formatCount, formatShare } from "../format/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { ExportMenu } from "../ui/chart-frame.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { dateOf } from "./day-strip.tsx";
import { dayFigures, Newest } from "./quality-page.tsx";
import { QualityMark } from "./quality-state.tsx";

type Data = NonNullable<Outputs["quality"]["view"]>;
type Feature = Data["features"][number];

const QualityChart = dynamic(() => import("./quality-chart.tsx").then((module) => module.QualityChart), {
  ssr: false,
  loading: () => <Skeleton className="h-50" />,
});
const TITLE = "Are its rows as they should be?";
const SHAPES = [
  { value: "chart", text: "Chart" },
  { value: "days", text: "Days" },
  { value: "features", text: "Features" },
] as const;

/** What the rows of one view are like: how many a day, and what was wrong. */
export function QualityPanel({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const [shape, setShape] = useState<(typeof SHAPES)[number]["value"]>("chart");
  const chart = useRef<HTMLDivElement>(null);
  const query = useQuery(trpc.quality.view.queryOptions({ view }, { refetchInterval: 60_000 }));
  const hasDays = (query.data?.days.length ?? 0) > 0;
  return (
    <Panel
      title={TITLE}
      hint="the last 30 days, UTC"
      action={
        hasDays && (
          <span className="flex shrink-0 items-center gap-1">
            <Segmented label="Shown as" value={shape} options={SHAPES} onChange={setShape} />
            <ExportMenu title={TITLE} file={`${view}-quality`} figures={figuresOf(query.data?.days ?? [])} chart={shape === "chart" ? chart : null} />
          </span>
        )
      }
    >
      <QueryRegion query={query} what="the quality of its rows" loading={<Skeleton className="m-3 h-50" />}>
        {(data) =>
          data === null ? (
            <p className="px-3 py-6 text-center text-ink-2 text-sm">Nobody looked at its days yet: a worker does by itself, where there are files to read.</p>
          ) : (
            <>
              <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-line border-b px-3 py-2 text-sm">
                <Newest row={data} />
                <span className="text-ink-3 text-xs">
                  looked at <RelativeTime at={data.measuredAt} />
                </span>
              </div>
              {hasDays && shape === "chart" && (
                <div className="p-2.5" ref={chart}>
                  <QualityChart days={data.days} />
                </div>
              )}
              {shape === "days" && <DaysTable days={data.days} />}
              {shape === "features" && <FeaturesTable data={data} />}
            </>
          )
        }
      </QueryRegion>
    </Panel>
  );
}

function figuresOf(days: readonly ShownDay[]): FigureTable {
  const columns = ["day", "verdict", "rows", "usual rows from", "usual rows to", "duplicates", "what is wrong"].map((name) => ({ name }));
  return { columns, rows: days.map(dayFigures) };
}

const DAY_COLUMNS: readonly Column<ShownDay>[] = [
  { key: "day", header: "Day", cell: ({ at }) => <span className="tabular">{dateOf(at)}</span>, className: "align-top whitespace-nowrap" },
  { key: "state", header: "Verdict", cell: ({ state }) => <QualityMark state={state} />, className: "align-top" },
  { key: "rows", header: "Rows", cell: ({ rows }) => formatCount(rows), align: "right", className: "align-top" },
  {
    key: "usual",
    header: "Usual",
    cell: ({ usualRows }) => (usualRows === null ? "–" : `${formatCount(usualRows.low)} – ${formatCount(usualRows.high)}`),
    align: "right",
    className: "align-top whitespace-nowrap text-ink-2",
  },
  { key: "duplicates", header: "Duplicates", cell: ({ duplicates }) => formatCount(duplicates), align: "right", className: "align-top" },
  {
    key: "findings",
    header: "What is wrong",
    cell: ({ findings }) => (findings.length === 0 ? <span className="text-ink-3">–</span> : findings.map(({ text }) => text).join("; ")),
    className: "w-full",
  },
];

function DaysTable({ days }: { readonly days: readonly ShownDay[] }) {
  return (
    <div className="max-h-96 overflow-y-auto">
      <DataTable caption="Days, the newest first" rows={[...days].reverse()} rowKey={({ at }) => dateOf(at)} columns={DAY_COLUMNS} />
    </div>
  );
}

/** What was counted of each feature on the newest day. */
function FeaturesTable({ data: { features, days } }: { readonly data: Data }) {
  const rows = days.at(-1)?.rows ?? 0;
  const columns: readonly Column<Feature>[] = [
    { key: "feature", header: "Feature", cell: ({ feature }) => <span className="font-mono text-xs">{feature}</span> },
    { key: "nulls", header: "Null", cell: ({ nulls }) => `${formatCount(nulls)} (${rows === 0 ? "–" : formatShare(nulls / rows)})`, align: "right" },
    { key: "broken", header: "Not as expected", cell: ({ broken }) => brokenText(broken), align: "right" },
    { key: "categories", header: "Categories", cell: ({ categories }) => (categories === null ? "–" : formatCount(categories)), align: "right" },
    { key: "rows", header: "Of rows", cell: () => formatCount(rows), align: "right", className: "text-ink-2" },
  ];
  return <DataTable caption="Features on the newest day" rows={features} rowKey={({ feature }) => feature} columns={columns} />;
}

function brokenText(broken: Feature["broken"]): string {
  return broken.length === 0 ? "nothing is expected" : broken.map(({ expectation, rows }) => `${expectation}: ${formatCount(rows)}`).join(", ");
}
