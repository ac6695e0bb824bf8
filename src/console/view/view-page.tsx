"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { DefinitionActions } from "../edit/definition-actions.tsx";
import { DefinitionCode } from "../edit/definition-code.tsx";
import { MaterializeButton } from "../materialize/materialize-button.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { TextLink } from "../ui/link.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { TabBar, tabPanelProps } from "../ui/tab-bar.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { type ViewTab, viewParams } from "./view-address.ts";
import type { ViewData } from "./view-data.ts";

// A tab comes when it is opened; the one in the address comes with the page.
const CodeSamples = dynamic(() => import("./code-samples.tsx").then((module) => module.CodeSamples));
const DataTab = dynamic(() => import("./data-tab.tsx").then((module) => module.DataTab));
const FeaturesTab = dynamic(() => import("./features-tab.tsx").then((module) => module.FeaturesTab));
const MonitoringTab = dynamic(() => import("../monitor/monitoring-tab.tsx").then((module) => module.MonitoringTab));
const RunsTab = dynamic(() => import("./runs-tab.tsx").then((module) => module.RunsTab));
const VersionsTab = dynamic(() => import("./versions-tab.tsx").then((module) => module.VersionsTab));

export function ViewPage({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.view.get.queryOptions({ view: name }));
  return (
    <Page crumbs={[{ text: "Catalog", href: "/catalog" }, { text: name }]}>
      <QueryRegion query={query} what={`the view ${name}`} loading={<ViewSkeleton />}>
        {(data) => <ViewBody data={data} />}
      </QueryRegion>
    </Page>
  );
}

function ViewBody({ data }: { readonly data: ViewData }) {
  const [{ tab, feature }, setAddress] = useQueryStates(viewParams, { history: "push" });
  const { view, record } = data;
  const tabs: readonly { readonly value: ViewTab; readonly text: string; readonly count?: number }[] = [
    { value: "overview", text: "Overview" },
    { value: "features", text: "Features", count: view.features.length },
    { value: "data", text: "Data" },
    { value: "runs", text: "Runs" },
    { value: "monitoring", text: "Monitoring" },
    { value: "versions", text: "Versions" },
    { value: "code", text: "Code" },
  ];
  return (
    <>
      <PageTitle
        title={view.name}
        kind={
          <>
            {view.type} view of{" "}
            {view.entities.length === 0
              ? "no entity: one row"
              : view.entities.map((entity, index) => (
                  <span key={entity}>
                    {index > 0 && " + "}
                    <TextLink href={`/entities/${entity}`}>{entity}</TextLink>
                  </span>
                ))}
          </>
        }
        description={view.description}
        facts={
          <>
            {view.owner && <span className="text-ink-2">owner {view.owner}</span>}
            {view.team && <span className="text-ink-2">team {view.team}</span>}
            {Object.entries(view.tags).map(([key, value]) => (
              <Badge key={key}>
                {key}:{value}
              </Badge>
            ))}
          </>
        }
        actions={
          <>
            <DefinitionActions definition={view} record={record} />
            {view.online ? <MaterializeButton view={view.name} /> : <Badge>offline only</Badge>}
          </>
        }
      />
      <div className="mt-4">
        <TabBar label={`Parts of ${view.name}`} tabs={tabs} value={tab} onChange={(next) => void setAddress({ tab: next, feature: null, hour: null })} />
      </div>
      <div {...tabPanelProps(tab)}>
        <TabContent tab={tab} feature={feature} data={data} />
      </div>
    </>
  );
}

function TabContent({ tab, feature, data }: { readonly tab: ViewTab; readonly feature: string | null; readonly data: ViewData }) {
  switch (tab) {
    case "overview":
      return <OverviewTab data={data} />;
    case "features":
      return <FeaturesTab view={data.view} marked={feature} />;
    case "data":
      return <DataTab data={data} />;
    case "runs":
      return <RunsTab view={data.view.name} />;
    case "monitoring":
      return <MonitoringTab view={data.view.name} />;
    case "versions":
      return <VersionsTab view={data.view.name} />;
    case "code":
      return (
        <>
          <CodeSamples read={{ kind: "features", view: data.view.name, features: data.view.features.map(({ name }) => name) }} parts={[partOf(data)]} />
          <div className="mt-4">
            <DefinitionCode kind="feature_view" name={data.view.name} />
          </div>
        </>
      );
  }
}

function partOf({ view, entities }: ViewData) {
  return { view: view.name, joinKeyMap: {}, joinKeys: entities.flatMap(({ joinKeys }) => joinKeys) };
}

function ViewSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="mt-2 h-4 w-80" />
      <Skeleton className="mt-8 h-20 rounded-lg" />
      <Skeleton className="mt-4 h-64 rounded-lg" />
    </div>
  );
}
