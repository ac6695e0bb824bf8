"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../shell/trpc.ts";
import { cn } from "../ui/cn.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { type CatalogAddress, FACETS, type FacetParam, filterInput } from "./catalog-address.ts";
import { FacetList } from "./facet-list.tsx";
import { type CatalogKind, KIND_WORDS } from "./kinds.ts";

interface FacetPanelProps {
  readonly address: CatalogAddress;
  readonly only: CatalogKind | undefined;
  /** Whether it is open where it stands above the table. */
  readonly shown: boolean;
  readonly onToggle: (param: FacetParam, value: string) => void;
  /** null: nothing is chosen. */
  readonly onClear: (() => void) | null;
}

/** What the list can be narrowed by. A facet that cannot tell entries apart is left out. */
export function FacetPanel({ address, only, shown, onToggle, onClear }: FacetPanelProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.catalog.facets.queryOptions(filterInput(address, only), { placeholderData: keepPreviousData }));
  const facets = FACETS.filter(({ param, facet }) => !(only && param === "kind") && (address[param].length > 0 || (data?.[facet].length ?? 0) > 1));
  return (
    <aside id="facets" aria-label="Filters" className={cn("w-full shrink-0 lg:block lg:w-52", !shown && "hidden")}>
      <div className="grid gap-x-6 gap-y-4 max-lg:mb-3 max-lg:grid-cols-2 max-lg:rounded-lg max-lg:border max-lg:border-line max-lg:bg-panel max-lg:p-3 sm:max-lg:grid-cols-3">
        {!data && <FacetSkeleton />}
        {data &&
          facets.map(({ param, facet, text }) => (
            <FacetList
              key={param}
              title={text}
              values={data[facet]}
              chosen={address[param]}
              wordOf={WORDS[param]}
              onToggle={(value) => onToggle(param, value)}
            />
          ))}
        {onClear && (
          <button type="button" onClick={onClear} className="justify-self-start rounded text-accent text-xs hover:underline">
            Clear all filters
          </button>
        )}
      </div>
    </aside>
  );
}

const WORDS: Partial<Readonly<Record<FacetParam, (value: string) => string>>> = {
  kind: (value) => KIND_WORDS[value as CatalogKind].many,
  by: (value) => value.replace("repo:", "repo "),
};

function FacetSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="space-y-3">
      {["w-24", "w-32", "w-20", "w-28", "w-32", "w-24"].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars of a skeleton have no name but their place
        <Skeleton key={index} className={width} />
      ))}
    </div>
  );
}
