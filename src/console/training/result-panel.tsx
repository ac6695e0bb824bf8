"use client";
import { useQuery } from "@tanstack/react-query";
import { formatCount, formatFigure, formatShare } from "../format/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ValueTable } from "../ui/value-table.tsx";
import { SparkBars } from "../view/spark-bars.tsx";

type Result = Outputs["trainingSet"]["result"];
type Profile = Result["profiles"][number];

/** The columns of a result, and its first rows. */
export function ResultPanels({ run, features }: { readonly run: string; readonly features: readonly string[] }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.trainingSet.result.queryOptions({ run }, { staleTime: Number.POSITIVE_INFINITY }));
  const strong = new Set(features);
  return (
    <QueryRegion query={query} what="the result" loading={<SkeletonRows rows={8} />}>
      {({ profiles, head }) => (
        <>
          <Panel title="Columns of the result">
            <DataTable caption="Columns of the result" columns={columns(strong)} rows={profiles} rowKey={({ feature }) => feature} />
          </Panel>
          <Panel title="First rows">
            <ValueTable caption="First rows of the result" columns={head.columns} rows={head.rows} strong={strong} />
          </Panel>
        </>
      )}
    </QueryRegion>
  );
}

function columns(features: ReadonlySet<string>): readonly Column<Profile>[] {
  const figure = (value: unknown) => (typeof value === "number" ? formatFigure(value) : "–");
  return [
    {
      key: "name",
      header: "Column",
      cell: ({ feature }) => (
        <span className="font-mono text-xs">
          {feature} {!features.has(feature) && <span className="text-ink-3">entity row</span>}
        </span>
      ),
    },
    { key: "values", header: "Values", cell: ({ histogram }) => <SparkBars counts={histogram.map(({ count }) => count)} />, className: "w-28 max-sm:hidden" },
    { key: "nulls", header: "Null", cell: ({ nulls, rows }) => (rows === 0 ? "–" : formatShare(nulls / rows)), align: "right" },
    {
      key: "distinct",
      header: "Distinct",
      cell: ({ distinctApprox }) => (distinctApprox === null ? "–" : `≈ ${formatCount(distinctApprox)}`),
      align: "right",
      className: "max-md:hidden",
    },
    { key: "mean", header: "Mean", cell: ({ mean }) => figure(mean), align: "right", className: "max-md:hidden" },
    { key: "median", header: "Median", cell: ({ quantiles }) => figure(quantiles?.[3]), align: "right", className: "max-lg:hidden" },
  ];
}
