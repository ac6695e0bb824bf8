"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { FeatureDriftPanel } from "../drift/feature-drift-panel.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { TextLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { Expected } from "../view/expected.tsx";
import { useProfiles } from "../view/use-profiles.ts";
import { DistributionPanel } from "./distribution-panel.tsx";
import { FeatureTiles } from "./feature-tiles.tsx";
import { NewestValues } from "./newest-values.tsx";

type FeatureData = Outputs["feature"]["get"];

const CodeSamples = dynamic(() => import("../view/code-samples.tsx").then((module) => module.CodeSamples), { ssr: false });

export function FeaturePage({ view, feature }: { readonly view: string; readonly feature: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.feature.get.queryOptions({ view, feature }));
  const crumbs = [{ text: "Catalog", href: "/catalog" }, { text: view, href: `/views/${encodeURIComponent(view)}` }, { text: feature }];
  return (
    <Page crumbs={crumbs}>
      <QueryRegion query={query} what={`the feature ${feature}`} loading={<FeatureSkeleton />}>
        {(data) => <FeatureBody data={data} />}
      </QueryRegion>
    </Page>
  );
}

function FeatureBody({ data }: { readonly data: FeatureData }) {
  const { view, feature, consumers, joinKeys } = data;
  const figures = useProfiles(view.name);
  const profile = figures.query.isError && !figures.query.data ? null : figures.byFeature?.get(feature.name);
  return (
    <>
      <PageTitle
        title={<span className="font-mono">{feature.name}</span>}
        kind={
          <>
            <span className="font-mono text-xs">{feature.type}</span> feature of{" "}
            <TextLink href={`/views/${encodeURIComponent(view.name)}`}>{view.name}</TextLink>
          </>
        }
        description={feature.description || "No description yet."}
        facts={
          <>
            {view.owner && <span className="text-ink-2">owner {view.owner}</span>}
            {view.team && <span className="text-ink-2">team {view.team}</span>}
            {Object.entries(feature.tags).map(([key, value]) => (
              <Badge key={key}>
                {key}:{value}
              </Badge>
            ))}
          </>
        }
        actions={<CopyButton text={`${view.name}:${feature.name}`} label="Copy the reference" />}
      />
      <div className="mt-5 space-y-4">
        <FeatureTiles profile={profile} type={feature.type} readers={consumers.length} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
          <div className="min-w-0 space-y-4">
            <DistributionPanel feature={feature.name} figures={figures} />
            <NewestValues data={data} />
          </div>
          <div className="space-y-4">
            <FeatureDriftPanel view={view.name} feature={feature.name} />
            <Consumers data={data} />
            <Definition data={data} />
            <History data={data} />
          </div>
        </div>
        <h2 className="pt-2 font-medium text-base text-ink">Code</h2>
        <CodeSamples read={{ kind: "features", view: view.name, features: [feature.name] }} parts={[{ view: view.name, joinKeys, joinKeyMap: {} }]} />
      </div>
    </>
  );
}

/** Who would notice. */
function Consumers({ data: { consumers } }: { readonly data: FeatureData }) {
  return (
    <Panel title="Read by">
      {consumers.length === 0 ? (
        <p className="px-3 py-4 text-ink-3 text-sm">No feature service takes it yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {consumers.map(({ name, owner, as }) => (
            <li key={name} className="px-3 py-2">
              <p className="flex items-baseline justify-between gap-3">
                <TextLink href={`/services/${encodeURIComponent(name)}`}>{name}</TextLink>
                <span className="truncate text-ink-3 text-xs">{owner}</span>
              </p>
              <p className="truncate font-mono text-ink-2 text-xs">{as}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Definition({ data: { view, feature, record } }: { readonly data: FeatureData }) {
  return (
    <Panel title="Definition">
      <Facts>
        <Fact term="Reference">
          <span className="break-all font-mono text-xs">
            {view.name}:{feature.name}
          </span>
        </Fact>
        <Fact term="Column">
          <span className="font-mono text-xs">{feature.column}</span>
        </Fact>
        <Fact term="Expected">
          <Expected expect={feature.expect} />
        </Fact>
        <Fact term="Source">
          <TextLink href={`/sources/${encodeURIComponent(view.source)}`}>{view.source}</TextLink>
          {view.transform !== null && ", transformed by SQL"}
        </Fact>
        <Fact term="Written in">
          {record.origin ? <span className="break-all font-mono text-xs">{`${record.origin.file}:${record.origin.line}`}</span> : "the console"}
        </Fact>
      </Facts>
    </Panel>
  );
}

/** When it came, and when it became what it is. */
function History({ data: { view, versions } }: { readonly data: FeatureData }) {
  return (
    <Panel
      title="Versions that changed it"
      action={
        <TextLink href={`/views/${encodeURIComponent(view.name)}?tab=versions`} className="text-xs">
          All versions
        </TextLink>
      }
    >
      <ol className="divide-y divide-line">
        {versions.map(({ number, createdAt, was, is }) => (
          <li key={number} className="flex items-baseline justify-between gap-3 px-3 py-2 text-sm">
            <span>
              <span className="text-ink-2">Version {number}</span>{" "}
              <span className="font-mono text-xs">{was === null ? `added as ${is}` : is === null ? "left it out" : `${was} → ${is}`}</span>
            </span>
            <RelativeTime at={createdAt} className="text-ink-3 text-xs" />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function FeatureSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="mt-2 h-4 w-80" />
      <Skeleton className="mt-8 h-20 rounded-lg" />
      <Skeleton className="mt-4 h-72 rounded-lg" />
    </div>
  );
}
