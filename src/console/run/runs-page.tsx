"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Play, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { AppLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RunFilters } from "./run-filters.tsx";
import { RunTable } from "./run-table.tsx";
import { isFiltered, type RunsAddress, runsInput, runsParams } from "./runs-address.ts";

export function RunsPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(runsParams);
  const query = useQuery(trpc.run.list.queryOptions(runsInput(address), { placeholderData: keepPreviousData }));
  const change = useCallback((next: Partial<RunsAddress>) => void setAddress({ ...next, page: null }), [setAddress]);
  return (
    <Page crumbs={[{ text: "Runs" }]}>
      <PageTitle title="Runs" description="Everything that Larder did or does, newest first. It moves while you look." />
      <div className="mt-4 mb-3">
        <RunFilters address={address} onChange={change} />
      </div>
      <Panel>
        <QueryRegion query={query} what="the runs" loading={<SkeletonRows rows={12} />}>
          {(data) => (
            <Results
              data={data}
              isFiltered={isFiltered(address)}
              onReset={() => void setAddress(null)}
              onPage={(page) => void setAddress({ page }, { history: "push" })}
            />
          )}
        </QueryRegion>
      </Panel>
    </Page>
  );
}

interface ResultsProps {
  readonly data: Outputs["run"]["list"];
  readonly isFiltered: boolean;
  readonly onReset: () => void;
  readonly onPage: (page: number) => void;
}

function Results({ data, isFiltered, onReset, onPage }: ResultsProps) {
  if (data.total > 0) {
    return (
      <>
        <RunTable caption="Runs" runs={data.rows} />
        <Pager page={data.page} pageSize={data.pageSize} total={data.total} onPage={onPage} />
      </>
    );
  }
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No run is like that" action={<Button onClick={onReset}>Show all runs</Button>}>
        No run of this project matches these filters.
      </EmptyState>
    );
  }
  const action = (
    <Button look="primary" asChild>
      <AppLink href="/catalog?kind=feature_view">Choose a view</AppLink>
    </Button>
  );
  return (
    <EmptyState icon={Play} title="Nothing has run yet" action={action} command="larder materialize-incremental">
      A run copies the newest row of every entity key to the online store. Materialize a view to see one here.
    </EmptyState>
  );
}
