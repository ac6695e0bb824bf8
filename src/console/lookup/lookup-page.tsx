"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { KeyRound, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useEffect } from "react";
import { Page, PageTitle } from "../shell/page.tsx";
import { useProject } from "../shell/project.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton, SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { parseKey } from "./key-text.ts";
import { lookupParams } from "./lookup-address.ts";
import type { KeyChoice } from "./lookup-data.ts";
import { LookupForm } from "./lookup-form.tsx";
import { LookupResults } from "./lookup-results.tsx";
import { useRecentKeys } from "./recent-keys.ts";

export function LookupPage() {
  const trpc = useTRPC();
  const choices = useQuery(trpc.lookup.choices.queryOptions(undefined, { staleTime: 30_000 }));
  return (
    <Page crumbs={[{ text: "Look up" }]}>
      <PageTitle title="Look up" description="What an entity's features are right now, as serving answers, beside the newest row of their source." />
      <QueryRegion query={choices} what="the entities" loading={<LookupSkeleton />}>
        {(all) => (all.length === 0 ? <NothingToLookUp /> : <LookupBody choices={all} />)}
      </QueryRegion>
    </Page>
  );
}

function LookupBody({ choices }: { readonly choices: readonly KeyChoice[] }) {
  const [address, setAddress] = useQueryStates(lookupParams, { history: "push" });
  const wanted = address.entity === null ? null : address.entity.split(",").sort().join(",");
  const choice = wanted === null ? (choices.find(({ joinKeys }) => joinKeys.length > 0) ?? choices[0]) : choices.find(({ id }) => id === wanted);
  if (choice === undefined) {
    return (
      <EmptyState icon={SearchX} title="No view goes by these entities">
        Nothing in this project is keyed by {wanted}: it may have been renamed or removed. Choose another entity from the catalog.
      </EmptyState>
    );
  }
  const keys = choice.joinKeys.length === 0 ? [""] : address.key;
  return (
    <>
      <LookupForm
        key={choice.id}
        choices={choices}
        choice={choice}
        keys={address.key}
        onEntity={(id) => void setAddress({ entity: id, key: null })}
        onKeys={(next) => void setAddress({ entity: choice.id, key: [...next] })}
      />
      {keys.length === 0 ? (
        <Panel className="mt-4">
          <EmptyState icon={KeyRound} title="Whose features?" compact>
            Give one or more keys of {choice.entities.join(" and ")}, or take one that exists from above.
          </EmptyState>
        </Panel>
      ) : (
        <Results
          choice={choice}
          keys={keys}
          onlyDifferences={address.differences}
          onDifferences={(differences) => void setAddress({ differences: differences || null })}
        />
      )}
    </>
  );
}

interface ResultsProps {
  readonly choice: KeyChoice;
  readonly keys: readonly string[];
  readonly onlyDifferences: boolean;
  readonly onDifferences: (only: boolean) => void;
}

function Results({ choice, keys, onlyDifferences, onDifferences }: ResultsProps) {
  const trpc = useTRPC();
  const { current } = useProject();
  const { remember } = useRecentKeys(current, choice.id);
  const input = { entities: [...choice.entities], keys: keys.map((key) => [...parseKey(key, choice.joinKeys.length)]) };
  const query = useQuery(trpc.lookup.online.queryOptions(input, { placeholderData: keepPreviousData, retry: false }));
  const isFound = query.isSuccess && !query.isPlaceholderData;
  const found = keys.join("\n");
  useEffect(() => {
    if (isFound && choice.joinKeys.length > 0) remember(found.split("\n"));
  }, [isFound, found, remember, choice]);
  return (
    <div className="mt-4">
      <QueryRegion query={query} what="the features of this key" loading={<ResultsSkeleton />}>
        {(data) => (
          <LookupResults
            data={data}
            input={input}
            labels={choice.joinKeys.length === 0 ? ["the one row"] : keys}
            isRefreshing={query.isFetching}
            onRefresh={() => void query.refetch()}
            onlyDifferences={onlyDifferences}
            onDifferences={onDifferences}
          />
        )}
      </QueryRegion>
    </div>
  );
}

function NothingToLookUp() {
  return (
    <EmptyState icon={KeyRound} title="No feature view yet" command="larder apply --repo DIR">
      Here you read the features of one entity, such as one driver. First there must be a view that holds them.
    </EmptyState>
  );
}

function LookupSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="mt-4 space-y-4">
      <Skeleton className="h-24 rounded-lg" />
      <Skeleton className="h-64 rounded-lg" />
    </div>
  );
}

function ResultsSkeleton() {
  return (
    <Panel title="Reading">
      <SkeletonRows rows={8} columns={4} />
    </Panel>
  );
}
