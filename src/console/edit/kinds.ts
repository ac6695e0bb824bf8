import type { DefinitionKind } from "../../domain/index.ts";
import { entryHref } from "../catalog/entry-href.ts";

/** What can be made by click, as its address says it: `/new/view`, `/edit/source/driver_stats`. */
export const EDIT_KINDS = ["view", "entity", "source", "service"] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

export const EDIT_WORDS: Readonly<Record<EditKind, { readonly kind: DefinitionKind; readonly one: string; readonly place: string; readonly list: string }>> = {
  view: { kind: "feature_view", one: "feature view", place: "Catalog", list: "/catalog" },
  entity: { kind: "entity", one: "entity", place: "Entities", list: "/entities" },
  source: { kind: "data_source", one: "file source", place: "Sources", list: "/sources" },
  service: { kind: "feature_service", one: "feature service", place: "Services", list: "/services" },
};

export function isEditKind(text: string): text is EditKind {
  return (EDIT_KINDS as readonly string[]).includes(text);
}

export function editKindOf(kind: DefinitionKind): EditKind {
  switch (kind) {
    case "feature_view":
      return "view";
    case "entity":
      return "entity";
    case "data_source":
      return "source";
    case "feature_service":
      return "service";
  }
}

export function editHref({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }): string {
  return `/edit/${editKindOf(kind)}/${encodeURIComponent(name)}`;
}

/** The page of a definition. */
export function definitionHref({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }): string {
  return entryHref({ kind, name, view: null });
}

/** `feature_view:driver_stats` → its kind and name. */
export function parseDefinitionKey(key: string): { readonly kind: DefinitionKind; readonly name: string } {
  const colon = key.indexOf(":");
  return { kind: key.slice(0, colon) as DefinitionKind, name: key.slice(colon + 1) };
}
