import type { CatalogEntry } from "./kinds.ts";

/** The page of anything in the catalog. */
export function entryHref({ kind, name, view }: Pick<CatalogEntry, "kind" | "name" | "view">): string {
  switch (kind) {
    case "feature_view":
      return `/views/${encodeURIComponent(name)}`;
    case "feature":
      return `/views/${encodeURIComponent(view ?? "")}/features/${encodeURIComponent(name)}`;
    case "entity":
      return `/entities/${encodeURIComponent(name)}`;
    case "data_source":
      return `/sources/${encodeURIComponent(name)}`;
    case "feature_service":
      return `/services/${encodeURIComponent(name)}`;
  }
}
