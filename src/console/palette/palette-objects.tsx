"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useDeferredValue, useEffect } from "react";
import { entryHref } from "../catalog/entry-href.ts";
import { type CatalogEntry, KIND_ICONS, KIND_WORDS } from "../catalog/kinds.ts";
import { useTRPC } from "../shell/trpc.ts";
import { PaletteGroup, PaletteItem } from "./palette-parts.tsx";
import { paletteWords } from "./palette-words.ts";

const RESULTS_MAX = 12;
/** Beside the objects found, the first views can be materialized at once. */
const ACTIONS_BESIDE = 2;

interface PaletteObjectsProps {
  readonly text: string;
  readonly onGo: (path: string) => void;
  readonly onMaterialize: (view: string) => void;
  /** Answers come after the keys were pressed: the first of them is selected then. */
  readonly onFirst: (item: string) => void;
}

/** What the catalog's own search finds, and what can be done with it. */
export function PaletteObjects({ text, onGo, onMaterialize, onFirst }: PaletteObjectsProps) {
  const trpc = useTRPC();
  const { wantsMaterialize, name } = paletteWords(useDeferredValue(text));
  const kinds: CatalogEntry["kind"][] = wantsMaterialize ? ["feature_view"] : [];
  const { data, isError } = useQuery(trpc.catalog.list.queryOptions({ text: name, kinds, pageSize: RESULTS_MAX }, { placeholderData: keepPreviousData }));
  const rows = data?.rows ?? [];
  const views = rows.filter(({ kind, online }) => kind === "feature_view" && online === true);
  const doable = wantsMaterialize ? views : views.slice(0, name === "" ? 0 : ACTIONS_BESIDE);
  const [firstRow] = wantsMaterialize ? [] : rows;
  const first = firstRow ? idOf(firstRow) : doable[0] ? `materialize:${doable[0].name}` : null;
  useEffect(() => {
    if (first !== null) onFirst(first);
  }, [first, onFirst]);
  return (
    <>
      {!wantsMaterialize && (
        <PaletteGroup heading={name === "" ? "In the catalog" : "Found in the catalog"}>
          {rows.map((entry) => (
            <PaletteItem key={idOf(entry)} id={idOf(entry)} icon={KIND_ICONS[entry.kind]} note={noteOf(entry)} onSelect={() => onGo(entryHref(entry))}>
              {entry.name}
            </PaletteItem>
          ))}
          {data && rows.length === 0 && <p className="px-2.5 py-2 text-ink-2 text-sm">Nothing in the catalog matches “{name}”.</p>}
          {isError && !data && <p className="px-2.5 py-2 text-ink-2 text-sm">The catalog does not answer just now.</p>}
        </PaletteGroup>
      )}
      {doable.length > 0 && (
        <PaletteGroup heading="Materialize">
          {doable.map((entry) => (
            <PaletteItem key={entry.name} id={`materialize:${entry.name}`} icon={RefreshCw} onSelect={() => onMaterialize(entry.name)}>
              Materialize {entry.name}
            </PaletteItem>
          ))}
        </PaletteGroup>
      )}
    </>
  );
}

function idOf({ kind, view, name }: CatalogEntry): string {
  return `${kind}:${view ?? ""}:${name}`;
}

function noteOf({ kind, view }: CatalogEntry): string {
  return view === null ? KIND_WORDS[kind].one : `${KIND_WORDS[kind].one} of ${view}`;
}
