"use client";
import { ListFilter, Rows2, Rows3 } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { CatalogAddress } from "./catalog-address.ts";
import { type CatalogKind, KIND_WORDS } from "./kinds.ts";

interface CatalogFiltersProps {
  readonly address: CatalogAddress;
  readonly onChange: (change: Partial<Pick<CatalogAddress, "q" | "sort" | "density">>) => void;
  readonly only?: CatalogKind | undefined;
  /** On screens without room for facets beside the table, a button shows them above it. */
  readonly facets: { readonly shown: boolean; readonly chosen: number; readonly onToggle: () => void };
}

const SORTS = [
  { value: "relevance", text: "Best match" },
  { value: "name", text: "Name" },
  { value: "updated", text: "Newest" },
] as const;
const DENSITIES = [
  { value: "compact", text: <Rows3 aria-hidden="true" />, name: "One line a row" },
  { value: "detailed", text: <Rows2 aria-hidden="true" />, name: "With descriptions" },
] as const;

/** Words, order and density. */
export function CatalogFilters({ address, onChange, only, facets }: CatalogFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label={only ? `Search ${KIND_WORDS[only].many}` : "Search the catalog"}
        placeholder={only ? `Search ${KIND_WORDS[only].many}` : "Names, descriptions, owners, tags"}
        value={address.q}
        onChange={(q) => onChange({ q })}
      />
      <Button className="lg:hidden" aria-expanded={facets.shown} aria-controls="facets" onClick={facets.onToggle}>
        <ListFilter aria-hidden="true" /> Filters{facets.chosen > 0 && ` (${facets.chosen})`}
      </Button>
      <span className="flex-1 max-sm:hidden" />
      <Segmented label="Order" value={address.sort} options={SORTS} onChange={(sort) => onChange({ sort })} />
      <span className="max-sm:hidden">
        <Segmented label="Density" value={address.density} options={DENSITIES} onChange={(density) => onChange({ density })} />
      </span>
    </div>
  );
}
