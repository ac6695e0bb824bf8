"use client";
import dynamic from "next/dynamic";
import { formatCount, formatSeconds, formatShare } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { ChartFrame } from "../ui/chart-frame.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { AgesChart } from "./ages-chart.tsx";
import { ExpiredShare, WhollyExpired } from "./expiry-page.tsx";

const ExpiredChart = dynamic(() => import("./expired-chart.tsx").then((module) => module.ExpiredChart), {
  ssr: false,
  loading: () => <Skeleton className="h-42" />,
});

type Data = Outputs["monitor"]["view"];
type Expiry = NonNullable<Data["expiry"]>;

/** How much of a view's online rows is beyond the ttl. */
export function ExpiryPanel({ expiry }: Pick<Data, "expiry">) {
  if (expiry === null) {
    return (
      <Panel title="Online rows">
        <p className="px-3 py-6 text-center text-ink-2 text-sm">
          Nothing of it was looked at online yet: a worker does so some seconds after the view was materialized.
        </p>
      </Panel>
    );
  }
  const { keys, looked, expired, exact, ttlSeconds, measuredAt, oldestEvent } = expiry;
  return (
    <Panel title="Online rows beyond the ttl" action={<ExpiredShare row={expiry} />}>
      <Facts>
        <Fact term="Keys">
          {exact ? "" : "≈ "}
          {formatCount(keys)} in {expiry.store}
        </Fact>
        <Fact term="Expired">
          {formatCount(expired)} of {formatCount(looked)} looked at{!exact && <span className="text-ink-3"> (a sample)</span>}, <RelativeTime at={measuredAt} />
        </Fact>
        <Fact term="Time to live">{ttlSeconds ? formatSeconds(ttlSeconds) : "no limit"}</Fact>
        <Fact term="All expired">
          <WhollyExpired row={expiry} />
        </Fact>
        {oldestEvent && (
          <Fact term="Oldest row">
            <RelativeTime at={oldestEvent} />
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

/** How old the online rows are now, and how many were expired when. */
export function ExpiryCharts({ expiry, samples }: { readonly expiry: Expiry; readonly samples: Data["expirySamples"] }) {
  if (expiry.looked === 0) return null;
  const basis = expiry.exact ? "all keys" : `a sample of ${formatCount(expiry.looked)} keys`;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <ChartFrame title="How old are its online rows?" hint={basis} file={`ages-${expiry.view}`} figures={agesFigures(expiry)}>
        <AgesChart row={expiry} />
      </ChartFrame>
      <ChartFrame title="How many were expired?" hint="the last 30 days" file={`expired-${expiry.view}`} figures={samplesFigures(samples)}>
        <div className="p-2.5">
          <ExpiredChart samples={samples} />
        </div>
      </ChartFrame>
    </div>
  );
}

function agesFigures({ ages, looked }: Expiry): FigureTable {
  const columns = ["older than", "up to"].map((name) => ({ name, format: formatSeconds }));
  return {
    columns: [...columns, { name: "keys", format: formatCount }, { name: "share", format: formatShare }],
    rows: ages.map(({ upToSeconds, keys }, index) => [ages[index - 1]?.upToSeconds ?? 0, upToSeconds, keys, keys / looked]),
  };
}

function samplesFigures(samples: Data["expirySamples"]): FigureTable {
  return {
    columns: [{ name: "hour" }, { name: "expired" }, { name: "looked at" }, { name: "share", format: formatShare }],
    rows: samples.toReversed().map(({ at, expired, looked }) => [at, expired, looked, looked === 0 ? null : expired / looked]),
  };
}
