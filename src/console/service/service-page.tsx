"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { DefinitionActions } from "../edit/definition-actions.tsx";
import { DefinitionCode } from "../edit/definition-code.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { DefinedIn, OwnerAndTags } from "../ui/definition-facts.tsx";
import { Health } from "../ui/health.tsx";
import { TextLink } from "../ui/link.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";

type Projection = Outputs["service"]["get"]["projections"][number];

const CodeSamples = dynamic(() => import("../view/code-samples.tsx").then((module) => module.CodeSamples), { ssr: false });

export function ServicePage({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.service.get.queryOptions({ name }));
  return (
    <Page crumbs={[{ text: "Services", href: "/services" }, { text: name }]}>
      <QueryRegion query={query} what={`the service ${name}`} loading={<SkeletonRows rows={8} />}>
        {({ service, record, projections }) => (
          <>
            <PageTitle
              title={service.name}
              kind="feature service"
              description={service.description}
              facts={<OwnerAndTags definition={service} />}
              actions={<DefinitionActions definition={service} record={record} />}
            />
            <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
              <div className="min-w-0 space-y-4">
                {projections.map((projection) => (
                  <Part key={projection.alias ?? projection.view} projection={projection} />
                ))}
              </div>
              <div className="space-y-4">
                <Panel title="Definition">
                  <Facts>
                    <DefinedIn record={record} />
                  </Facts>
                </Panel>
              </div>
            </div>
            <h2 className="mt-6 mb-3 font-medium text-base text-ink">Code</h2>
            <CodeSamples read={{ kind: "service", service: service.name }} parts={projections} />
            <div className="mt-4">
              <DefinitionCode kind="feature_service" name={service.name} />
            </div>
          </>
        )}
      </QueryRegion>
    </Page>
  );
}

/** What the service takes from one view, and under which names. */
function Part({ projection }: { readonly projection: Projection }) {
  const { view, alias, features, ready, joinKeyMap } = projection;
  const roles = Object.entries(joinKeyMap);
  return (
    <Panel
      title={
        <>
          <TextLink href={`/views/${view}`}>{view}</TextLink>
          {alias && <span className="ml-1.5 font-normal text-ink-2">as {alias}</span>}
        </>
      }
      action={ready === null ? <Health state="attention">not online yet</Health> : <span className="text-ink-2 text-xs">version {ready} served</span>}
    >
      {roles.length > 0 && (
        <p className="border-line border-b px-3 py-1.5 text-ink-2 text-xs">asked by {roles.map(([key, role]) => `${role} for ${key}`).join(", ")}</p>
      )}
      <ul className="divide-y divide-line">
        {features.map(({ name, type, description }) => (
          <li key={name} className="grid min-h-8 grid-cols-[minmax(0,1fr)_auto] items-center gap-3 px-3 sm:grid-cols-[minmax(0,18rem)_7rem_minmax(0,1fr)]">
            <span className="truncate font-mono text-xs">
              <span className="text-ink-3">{alias ?? view}__</span>
              {name}
            </span>
            <span className="font-mono text-ink-3 text-xs">{type}</span>
            <span className="min-w-0 truncate text-ink-2 max-sm:hidden">{description}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
