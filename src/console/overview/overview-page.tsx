"use client";
import { Page, PageTitle } from "../shell/page.tsx";
import { useProject } from "../shell/project.tsx";
import { CountTiles } from "./count-tiles.tsx";
import { LastRuns } from "./last-runs.tsx";
import { NewestChanges } from "./newest-changes.tsx";
import { WrongNow } from "./wrong-now.tsx";

/** What is wrong now, what ran, what is new. */
export function OverviewPage() {
  const { current } = useProject();
  return (
    <Page crumbs={[{ text: "Overview" }]}>
      <PageTitle title={current ?? "Overview"} kind={current ? "project" : undefined} />
      <div className="mt-4 space-y-4">
        <CountTiles />
        <WrongNow />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <LastRuns />
          <NewestChanges />
        </div>
      </div>
    </Page>
  );
}
