"use client";
import { useQuery } from "@tanstack/react-query";
import { Page, PageTitle } from "../shell/page.tsx";
import { useProject } from "../shell/project.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { CountTiles } from "./count-tiles.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { LastRuns } from "./last-runs.tsx";
import { MostRead } from "./most-read.tsx";
import { NewestChanges } from "./newest-changes.tsx";
import { countInput, FIRST_SUCCESS } from "./overview-inputs.ts";
import { WrongNow } from "./wrong-now.tsx";

/** What is wrong now, what ran, what is new. */
export function OverviewPage() {
  const { current } = useProject();
  return (
    <Page crumbs={[{ text: "Overview" }]}>
      <PageTitle title={current ?? "Overview"} kind={current ? "project" : undefined} />
      <div className="mt-4 space-y-4">
        <CountTiles />
        <StepsLeft />
        <WrongNow />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <LastRuns />
          <div className="min-w-0 space-y-4">
            <NewestChanges />
            <MostRead />
          </div>
        </div>
      </div>
    </Page>
  );
}

/** Until something was put online once, the way there stands on top. */
function StepsLeft() {
  const trpc = useTRPC();
  const views = useQuery(trpc.catalog.list.queryOptions(countInput("feature_view"))).data;
  const ended = useQuery(trpc.run.list.queryOptions(FIRST_SUCCESS)).data;
  if (!views || !ended || ended.total > 0) return null;
  return <FirstSteps done={views.total > 0 ? 2 : 0} />;
}
