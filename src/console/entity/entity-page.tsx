"use client";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Layers } from "lucide-react";
import { DefinitionActions } from "../edit/definition-actions.tsx";
import { DefinitionCode } from "../edit/definition-code.tsx";
import { lookupHref } from "../lookup/lookup-address.ts";
import { Page, PageTitle } from "../shell/page.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { DefinedIn, OwnerAndTags } from "../ui/definition-facts.tsx";
import { AppLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { UsedBy } from "../view/used-by.tsx";

export function EntityPage({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.entity.get.queryOptions({ name }));
  return (
    <Page crumbs={[{ text: "Entities", href: "/entities" }, { text: name }]}>
      <QueryRegion query={query} what={`the entity ${name}`} loading={<SkeletonRows rows={6} />}>
        {({ entity, record, views }) => (
          <>
            <PageTitle
              title={entity.name}
              kind="entity"
              description={entity.description}
              facts={<OwnerAndTags definition={entity} />}
              actions={
                <>
                  <DefinitionActions definition={entity} record={record} />
                  <Button asChild>
                    <AppLink href={lookupHref([entity.name])}>
                      <KeyRound aria-hidden="true" /> Look up a key
                    </AppLink>
                  </Button>
                </>
              }
            />
            <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
              <Panel title="Feature views of it">
                {views.length > 0 ? (
                  <UsedBy caption={`Views of ${entity.name}`} views={views} />
                ) : (
                  <EmptyState icon={Layers} title="No view describes it yet" compact command="larder apply --repo DIR">
                    A feature view with this entity gives it features.
                  </EmptyState>
                )}
              </Panel>
              <div className="min-w-0 space-y-4">
                <Panel title="Definition">
                  <Facts>
                    {entity.joinKeys.map(({ name: key, type }) => (
                      <Fact key={key} term="Join key">
                        <span className="font-mono text-xs">
                          {key} <span className="text-ink-3">{type}</span>
                        </span>
                      </Fact>
                    ))}
                    <DefinedIn record={record} />
                  </Facts>
                </Panel>
                <DefinitionCode kind="entity" name={entity.name} />
              </div>
            </div>
          </>
        )}
      </QueryRegion>
    </Page>
  );
}
