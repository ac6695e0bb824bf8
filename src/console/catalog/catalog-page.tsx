"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { PackageOpen, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { catalogInput, catalogParams } from "./catalog-address.ts";
import { type CatalogFilter, CatalogFilters } from "./catalog-filters.tsx";
import { CatalogTable } from "./catalog-table.tsx";
import { type CatalogKind, KIND_WORDS } from "./kinds.ts";

interface CatalogPageProps {
  readonly title: string;
  readonly description: string;
  /** Lists this kind only. */
  readonly only?: CatalogKind;
}

export function CatalogPage({ title, description, only }: CatalogPageProps) {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(catalogParams);
  const query = useQuery(trpc.catalog.list.queryOptions(catalogInput(address, only), { placeholderData: keepPreviousData }));
  const change = useCallback(
    ({ kind, ...rest }: Partial<CatalogFilter>) => void setAddress({ ...rest, ...(kind && { kind: [...kind] }), page: null }),
    [setAddress],
  );
  const reset = () => void setAddress({ q: null, kind: null, owner: null, tag: null, page: null });
  return (
    <Page crumbs={[{ text: title }]}>
      <PageTitle title={title} description={description} />
      <div className="mt-4 mb-3">
        <CatalogFilters filter={address} onChange={change} only={only} />
      </div>
      <Panel>
        <QueryRegion query={query} what={only ? KIND_WORDS[only].many : "the catalog"} loading={<SkeletonRows rows={14} />}>
          {(data) => (
            <Results
              data={data}
              only={only}
              address={address}
              onChange={change}
              onReset={reset}
              onPage={(page) => void setAddress({ page }, { history: "push" })}
            />
          )}
        </QueryRegion>
      </Panel>
    </Page>
  );
}

interface ResultsProps {
  readonly data: Outputs["catalog"]["list"];
  readonly only: CatalogKind | undefined;
  readonly address: CatalogFilter;
  readonly onChange: (change: Partial<CatalogFilter>) => void;
  readonly onReset: () => void;
  readonly onPage: (page: number) => void;
}

function Results({ data, only, address, onChange, onReset, onPage }: ResultsProps) {
  if (data.total === 0) {
    const isFiltered = address.q !== "" || address.kind.length > 0 || address.owner !== null || address.tag !== null;
    if (!isFiltered) return <NothingYet only={only} />;
    return (
      <EmptyState icon={SearchX} title="Nothing matches" action={<Button onClick={onReset}>Clear the search</Button>}>
        Search looks at names, descriptions, owners and tags.
      </EmptyState>
    );
  }
  return (
    <>
      <CatalogTable rows={data.rows} only={only} density={address.density} onOwner={(owner) => onChange({ owner })} onTag={(tag) => onChange({ tag })} />
      <Pager page={data.page} pageSize={data.pageSize} total={data.total} onPage={onPage} />
    </>
  );
}

function NothingYet({ only }: { readonly only: CatalogKind | undefined }) {
  const many = only ? KIND_WORDS[only].many : "features";
  return (
    <EmptyState icon={PackageOpen} title={`No ${many} yet`} command="larder apply --repo DIR">
      The registry of this project holds no {many}. They are written down in a feature repo; applying it puts them here.
    </EmptyState>
  );
}
