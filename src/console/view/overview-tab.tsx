"use client";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { formatSeconds } from "../format/index.ts";
import { RunTable } from "../run/run-table.tsx";
import { SchedulePanel } from "../schedule/schedule-panel.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { TextLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { UtcTime } from "../ui/time.tsx";
import { FeatureTable } from "./feature-table.tsx";
import { Lineage } from "./lineage.tsx";
import { useProfiles } from "./use-profiles.ts";
import type { ViewData } from "./view-data.ts";
import { ViewTiles } from "./view-tiles.tsx";

const RUNS_SHOWN = 5;

/** What decides first, then the schema, then where rows come from and what ran. */
export function OverviewTab({ data }: { readonly data: ViewData }) {
  const { view, services } = data;
  const { query, byFeature } = useProfiles(view.name);
  return (
    <div className="space-y-4">
      <ViewTiles view={view.name} services={services} isOnline={view.online} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0 space-y-4">
          <Panel
            title="Features"
            action={
              <TextLink href={`/views/${view.name}?tab=features`} className="text-xs">
                All figures
              </TextLink>
            }
          >
            <FeatureTable view={view.name} features={view.features} profiles={query.isError && !query.data ? null : byFeature} figures="few" />
          </Panel>
          <LastRuns view={view.name} />
        </div>
        <div className="space-y-4">
          {view.schedule !== null && <SchedulePanel view={view.name} />}
          <Definition data={data} />
          <Lineage data={data} />
        </div>
      </div>
    </div>
  );
}

function LastRuns({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.run.list.queryOptions({ view, pageSize: RUNS_SHOWN }));
  return (
    <Panel
      title="Last runs"
      action={
        <TextLink href={`/views/${view}?tab=runs`} className="text-xs">
          All runs
        </TextLink>
      }
    >
      <QueryRegion query={query} what="the runs" loading={<SkeletonRows rows={RUNS_SHOWN} />}>
        {({ rows }) =>
          rows.length > 0 ? (
            <RunTable caption={`Last runs of ${view}`} runs={rows} ofOneView />
          ) : (
            <EmptyState icon={Play} title="It never ran" compact command={`larder materialize-incremental ${view}`}>
              Until its first materialize, online reads of this view answer NOT_FOUND.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}

function Definition({ data }: { readonly data: ViewData }) {
  const { view, record, entities } = data;
  const keys = entities.flatMap(({ joinKeys }) => joinKeys);
  return (
    <Panel title="Definition">
      <Facts>
        <Fact term="Join keys">
          {keys.length === 0
            ? "none"
            : keys.map(({ name, type }) => (
                <span key={name} className="mr-3 whitespace-nowrap font-mono text-xs">
                  {name} <span className="text-ink-3">{type}</span>
                </span>
              ))}
        </Fact>
        <Fact term="Time to live">{view.ttlSeconds ? formatSeconds(view.ttlSeconds) : "no limit"}</Fact>
        <Fact term="Schedule">
          {view.schedule ? <span className="font-mono text-xs">{view.schedule.includes("TZ=") ? view.schedule : `${view.schedule} UTC`}</span> : "by hand"}
        </Fact>
        {view.freshnessSeconds !== null && <Fact term="Objective">fresh within {formatSeconds(view.freshnessSeconds)}</Fact>}
        <Fact term="Transform">{view.transform === null ? "none" : "SQL, see versions"}</Fact>
        <Fact term="Written in">
          {record.origin ? (
            <span className="break-all font-mono text-xs">
              {record.origin.file}:{record.origin.line}
            </span>
          ) : (
            "the console"
          )}
        </Fact>
        <Fact term="Changed">
          <UtcTime at={record.updatedAt} />
        </Fact>
      </Facts>
    </Panel>
  );
}
