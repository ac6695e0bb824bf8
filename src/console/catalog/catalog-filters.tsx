"use client";
import { ListFilter, Rows2, Rows3, X } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Menu, MenuChoice } from "../ui/menu.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { type CatalogKind, KIND_WORDS } from "./kinds.ts";

export interface CatalogFilter {
  readonly q: string;
  readonly kind: readonly CatalogKind[];
  readonly owner: string | null;
  readonly tag: string | null;
  readonly sort: "relevance" | "name" | "updated";
  readonly density: "compact" | "detailed";
}

interface CatalogFiltersProps {
  readonly filter: CatalogFilter;
  readonly onChange: (change: Partial<CatalogFilter>) => void;
  readonly only?: CatalogKind | undefined;
}

const KINDS = Object.keys(KIND_WORDS) as CatalogKind[];
const SORTS = [
  { value: "relevance", text: "Best match" },
  { value: "name", text: "Name" },
  { value: "updated", text: "Newest" },
] as const;
const DENSITIES = [
  { value: "compact", text: <Rows3 aria-hidden="true" />, name: "One line a row" },
  { value: "detailed", text: <Rows2 aria-hidden="true" />, name: "With descriptions" },
] as const;

export function CatalogFilters({ filter, onChange, only }: CatalogFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label={only ? `Search ${KIND_WORDS[only].many}` : "Search the catalog"}
        placeholder={only ? `Search ${KIND_WORDS[only].many}` : "Search names, descriptions, owners"}
        value={filter.q}
        onChange={(q) => onChange({ q })}
      />
      {!only && <KindMenu chosen={filter.kind} onChange={(kind) => onChange({ kind })} />}
      {filter.owner !== null && <Chip text={`owner ${filter.owner}`} onRemove={() => onChange({ owner: null })} />}
      {filter.tag !== null && <Chip text={`tag ${filter.tag}`} onRemove={() => onChange({ tag: null })} />}
      <span className="flex-1 max-sm:hidden" />
      <Segmented label="Order" value={filter.sort} options={SORTS} onChange={(sort) => onChange({ sort })} />
      <span className="max-sm:hidden">
        <Segmented label="Density" value={filter.density} options={DENSITIES} onChange={(density) => onChange({ density })} />
      </span>
    </div>
  );
}

function KindMenu({ chosen, onChange }: { readonly chosen: readonly CatalogKind[]; readonly onChange: (kinds: readonly CatalogKind[]) => void }) {
  const toggle = (kind: CatalogKind) => onChange(chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind]);
  const text = chosen.length === 0 ? "All kinds" : chosen.map((kind) => KIND_WORDS[kind].many).join(", ");
  return (
    <Menu
      trigger={
        <Button>
          <ListFilter aria-hidden="true" />
          <span className="max-w-56 truncate first-letter:uppercase">{text}</span>
        </Button>
      }
    >
      {KINDS.map((kind) => (
        <MenuChoice key={kind} checked={chosen.includes(kind)} onToggle={() => toggle(kind)}>
          <span className="first-letter:uppercase">{KIND_WORDS[kind].many}</span>
        </MenuChoice>
      ))}
    </Menu>
  );
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <span className="inline-flex h-7 items-center gap-1 rounded-md bg-accent-soft pr-1 pl-2 text-accent text-xs">
      {text}
      <button type="button" aria-label={`Remove ${text}`} onClick={onRemove} className="grid size-5 place-items-center rounded hover:bg-accent-line">
        <X className="size-3" />
      </button>
    </span>
  );
}
