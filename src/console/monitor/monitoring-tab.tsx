"use client";
import { useQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import { ViewDriftPanel } from "../drift/view-drift-panel.tsx";
import { formatCount, formatSeconds, formatShare } from "../format/index.ts";
import { IncidentTable } from "../incident/incident-table.tsx";
import { ParityPanel } from "../parity/parity-panel.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime, UtcTime } from "../ui/time.tsx";
import { ExpiryCharts, ExpiryPanel } from "./expiry-panels.tsx";
import { budget } from "./freshness-page.tsx";
import { HoursPanel } from "./hours-panel.tsx";
import { QualityPanel } from "./quality-panel.tsx";
import { TimelinessMark } from "./timeliness.tsx";

const OBJECTIVE = { view: "as the view says", schedule: "twice the wait between two runs", source: "twice the age that its source usually gets to" } as const;

/** What is watched of one view. */
export function MonitoringTab({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.monitor.view.queryOptions({ view }, { refetchInterval: 15_000 }));
  return (
    <QueryRegion query={query} what="the monitoring" loading={<SkeletonRows rows={8} />}>
      {(data) => {
        const isOpen = data.incidents.some(({ state }) => state === "open");
        const incidents = <Incidents view={view} incidents={data.incidents} />;
        return (
          <div className="space-y-4">
            {isOpen && incidents}
            <div className="grid items-start gap-4 lg:grid-cols-2">
              <FreshnessPanel data={data} />
              <ExpiryPanel expiry={data.expiry} />
            </div>
            <HoursPanel data={data} />
            {data.expiry && <ExpiryCharts expiry={data.expiry} samples={data.expirySamples} />}
            <QualityPanel view={view} />
            <ViewDriftPanel view={view} />
            <ParityPanel view={view} />
            {!isOpen && incidents}
          </div>
        );
      }}
    </QueryRegion>
  );
}

type Data = Outputs["monitor"]["view"];

function Incidents({ view, incidents }: { readonly view: string } & Pick<Data, "incidents">) {
  return (
    <Panel title="Incidents of this view">
      {incidents.length > 0 ? (
        <IncidentTable caption={`Incidents of ${view}`} incidents={incidents} />
      ) : (
        <EmptyState icon={Siren} title="It never had one" compact>
          An incident opens by itself when the view is late, a feature drifts or its rows are not as they should be, and closes when that is over.
        </EmptyState>
      )}
    </Panel>
  );
}

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
