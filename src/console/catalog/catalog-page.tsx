"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { PackageOpen, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback, useState } from "react";
import { NewMenu } from "../edit/new-menu.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { type CatalogAddress, catalogInput, catalogParams, FACETS, type FacetParam, isFiltered, UNFILTERED } from "./catalog-address.ts";
import { CatalogFilters } from "./catalog-filters.tsx";
import { CatalogTable } from "./catalog-table.tsx";
import { FacetPanel } from "./facet-panel.tsx";
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
  const [facetsShown, setFacetsShown] = useState(false);
  const query = useQuery(trpc.catalog.list.queryOptions(catalogInput(address, only), { placeholderData: keepPreviousData }));
  const change = useCallback((next: Partial<CatalogAddress>) => void setAddress({ ...next, page: null }), [setAddress]);
  const reset = () => void setAddress(UNFILTERED);
  const toggle = (param: FacetParam, value: string) => {
    const chosen: readonly string[] = address[param];
    const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
    void setAddress({ [param]: next, page: null });
  };
  const chosen = FACETS.reduce((sum, { param }) => sum + address[param].length, 0);
  return (
    <Page crumbs={[{ text: title }]}>
      <PageTitle title={title} description={description} actions={<NewMenu only={only} />} />
      <div className="mt-4 mb-3">
        <CatalogFilters address={address} onChange={change} only={only} facets={{ shown: facetsShown, chosen, onToggle: () => setFacetsShown(!facetsShown) }} />
      </div>
      <div className="flex flex-col lg:flex-row lg:gap-6">
        <FacetPanel address={address} only={only} shown={facetsShown} onToggle={toggle} onClear={chosen > 0 ? reset : null} />
        <div className="min-w-0 flex-1">
          <Corrections corrections={query.data?.corrections ?? []} />
          <Panel>
            <QueryRegion query={query} what={only ? KIND_WORDS[only].many : "the catalog"} loading={<SkeletonRows rows={14} />}>
              {(data) => (
                <Results
                  data={data}
                  only={only}
                  address={address}
                  onToggle={toggle}
                  onReset={reset}
                  onPage={(page) => void setAddress({ page }, { history: "push", scroll: true })}
                />
              )}
            </QueryRegion>
          </Panel>
        </div>
      </div>
    </Page>
  );
}

/** A misspelt word was searched for as what it likely meant; that is said. */
function Corrections({ corrections }: { readonly corrections: Outputs["catalog"]["list"]["corrections"] }) {
  return (
    <p role="status" className="text-ink-2 text-sm">
      {corrections.map(({ word, instead }) => (
        <span key={word} className="mb-2 block">
          Nothing contains “{word}”; this is what there is for <span className="font-medium text-ink">{instead.join(" or ")}</span>.
        </span>
      ))}
    </p>
  );
}

interface ResultsProps {
  readonly data: Outputs["catalog"]["list"];
  readonly only: CatalogKind | undefined;
  readonly address: CatalogAddress;
  readonly onToggle: (param: FacetParam, value: string) => void;
  readonly onReset: () => void;
  readonly onPage: (page: number) => void;
}

function Results({ data, only, address, onToggle, onReset, onPage }: ResultsProps) {
  if (data.total === 0) {
    if (!isFiltered(address)) return <NothingYet only={only} />;
    return (
      <EmptyState icon={SearchX} title="Nothing matches" action={<Button onClick={onReset}>Show everything</Button>}>
        Search looks at names, descriptions, owners and tags, and for words that are nearly the same.
      </EmptyState>
    );
  }
  return (
    <>
      <CatalogTable
        rows={data.rows}
        {...(only && { only })}
        density={address.density}
        onOwner={(owner) => onToggle("owner", owner)}
        onTag={(tag) => onToggle("tag", tag)}
      />
      <Pager page={data.page} pageSize={data.pageSize} total={data.total} onPage={onPage} />
    </>
  );
}

function NothingYet({ only }: { readonly only: CatalogKind | undefined }) {
  const many = only ? KIND_WORDS[only].many : "features";
  return (
    <EmptyState icon={PackageOpen} title={`No ${many} yet`} action={<NewMenu only={only} />} command="larder apply --repo DIR">
      The registry of this project holds no {many}. Make the first one here, or write it down in a feature repo and apply that.
    </EmptyState>
  );
}
