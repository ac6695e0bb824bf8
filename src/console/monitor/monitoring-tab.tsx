"use client";
import { useQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import { ViewDriftPanel } from "../drift/view-drift-panel.tsx";
import { formatCount, formatSeconds, formatShare } from "../format/index.ts";
import { IncidentTable } from "../incident/incident-table.tsx";
import { ParityPanel } from "../parity/parity-panel.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { ChartFrame } from "../ui/chart-frame.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime, UtcTime } from "../ui/time.tsx";
import { AgeBars } from "./age-bars.tsx";
import { ExpiredShare, WhollyExpired } from "./expiry-page.tsx";
import { budget } from "./freshness-page.tsx";
import { HeatLegend, HeatStrip } from "./heat-strip.tsx";
import { QualityPanel } from "./quality-panel.tsx";
import { TimelinessMark } from "./timeliness.tsx";

const HOURS_SHOWN = 168;
const HOUR_MS = 3_600_000;
const OBJECTIVE = { view: "as the view says", schedule: "twice the wait between two runs", source: "twice the age that its source usually gets to" } as const;

/** What is watched of one view. */
export function MonitoringTab({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.monitor.view.queryOptions({ view }, { refetchInterval: 15_000 }));
  return (
    <QueryRegion query={query} what="the monitoring" loading={<SkeletonRows rows={8} />}>
      {(data) => (
        <div className="space-y-4">
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <FreshnessPanel data={data} />
            <ExpiryPanel data={data} />
          </div>
          <HistoryPanel data={data} />
          <QualityPanel view={view} />
          <ViewDriftPanel view={view} />
          <ParityPanel view={view} />
          <Panel title="Incidents of this view">
            {data.incidents.length > 0 ? (
              <IncidentTable caption={`Incidents of ${view}`} incidents={data.incidents} />
            ) : (
              <EmptyState icon={Siren} title="It never had one" compact>
                An incident opens by itself when the view is late, a feature drifts or its rows are not as they should be, and closes when that is over.
              </EmptyState>
            )}
          </Panel>
        </div>
      )}
    </QueryRegion>
  );
}

type Data = Outputs["monitor"]["view"];

function FreshnessPanel({ data: { freshness, slo } }: { readonly data: Data }) {
  const { state, causeText, newestEvent, ageSeconds, lastGoodRunAt, objectiveSeconds, basis, lateSince } = freshness;
  return (
    <Panel title="Freshness" action={<TimelinessMark state={state} className="text-sm" />}>
      <Facts>
        {causeText !== "" && <Fact term="Why">{causeText}</Fact>}
        {lateSince && (
          <Fact term="Late since">
            <UtcTime at={lateSince} />
          </Fact>
        )}
        <Fact term="Newest event">
          {newestEvent && ageSeconds !== null ? (
            <>
              {formatSeconds(Math.max(0, ageSeconds))} old, <UtcTime at={newestEvent} />
            </>
          ) : (
            "none known"
          )}
        </Fact>
        <Fact term="Last good run">{lastGoodRunAt ? <RelativeTime at={lastGoodRunAt} /> : "never"}</Fact>
        <Fact term="Objective">
          {objectiveSeconds === null ? "none" : `no older than ${formatSeconds(objectiveSeconds)}`}{" "}
          {basis && <span className="text-ink-3">({OBJECTIVE[basis]})</span>}
        </Fact>
        <Fact term="30 days">
          {slo.good === null ? "not judged yet" : `${formatShare(slo.good)} on time`}
          {slo.budgetLeft !== null && (
            <span className="text-ink-2">
              , error budget: {budget(slo.budgetLeft)} {slo.budgetLeft >= 0 && "left"}{" "}
              <span className="text-ink-3">of 1 %, {formatCount(slo.judged)} looks</span>
            </span>
          )}
        </Fact>
      </Facts>
    </Panel>
  );
}

function ExpiryPanel({ data: { expiry } }: { readonly data: Data }) {
  if (expiry === null) {
    return (
      <Panel title="Online rows">
        <p className="px-3 py-6 text-center text-ink-2 text-sm">Nothing of it was looked at online yet.</p>
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
        <Fact term="Ages">
          <AgeBars row={expiry} className="h-10 max-w-sm" />
        </Fact>
      </Facts>
    </Panel>
  );
}

function HistoryPanel({ data: { freshness, samples } }: { readonly data: Data }) {
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const from = new Date(now - (HOURS_SHOWN - 1) * HOUR_MS);
  const cells = samples.filter(({ at }) => at >= from);
  const figures: FigureTable = {
    columns: [{ name: "hour" }, { name: "worst" }, { name: "oldest it got", format: formatSeconds }, { name: "why" }],
    rows: cells.toReversed().map(({ at, state, ageSecondsMax, cause }) => [at, state, ageSecondsMax, cause?.replaceAll("_", " ") ?? null]),
  };
  return (
    <ChartFrame title="Was it on time?" hint="the last 7 days, UTC" file={`freshness-${freshness.view}`} figures={figures}>
      <div className="space-y-2 p-3">
        <HeatStrip view={freshness.view} from={from} hours={HOURS_SHOWN} cells={cells} />
        <HeatLegend />
      </div>
    </ChartFrame>
  );
}
