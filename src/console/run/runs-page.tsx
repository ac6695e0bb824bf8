"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ListFilter, Play, SearchX, X } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { AppLink } from "../ui/link.tsx";
import { Menu, MenuChoice } from "../ui/menu.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RunTable } from "./run-table.tsx";
import { RUN_STATES, runsInput, runsParams } from "./runs-address.ts";

type State = (typeof RUN_STATES)[number];

export function RunsPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(runsParams);
  const query = useQuery(trpc.run.list.queryOptions(runsInput(address), { placeholderData: keepPreviousData }));
  const setView = useCallback((view: string) => void setAddress({ view, page: null }), [setAddress]);
  const isFiltered = address.state.length > 0 || address.kind.length > 0 || address.view !== "";
  return (
    <Page crumbs={[{ text: "Runs" }]}>
      <PageTitle title="Runs" description="Everything that Larder did or does, newest first. It moves while you look." />
      <div className="mt-4 mb-3 flex flex-wrap items-center gap-2">
        <SearchField label="Only runs of this view" placeholder="View, by its full name" value={address.view} onChange={setView} />
        <StateMenu chosen={address.state} onChange={(state) => void setAddress({ state: [...state], page: null })} />
        {address.kind.length > 0 && (
          <Button size="sm" onClick={() => void setAddress({ kind: null, page: null })}>
            {address.kind.join(", ")} only <X aria-hidden="true" />
          </Button>
        )}
      </div>
      <Panel>
        <QueryRegion query={query} what="the runs" loading={<SkeletonRows rows={12} />}>
          {(data) => (
            <Results
              data={data}
              isFiltered={isFiltered}
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

function StateMenu({ chosen, onChange }: { readonly chosen: readonly State[]; readonly onChange: (states: readonly State[]) => void }) {
  const toggle = (state: State) => onChange(chosen.includes(state) ? chosen.filter((each) => each !== state) : [...chosen, state]);
  return (
    <Menu
      trigger={
        <Button>
          <ListFilter aria-hidden="true" />
          <span className="first-letter:uppercase">{chosen.length === 0 ? "All states" : chosen.join(", ")}</span>
        </Button>
      }
    >
      {RUN_STATES.map((state) => (
        <MenuChoice key={state} checked={chosen.includes(state)} onToggle={() => toggle(state)}>
          <span className="first-letter:uppercase">{state}</span>
        </MenuChoice>
      ))}
    </Menu>
  );
}
