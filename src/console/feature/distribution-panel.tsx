"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { formatCount, formatFigure, formatShare } from "../format/index.ts";
import { DataTable } from "../ui/data-table.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Panel } from "../ui/panel.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { ProfileTime } from "../view/profile-time.tsx";
import type { Profile, useProfiles } from "../view/use-profiles.ts";

const DistributionChart = dynamic(() => import("./distribution-chart.tsx").then((module) => module.DistributionChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[220px]" />,
});
const SHAPES = [
  { value: "chart", text: "Chart" },
  { value: "table", text: "Table" },
] as const;
const QUANTILES = ["Min", "5 %", "25 %", "Median", "75 %", "95 %", "Max"] as const;

/** How do its values lie? As bars, as a table, and as quantiles. */
export function DistributionPanel({ feature, figures }: { readonly feature: string; readonly figures: ReturnType<typeof useProfiles> }) {
  const [shape, setShape] = useState<"chart" | "table">("chart");
  const { query, byFeature, again } = figures;
  const profile = byFeature?.get(feature);
  return (
    <Panel
      title="How are its values distributed?"
      action={
        <span className="flex min-w-0 items-center gap-1">
          <ProfileTime query={query} again={again} />
          {profile && profile.histogram.length > 0 && <Segmented label="Shown as" value={shape} options={SHAPES} onChange={setShape} />}
        </span>
      }
    >
      {query.isError && !query.data ? (
        <ErrorState error={errorInfoOf(query.error)} what="the distribution" onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : !profile ? (
        <div className="p-3">
          <Skeleton className="h-[220px]" />
        </div>
      ) : (
        <Distribution profile={profile} shape={shape} />
      )}
    </Panel>
  );
}

function Distribution({ profile, shape }: { readonly profile: Profile; readonly shape: "chart" | "table" }) {
  const { histogram, quantiles, rows, nulls } = profile;
  if (histogram.length === 0) {
    const why = rows === 0 ? "The source has no rows." : nulls === rows ? "Every value is null." : "Values of this type are counted, not binned.";
    return <p className="grid h-24 place-items-center text-ink-3 text-sm">{why}</p>;
  }
  return (
    <>
      {shape === "chart" ? (
        <div className="h-[240px] p-2.5">
          <DistributionChart profile={profile} />
        </div>
      ) : (
        <div className="max-h-96 overflow-y-auto">
          <DataTable
            caption="Rows by value"
            rows={histogram}
            rowKey={({ label }) => label}
            columns={[
              { key: "value", header: "Value", cell: ({ label }) => <span className="font-mono text-xs">{label}</span> },
              { key: "rows", header: "Rows", cell: ({ count }) => formatCount(count), align: "right" },
              { key: "share", header: "Share", cell: ({ count }) => formatShare(count / rows), align: "right" },
            ]}
          />
        </div>
      )}
      {quantiles && (
        <dl className="grid grid-cols-4 border-line border-t sm:grid-cols-7">
          {QUANTILES.map((name, index) => (
            <div key={name} className="px-3 py-2">
              <dt className="text-ink-3 text-xs">{name}</dt>
              <dd className="tabular truncate text-ink text-sm">{formatFigure(quantiles[index] ?? Number.NaN)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
