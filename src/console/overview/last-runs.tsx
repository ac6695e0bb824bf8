"use client";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { RunTable } from "../run/run-table.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { AppLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { OVERVIEW_RUNS } from "./overview-inputs.ts";

const RUNS_SHOWN = 8;

export function LastRuns() {
  const trpc = useTRPC();
  const query = useQuery(trpc.run.list.queryOptions(OVERVIEW_RUNS));
  return (
    <Panel
      title="Last runs"
      action={
        <TextLink href="/runs" className="text-xs">
          All runs
        </TextLink>
      }
    >
      <QueryRegion query={query} what="the runs" loading={<SkeletonRows rows={RUNS_SHOWN} />}>
        {({ rows }) =>
          rows.length > 0 ? (
            <RunTable caption="Last runs" runs={rows.slice(0, RUNS_SHOWN)} compact />
          ) : (
            <EmptyState
              icon={Play}
              title="Nothing has run yet"
              compact
              command="larder materialize-incremental"
              action={
                <Button look="primary" asChild>
                  <AppLink href="/catalog?kind=feature_view">Choose a view to materialize</AppLink>
                </Button>
              }
            >
              Features can be read online once their view was materialized.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}
