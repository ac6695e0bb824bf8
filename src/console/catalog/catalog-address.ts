import { createLoader, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";
import type { CatalogKind } from "./kinds.ts";

const KINDS = ["feature_view", "feature", "entity", "data_source", "feature_service"] as const satisfies readonly CatalogKind[];

/** What of the catalog stands in its address. */
export const catalogParams = {
  q: parseAsString.withDefault(""),
  kind: parseAsArrayOf(parseAsStringLiteral(KINDS)).withDefault([]),
  owner: parseAsString,
  tag: parseAsString,
  sort: parseAsStringLiteral(["relevance", "name", "updated"] as const).withDefault("relevance"),
  density: parseAsStringLiteral(["compact", "detailed"] as const).withDefault("compact"),
  page: parseAsInteger.withDefault(1),
};

export const loadCatalogAddress = createLoader(catalogParams);
export type CatalogAddress = Awaited<ReturnType<typeof loadCatalogAddress>>;

/** The question that an address asks; without an order or words, features stay behind the views that hold them. */
export function catalogInput({ q, kind, owner, tag, sort, page }: CatalogAddress, only?: CatalogKind): NonNullable<Inputs["catalog"]["list"]> {
  return { text: q, kinds: only ? [only] : kind, sort, page: Math.max(1, page), ...(owner && { owner }), ...(tag && { tag }) };
}
