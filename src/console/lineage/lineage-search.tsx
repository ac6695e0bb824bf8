"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { KIND_ICONS, KIND_WORDS } from "../catalog/kinds.ts";
import { useTRPC } from "../shell/trpc.ts";
import { focusText } from "./lineage-address.ts";

const SHOWN = 6;

/** What of the whole project the words find, a click away from the middle of the picture. */
export function LineageSearch({ text, onFocus }: { readonly text: string; readonly onFocus: (focus: string) => void }) {
  const trpc = useTRPC();
  const kinds = ["feature_view", "data_source", "feature_service"] as const;
  const { data } = useQuery(trpc.catalog.list.queryOptions({ text, kinds: [...kinds], pageSize: SHOWN }, { placeholderData: keepPreviousData }));
  if (!data || data.rows.length === 0) return null;
  return (
    <ul aria-label="Found in the project" className="mb-2 flex flex-wrap gap-1.5">
      {data.rows.map(({ kind, name }) => {
        if (kind === "feature" || kind === "entity") return null;
        const Icon = KIND_ICONS[kind];
        return (
          <li key={`${kind}:${name}`}>
            <button
              type="button"
              onClick={() => onFocus(focusText(kind, name))}
              className="flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-panel px-2 text-ink text-xs shadow-card hover:bg-hover"
            >
              <Icon className="size-3.5 text-ink-3" aria-hidden="true" />
              {name}
              <span className="text-ink-3">{KIND_WORDS[kind].one}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
